package io.karst.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadyLineTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Karst 0.1.0 is ready on 127.0.0.1:40123, standalone, 312 ms",
        "ready: 127.0.0.1:40123 standalone",
        "Ready on localhost:40123 in 0.3 s",
        "ready on [::1]:40123",
        "karst ready at *:40123"
      })
  void findsThePortOfKarst(String line) {
    assertThat(ReadyLine.karst().port(line)).hasValue(40123);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "karst: building server with JDK 25",
        "already bound to 127.0.0.1:40123",
        "listening on 127.0.0.1:40123",
        "2026-11-28T02:37:49.436+00:00 notice [main] Ready on port 7801, epoll",
        "getting ready"
      })
  void takesNoOtherLineForIt(String line) {
    assertThat(ReadyLine.karst().port(line)).isEmpty();
  }

  @Test
  void knowsTheLineOfRedis() {
    ReadyLine redis = ReadyLine.redis(7000);
    assertThat(redis.port("23649:M 22 Nov 17:31:59.600 * Ready to accept connections"))
        .hasValue(7000);
    assertThat(redis.port("23649:M 22 Nov 17:31:59.600 # Server initialized")).isEmpty();
  }
}
