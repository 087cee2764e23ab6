package io.karst.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.value.OlderValues.Older;
import io.karst.value.RecordedValues.Recorded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class OlderValuesTest {
  @TempDir private Path directory;

  @Test
  void theyAreReadAsWhatTheyStandFor() {
    for (Older value : OlderValues.values()) {
      assertThat(Elements.told(value.type(), value.body().toArray()))
          .as("%s", value.type())
          .isEqualTo(value.lines());
    }
  }

  /// Where this says so, it is not only our reading of the formats.
  @Test
  void redisReadsTheSame() throws IOException {
    if (!RedisProcess.isInstalled()) {
      return;
    }
    int compared = 0;
    try (RedisProcess redis = new RedisProcess(directory)) {
      for (Older value : OlderValues.values()) {
        if (value.type().since() <= RdbVersion.WRITTEN) {
          assertThat(redis.restore("key", value.type(), value.body()))
              .as("%s", value.type())
              .isEqualTo("OK");
          assertThat(redis.lines("key")).as("%s", value.type()).isEqualTo(value.lines());
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(20);
  }

  @Test
  void thereIsAtLeastOneOfEveryType() {
    Set<RdbType> types =
        Stream.concat(
                OlderValues.values().stream().map(Older::type),
                RecordedValues.all().stream().map(Recorded::type))
            .collect(Collectors.toSet());
    types.add(RdbType.STRING);
    assertThat(types)
        .containsAll(
            EnumSet.allOf(RdbType.class).stream()
                .filter(type -> type.valueType() != null)
                .toList());
  }
}
