package io.karst.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/// Requests for the keys of a [Dataset], and what the replies to them begin with.
final class RequestEncoder {
  private static final byte[] GET = ascii("*2\r\n$3\r\nGET\r\n$16\r\n");
  private static final byte[] SET = ascii("*3\r\n$3\r\nSET\r\n$16\r\n");
  private static final byte[] END = ascii("\r\n");
  private static final byte[] OK = ascii("+OK\r\n");
  private static final int ROOM = 64;

  private final Dataset dataset;

  /// `$` and the size, by the size less the least.
  private final byte[][] heads;

  RequestEncoder(Dataset dataset) {
    this.dataset = dataset;
    heads = new byte[dataset.sizeMax() - dataset.sizeMin() + 1][];
    for (int i = 0; i < heads.length; i++) {
      heads[i] = ascii("$" + (dataset.sizeMin() + i) + "\r\n");
    }
  }

  /// No request and no reply is larger.
  int sizeMax() {
    return ROOM + Dataset.KEY_SIZE + dataset.sizeMax();
  }

  /// Writes a request to `out` from `at` on, and returns where it ends.
  int get(int number, byte[] out, int at) {
    int end = put(GET, out, at);
    Dataset.key(number, out, end);
    return put(END, out, end + Dataset.KEY_SIZE);
  }

  /// As [#get].
  int set(int number, SplittableRandom random, byte[] out, int at) {
    int end = put(SET, out, at);
    Dataset.key(number, out, end);
    end = put(END, out, end + Dataset.KEY_SIZE);
    end = put(head(number), out, end);
    end += dataset.value(number, random, out, end);
    return put(END, out, end);
  }

  /// What the reply to a request begins with.
  byte[] replyHead(int number, boolean write) {
    return write ? OK : head(number);
  }

  /// The size of the whole reply.
  int replySize(int number, boolean write) {
    if (write) {
      return OK.length;
    }
    int size = dataset.valueSize(number);
    return heads[size - dataset.sizeMin()].length + size + END.length;
  }

  private byte[] head(int number) {
    return heads[dataset.valueSize(number) - dataset.sizeMin()];
  }

  private static int put(byte[] what, byte[] out, int at) {
    System.arraycopy(what, 0, out, at, what.length);
    return at + what.length;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
