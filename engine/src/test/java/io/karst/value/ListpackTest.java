package io.karst.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ListpackTest {
  private static final long SEED = Long.getLong("seed", 20_261_122);

  /// Each element has one encoding, and these are pinned: records hold them.
  @Test
  void encodings() {
    assertEncoding("0", "00 01");
    assertEncoding("127", "7f 01");
    assertEncoding("128", "c0 80 02");
    assertEncoding("-1", "df ff 02");
    assertEncoding("4095", "cf ff 02");
    assertEncoding("-4096", "d0 00 02");
    assertEncoding("4096", "f1 00 10 03");
    assertEncoding("-4097", "f1 ff ef 03");
    assertEncoding("32767", "f1 ff 7f 03");
    assertEncoding("-32768", "f1 00 80 03");
    assertEncoding("32768", "f2 00 80 00 04");
    assertEncoding("8388607", "f2 ff ff 7f 04");
    assertEncoding("-8388608", "f2 00 00 80 04");
    assertEncoding("8388608", "f3 00 00 80 00 05");
    assertEncoding("2147483647", "f3 ff ff ff 7f 05");
    assertEncoding("-2147483648", "f3 00 00 00 80 05");
    assertEncoding("2147483648", "f4 00 00 00 80 00 00 00 00 09");
    assertEncoding("9223372036854775807", "f4 ff ff ff ff ff ff ff 7f 09");
    assertEncoding("-9223372036854775808", "f4 00 00 00 00 00 00 00 80 09");
    assertEncoding("", "80 01");
    assertEncoding("a", "81 61 02");
    assertEncoding("-", "81 2d 02");
    assertEncoding("+1", "82 2b 31 03");
    assertEncoding("01", "82 30 31 03");
    assertEncoding("-0", "82 2d 30 03");
    assertEncoding("1a1", "83 31 61 31 04");
    assertEncoding("9223372036854775808", "93" + "39323233333732303336383534373735383038" + "14");
  }

  @Test
  void lengthsOfStrings() {
    assertHead(63, "bf");
    assertHead(64, "e0 40");
    assertHead(4095, "ef ff");
    assertHead(4096, "f0 00 10 00 00");
    assertHead(70_000, "f0 70 11 01 00");
  }

  /// Redis takes three bytes where two would do for 16383, and so on.
  @Test
  void backLengths() {
    assertBack(127, "7f");
    assertBack(128, "01 80");
    assertBack(16_382, "7f fe");
    assertBack(16_383, "00 ff ff");
    assertBack(16_384, "01 80 80");
    assertBack(2_097_150, "7f ff fe");
    assertBack(2_097_151, "00 ff ff ff");
    assertBack(2_097_152, "01 80 80 80");
    assertThat(Listpack.backSize(268_435_454)).isEqualTo(4);
    assertThat(Listpack.backSize(268_435_455)).isEqualTo(5);
  }

  @Test
  void headAndEnd() {
    assertThat(hex(new ListpackWriter(0).end())).isEqualTo("070000000000ff");
    assertThat(hex(Bytes.of(Packs.listpack("a", "1")))).isEqualTo("0c0000000200816102" + "0101ff");
  }

  @Test
  void aCountBeyondItsFieldIsUnknown() {
    for (int count : new int[] {65_534, 65_535, 65_536, 100_000}) {
      ListpackWriter pack = new ListpackWriter(0);
      for (int i = 0; i < count; i++) {
        pack.append(i);
      }
      Bytes bytes = pack.end();
      int field = (bytes.at(4) & 0xff) | (bytes.at(5) & 0xff) << 8;
      assertThat(field).isEqualTo(Math.min(count, 65_535));
      assertThat(read(bytes)).hasSize(count);
    }
  }

  @Test
  void whatIsWrittenIsReadAndCanonical() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    ListpackWriter pack = new ListpackWriter(10);
    for (int round = 0; round < 2000; round++) {
      pack.clear();
      List<Bytes> elements = new ArrayList<>();
      long size = Listpack.OVERHEAD;
      for (int i = random.nextInt(20); i > 0; i--) {
        Bytes element = element(random);
        elements.add(element);
        pack.append(element);
        size += Listpack.size(element);
      }
      assertThat(pack.size()).isEqualTo((int) size);
      assertThat(pack.count()).isEqualTo(elements.size());
      Bytes bytes = pack.end();
      assertThat(bytes.length()).isEqualTo((int) size);
      assertThat(read(bytes)).isEqualTo(elements);
    }
  }

  @Test
  void otherEncodingsAreReadButNotCanonical() {
    for (String encoding :
        List.of("c0 01 02", "f1 01 00 03", "f4 01 00 00 00 00 00 00 00 09", "81 31 02")) {
      assertThat(canonical(encoding)).as(encoding).isFalse();
    }
    for (String encoding : List.of("e0 01 61 03", "f0 01 00 00 00 61 06")) {
      assertThat(canonical(encoding)).as(encoding).isFalse();
    }
    assertThat(canonical("01 01")).isTrue();
    assertThat(canonical("81 61 02")).isTrue();
  }

  @Test
  void malformed() {
    assertMalformed("");
    assertMalformed("06 00 00 00 00 00"); // No end.
    assertMalformed("08 00 00 00 00 00 ff"); // A size beyond it.
    assertMalformed("07 00 00 00 01 00 ff"); // A count of what is not there.
    assertMalformed("07 00 00 00 00 00 01"); // Something else at the end.
    assertMalformed("08 00 00 00 00 00 ff ff"); // An end before the end.
    assertMalformed(pack("01 02")); // A wrong back length.
    assertMalformed(pack("01 81")); // One that has no begin.
    assertMalformed(pack("f5 01")); // No encoding.
    assertMalformed(pack("fe 01"));
    assertMalformed(pack("85 61 02")); // A string beyond the end.
    assertMalformed(pack("f0 ff ff ff 7f 61 06"));
    assertMalformed(pack("f0 ff ff ff ff 61 06"));
    assertMalformed(pack("f4 01 00 00"));
  }

  private static Bytes element(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Decimal.of(random.nextLong() >> random.nextInt(64));
      case 1 -> Bytes.utf8("" + random.nextInt(-5, 200));
      case 2 -> Bytes.of(new byte[random.nextInt(5000)]);
      default -> {
        byte[] digits = new byte[random.nextInt(22)];
        for (int i = 0; i < digits.length; i++) {
          digits[i] = (byte) "0123456789-+".charAt(random.nextInt(12));
        }
        yield Bytes.of(digits);
      }
    };
  }

  private static List<Bytes> read(Bytes bytes) {
    ListpackReader in = new ListpackReader(bytes);
    List<Bytes> elements = new ArrayList<>();
    while (in.next()) {
      elements.add(in.bytes());
      assertThat(in.isCanonical()).isTrue();
      assertThat(in.isInteger()).isEqualTo(Decimal.isInt64(in.bytes()));
    }
    assertThat(in.count()).isEqualTo(elements.size());
    return elements;
  }

  private static boolean canonical(String encoding) {
    ListpackReader in = new ListpackReader(parse(pack(encoding)));
    assertThat(in.next()).isTrue();
    boolean canonical = in.isCanonical();
    assertThat(in.next()).isFalse();
    return canonical;
  }

  private static void assertEncoding(String element, String encoding) {
    Bytes bytes = Bytes.of(Packs.listpack(element));
    assertThat(hex(bytes.slice(6, bytes.length() - 7))).isEqualTo(encoding.replace(" ", ""));
    assertThat(Listpack.size(Bytes.utf8(element))).isEqualTo(bytes.length() - Listpack.OVERHEAD);
  }

  private static void assertHead(int length, String head) {
    Bytes bytes = Bytes.of(Packs.listpack("x".repeat(length)));
    String expected = head.replace(" ", "");
    assertThat(hex(bytes.slice(6, expected.length() / 2))).isEqualTo(expected);
    assertThat(read(bytes)).containsExactly(Bytes.utf8("x".repeat(length)));
  }

  private static void assertBack(int encodedSize, String back) {
    int head = encodedSize <= 64 ? 1 : encodedSize <= 4097 ? 2 : 5;
    Bytes bytes = Bytes.of(Packs.listpack("x".repeat(encodedSize - head)));
    int from = 6 + encodedSize;
    assertThat(hex(bytes.slice(from, bytes.length() - 1 - from))).isEqualTo(back.replace(" ", ""));
    assertThat(read(bytes)).hasSize(1);
  }

  /// A listpack of one element.
  private static String pack(String encoding) {
    String content = encoding.replace(" ", "");
    return HexFormat.of().toHexDigits((byte) (7 + content.length() / 2))
        + "0000000100"
        + content
        + "ff";
  }

  private static void assertMalformed(String hex) {
    assertThatThrownBy(() -> read(parse(hex)))
        .as(hex)
        .isInstanceOf(CommandException.class)
        .hasMessage("ERR Bad data format");
  }

  private static Bytes parse(String hex) {
    return Bytes.of(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  private static String hex(Bytes bytes) {
    return HexFormat.of().formatHex(bytes.toArray());
  }
}
