package io.karst.value;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.value.OlderValues.Older;
import io.karst.value.RecordedValues.Recorded;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever the bytes are, they are a value or a client's mistake: nothing else is thrown, little
/// memory is taken, and what is read can be written and read again.
@Timeout(300)
final class ValueDamageTest {
  private static final long SEED = Long.getLong("seed", 20_261_122);

  /// The most a byte of input can stand for: 264 bytes out of three, and what the test keeps.
  private static final int ALLOCATED_PER_BYTE_MAX = 2000;

  private static final int ALLOCATED_MAX = 1 << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final List<Older> VALUES = values();

  @Test
  void everyByteMayBeAnother() {
    int refused = 0;
    int taken = 0;
    for (Older value : VALUES) {
      byte[] body = value.body().toArray();
      // Of long runs of one byte, the ends.
      for (int i = 0; i < body.length; i++) {
        if (i > 20 && i < body.length - 20 && same(body, i)) {
          continue;
        }
        byte before = body[i];
        for (int other :
            new int[] {0, 1, 127, 128, 253, 254, 255, before ^ 1, before ^ 64, before + 1}) {
          body[i] = (byte) other;
          if (readOrRefuse(value.type(), body)) {
            taken++;
          } else {
            refused++;
          }
        }
        body[i] = before;
      }
    }
    assertThat(refused).isGreaterThan(taken / 4);
    assertThat(taken).isPositive();
  }

  @Test
  void everyTruncationIsFound() {
    for (Older value : VALUES) {
      byte[] whole = value.body().toArray();
      int step = Math.max(1, whole.length / 500);
      for (int length = 0; length < whole.length; length += step) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThat(readOrRefuse(value.type(), cut)).isFalse();
      }
      byte[] longer = Arrays.copyOf(whole, whole.length + 1);
      assertThat(readOrRefuse(value.type(), longer)).isFalse();
    }
  }

  @Test
  void anyBytesAreAValueOrNone() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    int taken = 0;
    for (int round = 0; round < 30_000; round++) {
      Older value = VALUES.get(random.nextInt(VALUES.size()));
      byte[] body = value.body().toArray();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      taken += readOrRefuse(value.type(), body) ? 1 : 0;
    }
    assertThat(taken).isBetween(100, 29_000);
  }

  @Test
  void noiseIsAValueOrNone() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    RdbType[] types = RdbType.values();
    for (int round = 0; round < 50_000; round++) {
      byte[] noise = new byte[random.nextInt(40)];
      random.nextBytes(noise);
      if (noise.length > 0 && random.nextBoolean()) {
        noise[0] = (byte) random.nextInt(8);
      }
      readOrRefuse(types[random.nextInt(types.length)], noise);
    }
  }

  @Test
  void absurdCountsTakeNoMemory() {
    byte[] huge = Packs.length(Long.MAX_VALUE);
    byte[] negative = Packs.length(-1);
    for (RdbType type : RdbType.values()) {
      for (byte[] count : List.of(huge, negative, Packs.length(0xffff_ffffL))) {
        readOrRefuse(type, count);
        readOrRefuse(type, Packs.join(count, Packs.string("a"), count));
        readOrRefuse(type, Packs.join(new byte[8], count, Packs.string("a"), count));
        readOrRefuse(type, Packs.join(new byte[9], count, Packs.string("a"), count));
      }
    }
    // A stream's head and its entries claim fields that are not there.
    for (String count : List.of("2147483647", "9223372036854775807")) {
      readOrRefuse(RdbType.STREAM_2, OlderValues.stream(RdbType.STREAM_2, "1", "0", count, "a"));
      String[] node = OlderValues.NODE.clone();
      node[18] = count;
      readOrRefuse(RdbType.STREAM_2, OlderValues.stream(RdbType.STREAM_2, node));
    }
  }

  /// Whether the bytes are a value.
  private static boolean readOrRefuse(RdbType type, byte[] body) {
    Bytes bytes = Bytes.of(body);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    List<String> lines;
    try {
      lines = Elements.of(type, bytes);
    } catch (CommandException refused) {
      assertThat(refused.line()).isEqualTo("ERR Bad data format");
      return false;
    } finally {
      assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
          .as("bytes taken for %s of %d", type, body.length)
          .isLessThan(ALLOCATED_MAX + (long) ALLOCATED_PER_BYTE_MAX * body.length);
    }
    if (type != RdbType.STRING) {
      RdbType form = form(type);
      assertThat(Elements.of(form, Rewriting.of(type, bytes, form, false))).isEqualTo(lines);
    }
    return true;
  }

  /// The form we write that keeps most.
  private static RdbType form(RdbType type) {
    return switch (type.valueType()) {
      case LIST -> RdbType.LIST_QUICKLIST_2;
      case SET -> RdbType.SET_EXPIRING;
      case SORTED_SET -> RdbType.SORTED_SET_EXPIRING;
      case HASH -> RdbType.HASH_EXPIRING;
      case STREAM ->
          type.compareTo(RdbType.STREAM_4) < 0 ? RdbType.STREAM_3 : RdbType.STREAM_PRODUCED;
      case STRING -> throw new IllegalArgumentException();
    };
  }

  private static boolean same(byte[] body, int i) {
    return body[i] == body[i - 1] && body[i] == body[i + 1];
  }

  private static List<Older> values() {
    List<Older> values = new ArrayList<>(OlderValues.values());
    for (Recorded recorded : RecordedValues.all()) {
      values.add(new Older(recorded.type(), recorded.body(), recorded.lines()));
    }
    return values;
  }
}
