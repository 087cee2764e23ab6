package io.karst.lua.library;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StructTest {
  private static final String HEX =
      "local function hex(s) return (s:gsub('.', function(c) return string.format('%02x', "
          + "c:byte()) end)) end ";

  private final LibraryRun lua = new LibraryRun(new Struct()::into);

  @AfterEach
  void close() {
    lua.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'b', -1 | ff",
        "'B', 200 | c8",
        "'<h', 258 | 0201",
        "'>h', 258 | 0102",
        "'<i', -2 | feffffff",
        "'>i3', 66051 | 010203",
        "'<l', 1 | 0100000000000000",
        "'>L', 2^63 | 8000000000000000",
        "'>I', 4294967295 | ffffffff",
        "'>f', 1.5 | 3fc00000",
        "'>d', 0.1 | 3fb999999999999a",
        "'s', 'ab' | 616200",
        "'c3', 'abcd' | 616263",
        "'c0', 'ab' | 6162",
        "'bxb', 1, 2 | 010002",
        "'>!4bi', 1, 2 | 0100000000000002",
        "'!bh', 1, 2 | 01000200",
        "'>i16', -1 | ffffffffffffffffffffffffffffffff",
        "'> h < h', 1, 1 | 00010100",
        "'>T', 5 | 0000000000000005"
      })
  void packs(String arguments, String hex) {
    assertThat(lua.chunk(HEX + "return hex(struct.pack(" + arguments + "))")).isEqualTo(hex);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'b', '\\255' | -1 2",
        "'B', '\\255' | 255 2",
        "'>h', '\\1\\2' | 258 3",
        "'<H', '\\254\\255' | 65534 3",
        "'>i3', '\\255\\255\\254' | -2 4",
        "'s', 'ab\\0c' | ab 4",
        "'c2', 'abc' | ab 3",
        "'bc0', '\\2abc' | ab 4",
        "'>f', '\\63\\192\\0\\0' | 1.5 5",
        "'b', 'ab', 2 | 98 3",
        "'xb', 'ab' | 98 3",
        "'>L', '\\128\\0\\0\\0\\0\\0\\0\\0' | 9.2233720368548e+18 9"
      })
  void unpacks(String arguments, String values) {
    assertThat(lua.chunk("return table.concat({struct.unpack(" + arguments + ")}, ' ')"))
        .isEqualTo(values);
  }

  @Test
  void sizesCountThePadding() {
    assertThat(lua.value("struct.size('bhild')")).isEqualTo("23");
    assertThat(lua.value("struct.size('!bhild')")).isEqualTo("24");
    assertThat(lua.value("struct.size('c10')")).isEqualTo("10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "struct.pack('z', 1) | bad argument #1 to 'pack' (invalid format option 'z')",
        "struct.pack('i33', 1) | integral size 33 is larger than limit of 32",
        "struct.unpack('i', 'a') | bad argument #2 to 'unpack' (data string too short)",
        "struct.unpack('s', 'a') | unfinished string in data",
        "struct.unpack('c0', 'a') | format 'c0' needs a previous size",
        "struct.unpack('b', 'a', 0) | bad argument #3 to 'unpack' (offset must be 1 or greater)",
        "struct.pack('c3', 'a') | bad argument #3 to 'pack' (string too short)",
        "struct.size('s') | bad argument #1 to 'size' (option 's' has no fixed size)",
        "struct.pack('i99999999999', 1) | integral size overflow",
        "struct.unpack('b', 'a', 2^40) | bad argument #2 to 'unpack' (data string too short)"
      })
  void saysWhatIsWrong(String expression, String error) {
    assertThat(lua.value(expression)).isEqualTo("error: t:1: " + error);
  }
}
