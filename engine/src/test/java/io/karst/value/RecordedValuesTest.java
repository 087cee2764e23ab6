package io.karst.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.value.RecordedValues.Recorded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a real server made is read as it answers itself.
@Timeout(60)
final class RecordedValuesTest {
  @TempDir private Path directory;

  @Test
  void payloadsOfRedisAreReadAsRedisAnswers() {
    for (Recorded recorded : RecordedValues.all()) {
      assertThat(Elements.of(recorded.type(), recorded.body()))
          .as(recorded.key())
          .isEqualTo(recorded.lines());
    }
  }

  @Test
  void everyTypeThisRedisMakesIsThere() {
    assertThat(RecordedValues.all().stream().map(Recorded::type))
        .containsAll(
            EnumSet.of(
                RdbType.LIST_QUICKLIST_2,
                RdbType.SET,
                RdbType.SET_INTSET,
                RdbType.SORTED_SET_2,
                RdbType.SORTED_SET_LISTPACK,
                RdbType.HASH,
                RdbType.HASH_LISTPACK,
                RdbType.STREAM_2));
  }

  /// Our listpacks are the ones Redis makes, byte for byte.
  @Test
  void listpacksOfRedisAreCanonical() {
    int packs = 0;
    for (Recorded recorded : RecordedValues.all()) {
      for (Bytes pack : packs(recorded)) {
        ListpackReader elements = new ListpackReader(pack);
        ListpackWriter again = new ListpackWriter(0);
        while (elements.next()) {
          assertThat(elements.isCanonical()).isTrue();
          again.append(elements.bytes());
        }
        assertThat(again.size()).isEqualTo(pack.length());
        assertThat(again.end()).isEqualTo(pack);
        packs++;
      }
    }
    assertThat(packs).isGreaterThan(20);
  }

  @Test
  void theyAreRecordedAnewWhenAskedFor() throws IOException {
    String target = System.getProperty("record");
    if (target == null || !RedisProcess.isInstalled()) {
      return;
    }
    try (RedisProcess redis = new RedisProcess(directory)) {
      RecordedValues.record(redis, directory, Path.of(target));
    }
  }

  private static List<Bytes> packs(Recorded recorded) {
    List<Bytes> packs = new ArrayList<>();
    RdbReader in = RdbReader.of(recorded.body());
    switch (recorded.type()) {
      case HASH_LISTPACK, SORTED_SET_LISTPACK -> packs.add(RdbStringCodec.read(in, 1 << 20));
      case LIST_QUICKLIST_2 -> {
        for (int left = in.readLength(1000); left > 0; left--) {
          boolean isPacked = in.readNumber() == RdbValueReader.NODE_PACKED;
          Bytes node = RdbStringCodec.read(in, 1 << 20);
          if (isPacked) {
            packs.add(node);
          }
        }
      }
      case STREAM_2 -> {
        for (int left = in.readLength(1000); left > 0; left--) {
          RdbStringCodec.read(in, 1 << 20);
          packs.add(RdbStringCodec.read(in, 1 << 20));
        }
      }
      default -> {}
    }
    return packs;
  }
}
