package io.karst.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The expected digests come from the reference implementation, libxxhash 0.8.1.
class Xxh3Test {
  /// Lengths around every border of the algorithm, each with the digest of [#pattern].
  private static final String[] DIGESTS = {
    "0 2d06800538d394c2",
    "1 4c5cca45d0f4811f",
    "2 a7e250c97710ff27",
    "3 15f7093b173d005c",
    "4 dca012f95811b6b9",
    "5 b290cafc7b254345",
    "7 7561869c23da3c1b",
    "8 dec6a9a43575982e",
    "9 cbe393399f17ffbd",
    "15 545e19990471dc37",
    "16 7e484c18d74895d0",
    "17 208bde5ee2bed407",
    "31 a937652b0119ca11",
    "32 03df0ac5255d1446",
    "33 199a362122d71f46",
    "63 76d4eec1f092847f",
    "64 dd30702ab46b3745",
    "65 fab36b851b94ce20",
    "96 d245cd2541582982",
    "97 60e3e1d0d43785b3",
    "127 a915ed6396db8cc0",
    "128 f92b70eaa21a6288",
    "129 f8f76713f2bb60fa",
    "143 c372f52c27156971",
    "144 d87f00765ee3d89e",
    "160 c90911ffcef461e2",
    "239 caa9b7a588464745",
    "240 ccc7375172c41f03",
    "241 0b3b630948ce4a00",
    "255 89932170686cdd9a",
    "256 ec85b75bafe6ca74",
    "257 3adeb4b59e59c438",
    "511 1e658c988618e751",
    "512 9db25f606158bf8a",
    "513 6ea9a114dfe35e32",
    "1023 0dfaefaf8a56fd35",
    "1024 9b8b919d80b0a44e",
    "1025 de122e8a4cbe6faa",
    "1087 9231e61df3d26595",
    "1088 84eee2b54d4805c5",
    "1089 d7891b3f8ebe68c3",
    "2047 107f8b3d1ba855f9",
    "2048 e3c65f4d78555f06",
    "2049 22b1276781928b6b",
    "4096 a2e1f6935a3b096d",
    "100000 56c30f5001ac9d85",
  };

  @Test
  void matchesTheReferenceAroundEveryBorder() {
    for (String line : DIGESTS) {
      int length = Integer.parseInt(line.substring(0, line.indexOf(' ')));
      String digest = line.substring(line.indexOf(' ') + 1);
      assertThat(hexadecimal(pattern(length))).as("length %d", length).isEqualTo(digest);
    }
  }

  @Test
  void matchesTheReferenceOnText() {
    assertThat(hexadecimal(Bytes.utf8("hello"))).isEqualTo("9555e8555c62dcfd");
    assertThat(hexadecimal(Bytes.utf8("Hello world"))).isEqualTo("b6acb9d84a38ff74");
  }

  @Test
  void readsASliceAsItsBytes() {
    Bytes whole = pattern(1000);
    Bytes slice = whole.slice(37, 600);
    assertThat(Xxh3.hash(slice)).isEqualTo(Xxh3.hash(slice.copy()));
  }

  private static String hexadecimal(Bytes input) {
    return String.format("%016x", Xxh3.hash(input));
  }

  private static Bytes pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ((i * 31 + 7) ^ ((i >> 8) * 113));
    }
    return Bytes.of(bytes);
  }
}
