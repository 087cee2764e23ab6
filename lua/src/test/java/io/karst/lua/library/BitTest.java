package io.karst.lua.library;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The examples of LuaBitOp's page of semantics.
class BitTest {
  private final LibraryRun lua = new LibraryRun(new Bit()::into);

  @AfterEach
  void close() {
    lua.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "bit.tobit(0xffffffff) | -1",
        "bit.tobit(0xffffffff + 1) | 0",
        "bit.tobit(2^40 + 1234) | 1234",
        "bit.bnot(0) | -1",
        "bit.bor(1, 2, 4, 8) | 15",
        "bit.band(0x12345678, 0xff) | 120",
        "bit.bxor(0xa5a5f0f0, 0xaa55ff00) | 267390960",
        "bit.lshift(1, 0) | 1",
        "bit.lshift(1, 8) | 256",
        "bit.lshift(1, 40) | 256",
        "bit.rshift(256, 8) | 1",
        "bit.rshift(-256, 8) | 16777215",
        "bit.arshift(-256, 8) | -1",
        "bit.rol(0x12345678, 12) | 1164411171",
        "bit.ror(0x12345678, 12) | 1736516421",
        "bit.bswap(0x12345678) | 2018915346",
        "bit.tohex(1) | 00000001",
        "bit.tohex(-1) | ffffffff",
        "bit.tohex(-1, -8) | FFFFFFFF",
        "bit.tohex(0x21, 4) | 0021",
        "bit.tohex(0x87654321, 4) | 4321",
        "bit.tobit(1.5) | 2",
        "bit.tobit('3') | 3",
        "bit.band('x') | error: t:1: bad argument #1 to 'band' (number expected, got string)",
        "bit.band() | error: t:1: bad argument #1 to 'band' (number expected, got no value)"
      })
  void computes(String expression, String value) {
    assertThat(lua.value(expression)).isEqualTo(value);
  }
}
