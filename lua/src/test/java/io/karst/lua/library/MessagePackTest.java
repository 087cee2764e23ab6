package io.karst.lua.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against the formats of the MessagePack specification.
class MessagePackTest {
  private static final long SEED = Long.getLong("seed", 20_261_127);
  private static final String HEX =
      "local function hex(s) return (s:gsub('.', function(c) return string.format('%02x', "
          + "c:byte()) end)) end"
          + " local function bytes(h) return (h:gsub('..', function(x) return "
          + "string.char(tonumber(x, 16)) end)) end ";

  private final LibraryRun lua = new LibraryRun(new MessagePack()::into);

  @AfterEach
  void close() {
    lua.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nil | c0",
        "false | c2",
        "true | c3",
        "0 | 00",
        "127 | 7f",
        "128 | cc80",
        "255 | ccff",
        "256 | cd0100",
        "65535 | cdffff",
        "65536 | ce00010000",
        "4294967295 | ceffffffff",
        "4294967296 | cf0000000100000000",
        "-1 | ff",
        "-32 | e0",
        "-33 | d0df",
        "-128 | d080",
        "-129 | d1ff7f",
        "-32768 | d18000",
        "-32769 | d2ffff7fff",
        "-2147483648 | d280000000",
        "-2147483649 | d3ffffffff7fffffff",
        "1.5 | ca3fc00000",
        "0.1 | cb3fb999999999999a",
        "'' | a0",
        "'a' | a161",
        "{} | 90",
        "{1, 2} | 920102",
        "{a = 1} | 81a16101",
        "{[1] = 1, [3] = 1} | 8201010301",
        "print | c0"
      })
  void packs(String value, String hex) {
    assertThat(lua.chunk(HEX + "return hex(cmsgpack.pack(" + value + "))")).isEqualTo(hex);
  }

  @ParameterizedTest
  @CsvSource({"31,bf", "32,d920", "255,d9ff", "256,da0100", "65535,daffff", "65536,db00010000"})
  void stringsHaveTheShortestHead(int length, String head) {
    assertThat(
            lua.chunk(
                HEX
                    + "return hex(cmsgpack.pack(('x'):rep("
                    + length
                    + ")):sub(1, "
                    + head.length() / 2
                    + "))"))
        .isEqualTo(head);
  }

  @ParameterizedTest
  @CsvSource({"15,9f", "16,dc0010", "65535,dcffff", "65536,dd00010000"})
  void arraysHaveTheShortestHead(int count, String head) {
    assertThat(
            lua.chunk(
                HEX
                    + "local t = {} for i = 1, "
                    + count
                    + " do t[i] = 1 end return hex(cmsgpack.pack(t):sub(1, "
                    + head.length() / 2
                    + "))"))
        .isEqualTo(head);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c403616263 | abc", "c50003616263 | abc", "c600000003616263 | abc", "d903616263 | abc",
            "cfffffffffffffffff | 1.844674407371e+19",
        "d3ffffffffffffffff | -1", "ca3fc00000 | 1.5", "cb3fb999999999999a | 0.1", "d08f | -113",
            "c0 | nil"
      })
  void unpacks(String hex, String value) {
    assertThat(lua.chunk(HEX + "return tostring(cmsgpack.unpack(bytes('" + hex + "')))"))
        .isEqualTo(value);
  }

  @Test
  void severalValuesInOneString() {
    assertThat(
            lua.chunk(
                "local a, b, c = cmsgpack.unpack(cmsgpack.pack(1, 'x', true)) return a .. b .. "
                    + "tostring(c)"))
        .isEqualTo("1xtrue");
    assertThat(
            lua.chunk(
                "local s = cmsgpack.pack(1, 2, 3) local o, v = cmsgpack.unpack_one(s) local p, w "
                    + "= cmsgpack.unpack_one(s, o)"
                    + " local q, x = cmsgpack.unpack_one(s, p) return table.concat({o, v, p, w, "
                    + "q, x}, ' ')"))
        .isEqualTo("1 1 2 2 -1 3");
    assertThat(
            lua.chunk(
                "return table.concat({cmsgpack.unpack_limit(cmsgpack.pack(1, 2, 3), 2)}, ' ')"))
        .isEqualTo("2 1 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "cmsgpack.pack() | bad argument #0 to 'pack' (MessagePack pack needs input.)",
        "cmsgpack.unpack('\\220') | Missing bytes in input.",
        "cmsgpack.unpack('\\193') | Bad data format in input.",
        "cmsgpack.unpack('\\221\\255\\255\\255\\255') | Missing bytes in input.",
        "cmsgpack.unpack('\\129\\192\\192') | Bad data format in input.",
        "cmsgpack.unpack_one('a', -1) | Invalid request to unpack with offset of -1 and limit of "
            + "1.",
        "cmsgpack.unpack_one('a', 9) | Start offset 9 greater than input length 1."
      })
  void saysWhatIsWrong(String expression, String error) {
    assertThat(lua.value(expression)).isEqualTo("error: t:1: " + error);
  }

  @Test
  void tablesTooDeepAreNil() {
    assertThat(
            lua.chunk(
                HEX + "local t = {} for i = 1, 20 do t = {t} end return hex(cmsgpack.pack(t))"))
        .isEqualTo("91".repeat(16) + "c0");
  }

  @Test
  void whatIsPackedIsUnpackedAgain() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    for (int i = 0; i < 300; i++) {
      String value = RandomValues.literal(random, 3);
      assertThat(
              lua.chunk(
                  RandomValues.EQUAL
                      + "local v = "
                      + value
                      + " return tostring(equal(v, (cmsgpack.unpack(cmsgpack.pack(v)))))"))
          .as(value)
          .isEqualTo("true");
    }
  }

  @Test
  void noBytesBreakTheReader() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    for (int i = 0; i < 5000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(12); j >= 0; j--) {
        text.append("\\").append(String.format("%03d", random.nextInt(256)));
      }
      assertThat(
              lua.chunk(
                  "local ok, e = pcall(cmsgpack.unpack, '"
                      + text
                      + "') return ok and 'fine' or type(e)"))
          .as(text.toString())
          .isIn("fine", "string");
    }
  }
}
