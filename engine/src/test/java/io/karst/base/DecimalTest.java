package io.karst.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalTest {
  @Test
  void everyLengthIsWrittenAndReadBack() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("DecimalTest seed " + seed);
    Random random = new Random(seed);
    long power = 1;
    for (int digits = 1; digits <= 19; digits++) {
      for (long value : new long[] {power - 1, power, power + 1, -power, 1 - power, ~power}) {
        assertRoundTrip(value);
      }
      power *= 10;
    }
    for (int i = 0; i < 10_000; i++) {
      assertRoundTrip(random.nextLong() >> random.nextInt(64));
    }
    assertRoundTrip(Long.MAX_VALUE);
    assertRoundTrip(Long.MIN_VALUE);
    assertRoundTrip(Long.MIN_VALUE + 1);
  }

  @Test
  void whatRedisWouldNotWriteIsNoInteger() {
    for (String text :
        new String[] {
          "",
          "-",
          "+1",
          "01",
          "-0",
          "-01",
          "1 ",
          " 1",
          "1.0",
          "0x1",
          "9223372036854775808",
          "-9223372036854775809",
          "99999999999999999999",
          "18446744073709551616",
          "1\0"
        }) {
      assertThat(Decimal.isInt64(Bytes.utf8(text))).as(text).isFalse();
      assertThatThrownBy(() -> Decimal.parse(Bytes.utf8(text)))
          .hasMessage("ERR value is not an integer or out of range");
    }
  }

  private static void assertRoundTrip(long value) {
    Bytes text = Decimal.of(value);
    assertThat(text.utf8()).isEqualTo(Long.toString(value));
    assertThat(Decimal.length(value)).isEqualTo(text.length());
    assertThat(Decimal.parse(text)).isEqualTo(value);
  }
}
