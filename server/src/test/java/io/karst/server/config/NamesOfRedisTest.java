package io.karst.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What Redis 7.0 to 8, and Valkey 8, may have in a file is known here: it has an effect, or has
/// none, or is refused, each with a word about it.
class NamesOfRedisTest {
  @Test
  void everyNameIsKnown() throws IOException {
    try (InputStream in = NamesOfRedisTest.class.getResourceAsStream("names-of-redis.txt")) {
      assertThat(in).isNotNull();
      List<String> names =
          new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
      assertThat(names).hasSizeGreaterThan(200);
      assertThat(names).allMatch(NamesOfRedisTest::isKnown);
    }
  }

  private static boolean isKnown(String name) {
    return Directives.find(name) != null
        || RedisNames.contains(name)
        || Alternatives.of(name) != null;
  }

  @Test
  void whatMeansNothingIsTakenWithAWarning() {
    Config config =
        Config.of(
            null,
            List.of(
                new Setting("redis.conf:1", "hz", List.of("10")),
                new Setting("redis.conf:2", "hz", List.of("100")),
                new Setting("redis.conf:3", "dynamic-hz", List.of("no"))));
    assertThat(config.takeWarnings())
        .containsExactly(
            "redis.conf:2: 'hz' has no effect: nothing is polled: expiry and eviction run when"
                + " something is due",
            "redis.conf:3: 'dynamic-hz' has no effect: nothing is polled: expiry and eviction run"
                + " when something is due");
    assertThat(config.takeWarnings()).isEmpty();
    config.set(List.of("activedefrag", "yes", "timeout", "3"));
    assertThat(config.takeWarnings())
        .containsExactly(
            "CONFIG SET: 'activedefrag' has no effect: sparse memory is compacted always, in the"
                + " background");
  }
}
