package io.karst.lua.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Against RFC 8259 and the manual of lua-cjson.
class JsonTest {
  private static final long SEED = Long.getLong("seed", 20_261_127);

  private final LibraryRun lua = new LibraryRun(new Json()::into);

  @AfterEach
  void close() {
    lua.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nil | null",
        "true | true",
        "cjson.null | null",
        "'a' | \"a\"",
        "1 | 1",
        "-0.5 | -0.5",
        "1e20 | 1e+20",
        "0.1 | 0.1",
        "1/3 | 0.33333333333333",
        "123456789012345678 | 1.2345678901235e+17",
        "2^53 | 9.007199254741e+15",
        "1e-5 | 1e-05",
        "100000000000000 | 1e+14",
        "99999999999999 | 99999999999999",
        "{} | {}",
        "{1, {2}} | [1,[2]]",
        "{a = {b = 1}} | {\"a\":{\"b\":1}}",
        "{1, 2, nil, 4} | [1,2,null,4]",
        "{[1.5] = 2} | {\"1.5\":2}",
        "'\\8\\9\\10\\12\\13' | \"\\b\\t\\n\\f\\r\"",
        "'\\0\\31\\127' | \"\\u0000\\u001f\\u007f\"",
        "'/\"\\\\' | \"\\/\\\"\\\\\"",
        "{[3] = 1} | [null,null,1]",
        "setmetatable({}, cjson.array_mt) | []"
      })
  void encodes(String value, String json) {
    assertThat(lua.value("cjson.encode(" + value + ")")).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "cjson.encode() | bad argument #1 to 'encode' (expected 1 argument)",
        "cjson.encode(print) | Cannot serialise function: type not supported",
        "cjson.encode({[true] = 1}) | Cannot serialise boolean: table key must be a number or "
            + "string",
        "cjson.encode({[100] = 1}) | Cannot serialise table: excessively sparse array",
        "cjson.encode(1 / 0) | Cannot serialise number: must not be NaN or Inf",
        "cjson.decode('') | Expected value but found T_END at character 1",
        "cjson.decode('[1') | Expected comma or array end but found T_END at character 3",
        "cjson.decode('[1,]') | Expected value but found T_ARR_END at character 4",
        "cjson.decode('{\"a\" 1}') | Expected colon but found T_NUMBER at character 6",
        "cjson.decode('{1:2}') | Expected object key string but found T_NUMBER at character 2",
        "cjson.decode('{\"a\":1') | Expected comma or object end but found T_END at character 7",
        "cjson.decode('nul') | Expected value but found invalid token at character 1",
        "cjson.decode('1 2') | Expected the end but found T_NUMBER at character 3",
        "cjson.decode('\"\\\\x\"') | Expected value but found invalid escape code at character 2",
        "cjson.decode('\"\\\\ud800\"') | Expected value but found invalid escape code at "
            + "character 2",
        "cjson.decode('\"a') | Expected value but found unexpected end of string at character 3",
        "cjson.encode_number_precision(18) | bad argument #1 to 'encode_number_precision' "
            + "(expected integer between 1 and 17)"
      })
  void saysWhatIsWrong(String expression, String error) {
    assertThat(lua.value(expression)).isEqualTo("error: t:1: " + error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "cjson.decode(' [ 1 , 2.5 ] ')[2] | 2.5",
        "cjson.decode('null') == cjson.null | true",
        "cjson.decode('{\"a\":{\"b\":[true]}}').a.b[1] | true",
        "cjson.decode('-1.5e3') | -1500",
        "cjson.decode('\"\\\\u0041\\\\u00e9\\\\u20ac\"') == 'A\\195\\169\\226\\130\\172' | true",
        "cjson.decode('\"\\\\ud83d\\\\ude00\"') == '\\240\\159\\152\\128' | true",
        "#cjson.decode('\"\\\\u0000\"') | 1",
        "#cjson.decode('[]') | 0",
        "cjson.decode('[null,1]')[1] == cjson.null | true",
        "cjson.decode('0x1F') | 31",
        "cjson.decode('Infinity') | inf",
        "cjson.decode('\"\\\\/\\\\b\"') == '/\\8' | true"
      })
  void decodes(String expression, String value) {
    assertThat(lua.value(expression)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"01", "+1", "NaN", "inf", "0x10", "1.", ".5"})
  void strictlyThereAreOnlyJsonsNumbers(String number) {
    assertThat(
            lua.chunk("cjson.decode_invalid_numbers(false) return cjson.decode('" + number + "')"))
        .startsWith("error: ");
  }

  @Test
  void settingsAreSetAndTold() {
    assertThat(lua.chunk("cjson.encode_sparse_array(true) return cjson.encode({[100] = 1})"))
        .isEqualTo("{\"100\":1}");
    assertThat(
            lua.chunk("local a, b, c = cjson.encode_sparse_array() return tostring(a) .. b .. c"))
        .isEqualTo("true210");
    assertThat(lua.chunk("cjson.encode_invalid_numbers('null') return cjson.encode({0/0, 1/0})"))
        .isEqualTo("[null,null]");
    assertThat(lua.chunk("cjson.encode_invalid_numbers(true) return cjson.encode({1/0, -1/0})"))
        .isEqualTo("[inf,-inf]");
    assertThat(lua.chunk("cjson.encode_number_precision(3) return cjson.encode(1/3)"))
        .isEqualTo("0.333");
    assertThat(lua.value("cjson.encode_keep_buffer(false)")).isEqualTo("false");
    assertThat(
            lua.chunk(
                "cjson.decode_array_with_array_mt(true) return cjson.encode(cjson.decode('[]'))"))
        .isEqualTo("[]");
  }

  @Test
  void depthIsBounded() {
    assertThat(lua.chunk("cjson.encode_max_depth(2) return cjson.encode({{{}}})"))
        .isEqualTo("error: t:1: Cannot serialise, excessive depth (3)");
    assertThat(lua.chunk("cjson.decode_max_depth(2) return cjson.decode('[[[]]]')"))
        .isEqualTo("error: t:1: Found too many nested data structures (3) at character 3");
  }

  @Test
  void whatIsEncodedIsDecodedAgain() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    for (int i = 0; i < 300; i++) {
      String value = RandomValues.literal(random, 3);
      String chunk =
          RandomValues.EQUAL
              + "local v = "
              + value
              + " return tostring(equal(v, cjson.decode(cjson.encode(v))))";
      assertThat(lua.chunk("cjson.encode_number_precision(17) " + chunk))
          .as(value)
          .isEqualTo("true");
    }
  }

  @Test
  void noTextBreaksTheReader() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    String alphabet = "[]{}:,\"\\u00eEtrnfals-+.0123 \u0000\u00ff";
    for (int i = 0; i < 5000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(12); j >= 0; j--) {
        text.append("\\")
            .append(
                String.format("%03d", (int) alphabet.charAt(random.nextInt(alphabet.length()))));
      }
      String result =
          lua.chunk(
              "local ok, e = pcall(cjson.decode, '" + text + "') return ok and 'fine' or type(e)");
      assertThat(result).as(text.toString()).isIn("fine", "string");
    }
  }
}
