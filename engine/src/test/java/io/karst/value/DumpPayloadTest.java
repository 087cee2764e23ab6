package io.karst.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DumpPayloadTest {
  private static final long SEED = Long.getLong("seed", 20_261_122);
  private static final String DAMAGED = "ERR DUMP payload version or checksum are wrong";
  private static final String MALFORMED = "ERR Bad data format";

  private static final List<Golden> GOLDEN = golden();

  private record Golden(Bytes value, Bytes payload) {}

  @Test
  void payloadsOfRedisAreRead() {
    assertThat(GOLDEN).hasSizeGreaterThan(40);
    for (Golden golden : GOLDEN) {
      assertThat(string(golden.payload)).isEqualTo(golden.value);
    }
  }

  @Test
  void payloadsAreThoseRedisWrites() {
    for (Golden golden : GOLDEN) {
      assertThat(hex(DumpPayload.ofString(golden.value))).isEqualTo(hex(golden.payload));
    }
  }

  @Test
  void whatIsWrittenIsRead() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    for (int length : new int[] {0, 1, 11, 12, 20, 21, 63, 64, 16_383, 16_384, 70_000}) {
      byte[] noise = new byte[length];
      random.nextBytes(noise);
      assertTravels(Bytes.of(noise));
      assertTravels(Bytes.of(new byte[length]));
    }
    for (int bits = 0; bits < 64; bits++) {
      assertTravels(Bytes.utf8(Long.toString((1L << bits) - 1)));
      assertTravels(Bytes.utf8(Long.toString(-1L << bits)));
    }
  }

  @Test
  void versionsUpToTheLastKnownAreRead() {
    assertThat(string(sealed(14, 0, 1, 'a'))).isEqualTo(Bytes.utf8("a"));
    assertThat(string(sealed(1, 0, 1, 'a'))).isEqualTo(Bytes.utf8("a"));
    assertError(sealed(15, 0, 1, 'a'), DAMAGED);
    assertError(sealed(0xffff, 0, 1, 'a'), DAMAGED);
  }

  @Test
  void aPayloadIsSealedWithTheFirstVersionThatHasItsType() {
    for (RdbType type : RdbType.values()) {
      DumpPayload payload = new DumpPayload(type, Bytes.utf8("value"));
      Bytes sealed = payload.sealed();
      assertThat(DumpPayload.open(sealed)).isEqualTo(payload);
      assertThat(sealed.at(6)).isEqualTo((byte) Math.max(type.since(), RdbVersion.OLDEST));
    }
  }

  @Test
  void everyFlippedBitIsFound() {
    for (Golden golden : GOLDEN) {
      byte[] payload = golden.payload.toArray();
      for (int bit = 0; bit < payload.length * 8; bit++) {
        payload[bit / 8] ^= (byte) (1 << bit % 8);
        assertError(Bytes.of(payload), DAMAGED);
        payload[bit / 8] ^= (byte) (1 << bit % 8);
      }
    }
  }

  @Test
  void everyTruncationIsFound() {
    for (Golden golden : GOLDEN) {
      for (int length = 0; length < golden.payload.length(); length++) {
        assertError(golden.payload.slice(0, length), DAMAGED);
      }
    }
  }

  @Test
  void malformedValuesWithTheRightChecksumAreFound() {
    assertMalformed(); // No type.
    assertMalformed(0); // No value.
    assertMalformed(0, 1); // A length without its bytes.
    assertMalformed(0, 1, 'a', 'b'); // A byte too many.
    assertMalformed(0, 0x40); // Half a length.
    assertMalformed(0, 0x80, 0, 0, 0); // Three quarters of one.
    assertMalformed(0, 0x82, 0, 0, 0, 1, 'a'); // Lengths Redis does not have.
    assertMalformed(0, 0xbf, 'a');
    assertMalformed(0, 0xc0); // Integers cut short.
    assertMalformed(0, 0xc1, 1);
    assertMalformed(0, 0xc2, 1, 2, 3);
    assertMalformed(0, 0xc4, 1); // An encoding Redis does not have.
    assertMalformed(0, 0xc3, 2, 1, 0, 'a', 'b'); // Compressed, with a byte too many.
    assertMalformed(0, 0xc3, 2, 2, 0, 'a'); // Compressed, but to one byte only.
    assertMalformed(0, 0xc3, 0xc0, 1, 0, 'a'); // An encoding where a length should be.
  }

  @Test
  void typesThatAreNotKnownAreRefused() {
    for (int type = 1; type < 256; type++) {
      assertMalformed(type, 1, 'a');
    }
  }

  @Test
  void absurdLengthsTakeNoMemory() {
    int[][] values = {
      {0, 0x80, 0x1f, 0xff, 0xff, 0xff},
      {0, 0x80, 0xff, 0xff, 0xff, 0xff},
      {0, 0x81, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
      {0, 0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
      // Compressed: 5 bytes that claim to become 512 MiB, and 2 GiB.
      {0, 0xc3, 5, 0x80, 0x20, 0, 0, 0, 0, 'a', 0xe0, 0xff, 0},
      {0, 0xc3, 5, 0x80, 0x7f, 0xff, 0xff, 0xff, 0, 'a', 0xe0, 0xff, 0},
      {0, 0xc3, 5, 0x81, 0, 0, 0, 1, 0, 0, 0, 0, 0, 'a', 0xe0, 0xff, 0},
      // A compressed length beyond the payload.
      {0, 0xc3, 0x80, 0x7f, 0xff, 0xff, 0xff, 0x80, 0x1f, 0xff, 0xff, 0xff, 0, 'a'},
    };
    for (int[] value : values) {
      Bytes payload = sealed(10, value);
      assertMalformed(value); // Once beforehand, so that classes are loaded.
      assertThat(allocatedBy(() -> assertMalformed(payload))).isLessThan(1 << 20);
    }
  }

  @Test
  void aStringAboveTheLimitIsRefusedBeforeItIsMade() {
    Bytes bomb = DumpPayload.ofString(Bytes.of(new byte[64 << 20]));
    assertThat(bomb.length()).isLessThan(1 << 20);
    assertThat(allocatedBy(() -> assertLimit(bomb, 1 << 20))).isLessThan(1 << 20);
    assertThat(DumpPayload.open(bomb).string(64 << 20).length()).isEqualTo(64 << 20);
  }

  @Test
  void anyValueIsReadOrRefused() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    for (int round = 0; round < 50_000; round++) {
      Golden golden = GOLDEN.get(random.nextInt(GOLDEN.size()));
      byte[] payload = golden.payload.toArray();
      int[] value = new int[payload.length - 10];
      for (int i = 0; i < value.length; i++) {
        value[i] = random.nextInt(8) == 0 && i > 0 ? random.nextInt(256) : payload[i];
      }
      readOrRefuse(sealed(10, value));
    }
  }

  private static void readOrRefuse(Bytes payload) {
    try {
      string(payload);
    } catch (CommandException refused) {
      assertThat(refused.line()).isEqualTo(MALFORMED);
    }
  }

  private static void assertTravels(Bytes value) {
    assertThat(string(DumpPayload.ofString(value))).isEqualTo(value);
  }

  private static void assertMalformed(int... value) {
    assertMalformed(sealed(10, value));
  }

  private static void assertMalformed(Bytes payload) {
    assertError(payload, MALFORMED);
  }

  private static void assertError(Bytes payload, String line) {
    assertThatThrownBy(() -> string(payload)).isInstanceOf(CommandException.class).hasMessage(line);
  }

  private static void assertLimit(Bytes payload, int limit) {
    assertThatThrownBy(() -> DumpPayload.open(payload).string(limit))
        .isInstanceOf(CommandException.class)
        .hasMessage(MALFORMED);
  }

  private static Bytes string(Bytes payload) {
    return DumpPayload.open(payload).string(Limits.STRING_SIZE_MAX);
  }

  private static Bytes sealed(int version, int... value) {
    RdbWriter out = new RdbWriter(0);
    for (int b : value) {
      out.writeByte(b);
    }
    out.writeLittleEndian(version, 2);
    out.writeLittleEndian(out.checksum(), 8);
    return out.bytes();
  }

  private static long allocatedBy(Runnable action) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    action.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static String hex(Bytes bytes) {
    return HexFormat.of().formatHex(bytes.toArray());
  }

  private static List<Golden> golden() {
    List<Golden> all = new ArrayList<>();
    for (String line : lines("/dump-payloads.txt")) {
      if (!line.isEmpty() && !line.startsWith("#")) {
        String[] words = line.split(" ", -1);
        String value = words[0].equals("-") ? "" : words[0];
        all.add(new Golden(parse(value), parse(words[1])));
      }
    }
    return all;
  }

  private static Bytes parse(String hex) {
    return Bytes.of(HexFormat.of().parseHex(hex));
  }

  private static List<String> lines(String resource) {
    try (InputStream in = DumpPayloadTest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
