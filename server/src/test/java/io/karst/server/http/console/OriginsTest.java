package io.karst.server.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
  private static HttpHeaders host(String host) {
    return new DefaultHttpHeaders().set("Host", host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:80",
        "a.localhost:1",
        "127.0.0.1:9",
        "10.1.2.3",
        "[::1]:9"
      })
  void addressesAndLocalhostAreOurNames(String host) {
    assertThat(Origins.refusal(host(host), false)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example:80",
        "127.0.0.1.evil.example",
        "",
        "[x]",
        "a:b:c"
      })
  void otherNamesAreOursOnlyBehindAPassword(String host) {
    assertThat(Origins.refusal(host(host), false)).contains("without a password");
    assertThat(Origins.refusal(host(host), true)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:9, same-origin, false",
    "https://127.0.0.1:9, , false",
    ", none, false",
    ", , false",
    "http://127.0.0.1:8, , true",
    "http://evil.example, , true",
    "null, , true",
    ", cross-site, true",
    ", same-site, true",
  })
  void pagesOfOthersAreForeign(String origin, String site, boolean foreign) {
    HttpHeaders headers = host("127.0.0.1:9");
    if (origin != null) {
      headers.set("Origin", origin);
    }
    if (site != null) {
      headers.set("Sec-Fetch-Site", site);
    }
    assertThat(Origins.isForeign(headers)).isEqualTo(foreign);
  }
}
