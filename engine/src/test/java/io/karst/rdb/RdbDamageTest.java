package io.karst.rdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.value.Crc64;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever is wrong with a file, the reader ends, takes little memory, and either says where it is
/// wrong or shows what it would have shown.
@Timeout(120)
final class RdbDamageTest {
  private static final long SEED = Long.getLong("seed", 20_261_122);
  private static final int ALLOCATED_MAX = 8 << 20;

  private static final List<byte[]> FILES =
      List.of(
          Shown.recorded("strings.rdb"),
          Shown.recorded("types.rdb"),
          Shown.recorded("plain.rdb"),
          ofEveryType());

  @Test
  void everyOtherByteIsFoundOutOrMakesNoDifference() {
    for (byte[] file : FILES) {
      List<String> whole = Shown.of(file, all());
      boolean summed = file[file.length - 1] != 0;
      for (int i = 0; i < file.length; i++) {
        byte[] damaged = file.clone();
        for (int value = 0; value < 256; value += i % 8 == 0 ? 1 : 17) {
          damaged[i] = (byte) value;
          List<String> shown = shownOrRefused(damaged);
          if (summed && shown != null && damaged[i] != file[i]) {
            // Only the checksum itself can be different: all of it 0, which is none.
            assertThat(shown).isEqualTo(whole);
          }
        }
      }
    }
  }

  @Test
  void everyTruncationIsFoundOut() {
    for (byte[] file : FILES) {
      for (int length = 0; length < file.length; length++) {
        byte[] cut = Arrays.copyOf(file, length);
        assertThatThrownBy(() -> Shown.of(cut, all())).isInstanceOf(RdbException.class);
      }
    }
  }

  /// The checksum does not find these: it is made anew.
  @Test
  void anyBytesAreShownOrRefused() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    int refused = 0;
    int rounds = 20_000;
    for (int round = 0; round < rounds; round++) {
      byte[] file = FILES.get(random.nextInt(FILES.size())).clone();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        int at = 9 + random.nextInt(file.length - 9);
        file[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : file[at] ^ 1 << 7);
      }
      long checksum = Crc64.of(file, 0, file.length - Long.BYTES);
      for (int i = 0; i < Long.BYTES; i++) {
        file[file.length - Long.BYTES + i] = (byte) (checksum >>> (8 * i));
      }
      refused += shownOrRefused(file) == null ? 1 : 0;
    }
    assertThat(refused).isBetween(rounds / 10, rounds * 9 / 10);
  }

  @Test
  void noiseAfterAHeaderIsShownOrRefused() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    for (int round = 0; round < 20_000; round++) {
      byte[] noise = new byte[random.nextInt(64)];
      random.nextBytes(noise);
      RdbBuilder file = RdbBuilder.version(12).bytes(random.nextInt(256));
      for (byte b : noise) {
        file.bytes(b);
      }
      shownOrRefused(file.cut());
    }
  }

  /// What was shown, or null if the file was refused; anything else fails.
  private static List<String> shownOrRefused(byte[] file) {
    long before = Allocated.bytes();
    try {
      return Shown.of(file, all());
    } catch (RdbException refused) {
      assertThat(refused.offset()).isBetween(0L, (long) file.length);
      return null;
    } finally {
      assertThat(Allocated.bytes() - before).isLessThan(ALLOCATED_MAX);
    }
  }

  private static RdbFileReader all() {
    return new RdbFileReader().takes(type -> true);
  }

  private static byte[] ofEveryType() {
    RdbBuilder file = RdbBuilder.version(12);
    file.bytes(247).length(77).bytes(2).length(1).bytes(5).string("data").bytes(0);
    StructureTest.values()
        .forEach((type, value) -> value.accept(file.bytes(type.code()).string(type.title())));
    return file.end();
  }
}
