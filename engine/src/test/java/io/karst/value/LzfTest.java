package io.karst.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LzfTest {
  private static final long SEED = Long.getLong("seed", 20_261_122);

  @Test
  void whatWasCompressedDecompressesToTheSame() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    for (int round = 0; round < 3000; round++) {
      byte[] input = input(random);
      byte[] output = new byte[input.length + input.length / Lzf.LITERAL_MAX + 8];
      int size = Lzf.compress(input, output);
      assertThat(size).isPositive();
      assertThat(Lzf.length(output, 0, size)).isEqualTo(input.length);
      assertThat(Lzf.decompress(output, 0, size, input.length)).isEqualTo(input);
    }
  }

  @Test
  void whatDoesNotFitIsNotCompressed() {
    byte[] input = new byte[1000];
    new Random(1).nextBytes(input);
    assertThat(Lzf.compress(input, new byte[1000])).isZero();
    assertThat(Lzf.compress(input, new byte[0])).isZero();
    assertThat(Lzf.compress(new byte[0], new byte[10])).isZero();
  }

  @Test
  void everyCapacityEitherHoldsAllOrIsRefused() {
    byte[] input = input(new Random(SEED));
    byte[] whole = new byte[input.length * 2 + 8];
    int size = Lzf.compress(input, whole);
    for (int capacity = 0; capacity < size + 8; capacity++) {
      byte[] output = new byte[capacity];
      int written = Lzf.compress(input, output);
      assertThat(written).isIn(0, size);
      if (written > 0) {
        assertThat(Arrays.copyOf(output, size)).isEqualTo(Arrays.copyOf(whole, size));
      }
    }
  }

  @Test
  void oneByteRepeatedIsACopyFromOneByteBack() {
    byte[] stream = {0, 'a', (byte) 0xe0, (byte) 255, 0};
    byte[] expected = new byte[265];
    Arrays.fill(expected, (byte) 'a');
    assertThat(Lzf.length(stream, 0, stream.length)).isEqualTo(265);
    assertThat(Lzf.decompress(stream, 0, stream.length, 265)).isEqualTo(expected);
  }

  @Test
  void malformedStreamsAreFoundOut() {
    assertMalformed(0x20, 0); // A copy from before the beginning.
    assertMalformed(0, 'a', 0x20, 1); // The same by one byte.
    assertMalformed(0, 'a', 0x20); // A copy without its offset.
    assertMalformed(0, 'a', 0xe0, 9); // A long copy without its offset.
    assertMalformed(0, 'a', 0xe0); // A long copy without its length.
    assertMalformed(1, 'a'); // A run that is cut short.
    assertMalformed(31);
  }

  @Test
  void anyBytesAreEitherMalformedOrDecompress() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    for (int round = 0; round < 20_000; round++) {
      byte[] stream = new byte[random.nextInt(24)];
      random.nextBytes(stream);
      for (int i = 0; i < stream.length; i += 2) {
        stream[i] &= 0x23; // Short runs and near copies, or hardly any would be well formed.
      }
      long length = Lzf.length(stream, 0, stream.length);
      if (length != Lzf.MALFORMED) {
        assertThat(Lzf.decompress(stream, 0, stream.length, (int) length)).hasSize((int) length);
      }
    }
  }

  private static void assertMalformed(int... stream) {
    byte[] bytes = new byte[stream.length];
    for (int i = 0; i < stream.length; i++) {
      bytes[i] = (byte) stream[i];
    }
    assertThat(Lzf.length(bytes, 0, bytes.length)).isEqualTo(Lzf.MALFORMED);
  }

  /// Bytes of an alphabet of random size, some of them repeated from before.
  private static byte[] input(Random random) {
    byte[] input = new byte[1 + random.nextInt(random.nextBoolean() ? 100 : 20_000)];
    int letters = 1 + random.nextInt(256);
    for (int i = 0; i < input.length; i++) {
      input[i] = (byte) random.nextInt(letters);
    }
    for (int copies = random.nextInt(20); copies > 0; copies--) {
      int from = random.nextInt(input.length);
      int to = random.nextInt(input.length);
      int length = Math.min(random.nextInt(600), input.length - Math.max(from, to));
      System.arraycopy(input, from, input, to, length);
    }
    return input;
  }
}
