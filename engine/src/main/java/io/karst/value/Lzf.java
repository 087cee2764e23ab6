package io.karst.value;

/// LZF, the compression of long strings in dump payloads and RDB files.
///
/// A stream is a sequence of runs, told apart by their first byte:
///
/// ```
/// 000lllll                     l + 1 bytes as they are (1 to 32), which follow
/// lllooooo oooooooo            l + 2 bytes (3 to 8) from o + 1 bytes (1 to 8192) back
/// 111ooooo llllllll oooooooo   l + 9 bytes (9 to 264) from o + 1 bytes back
/// ```
///
/// The bytes copied from behind may overlap those they become: a run of one byte repeated is a
/// copy from one byte back.
///
/// Source: M. Lehmann, LibLZF, whose choice of matches [LzfCompressor] follows.
public final class Lzf {
  static final int LITERAL_MAX = 32;
  static final int OFFSET_MAX = 1 << 13;
  static final int MATCH_MAX = 264;
  static final int MATCH_MIN = 3;
  static final int SHORT_MATCH_MAX = 8;

  /// What [#length] answers for a stream that is none.
  public static final long MALFORMED = -1;

  private Lzf() {}

  /// Compresses the whole of `input`.
  ///
  /// - returns: the number of bytes written to the beginning of `output`, or 0 if they would not
  ///   fit there; the content of `output` is undefined then.
  public static int compress(byte[] input, byte[] output) {
    return LzfCompressor.compress(input, output);
  }

  /// The number of bytes a stream decompresses to, found without decompressing it, or
  /// [#MALFORMED]. What passes here is safe to [#decompress].
  public static long length(byte[] stream, int offset, int length) {
    int end = offset + length;
    long produced = 0;
    int i = offset;
    while (i < end) {
      int head = stream[i++] & 0xff;
      if (head < LITERAL_MAX) {
        i += head + 1;
        produced += head + 1;
      } else {
        boolean isLong = head >= 0xe0;
        int last = i + (isLong ? 1 : 0);
        if (last >= end || backwards(head, stream[last]) > produced) {
          return MALFORMED;
        }
        produced += isLong ? (stream[i] & 0xff) + SHORT_MATCH_MAX + 1 : (head >>> 5) + 2;
        i = last + 1;
      }
    }
    return i == end ? produced : MALFORMED;
  }

  /// Decompresses a stream for which [#length] answered the length of the array to return.
  public static byte[] decompress(byte[] stream, int offset, int length, int decompressedLength) {
    byte[] output = new byte[decompressedLength];
    int end = offset + length;
    int at = 0;
    int i = offset;
    while (i < end) {
      int head = stream[i++] & 0xff;
      int count;
      if (head < LITERAL_MAX) {
        count = head + 1;
        System.arraycopy(stream, i, output, at, count);
        i += count;
      } else {
        count = head >= 0xe0 ? (stream[i++] & 0xff) + SHORT_MATCH_MAX + 1 : (head >>> 5) + 2;
        copyBack(output, at, backwards(head, stream[i++]), count);
      }
      at += count;
    }
    return output;
  }

  private static int backwards(int head, byte low) {
    return ((head & 0x1f) << 8 | (low & 0xff)) + 1;
  }

  private static void copyBack(byte[] output, int at, int distance, int count) {
    int from = at - distance;
    if (distance >= count) {
      System.arraycopy(output, from, output, at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      output[at + i] = output[from + i];
    }
  }
}
