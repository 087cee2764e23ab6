package io.karst.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The expected sums come from `INCRBYFLOAT` of redis-server 7.0 on x86-64.
class ExtendedTest {
  @ParameterizedTest
  @CsvSource({
    "1.5, 0.1, 1.6",
    "0.1, 0.2, 0.3",
    "3.0e3, 200, 3200",
    "1e5, 0.1, 100000.10000000000000142",
    "1234567.1234567890123456789, 0, 1234567.12345678901237989",
    "1234567.1234567890123456789, 0.1, 1234567.22345678901240262",
    "123456789012345678901234567890, 0, 123456789012345678899921813504",
    "123456789012345678901234567890, 0.1, 123456789012345678899921813504",
    "-1, 1, 0",
    "0, -0.0, 0",
    "0, 0.000000000000000005, 0",
    "0, -0.000000000000000001, 0",
    "0x1.8p1, 0x10, 19",
    "-49665.2, 0.1, -49665.09999999999999787",
  })
  void addsAsRedisDoes(String first, String second, String sum) {
    assertThat(number(first).plus(number(second)).toString()).isEqualTo(sum);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "-",
        "+",
        "e1",
        "1e",
        "1e+",
        " 1",
        "1 ",
        "0x",
        "0x.",
        "nan",
        "-nan",
        "nan(1)",
        "infinit",
        "1,5",
        "1_0",
        "1f",
        "0x1p",
        "١",
        "1e4933",
        "1e99999999999999",
        "1e-5000",
        "--1",
      })
  void refusesWhatIsNoNumber(String text) {
    assertThat(Extended.parse(Bytes.utf8(text))).isNull();
  }

  @Test
  void refusesTextsThatAreTooLong() {
    assertThat(Extended.parse(Bytes.utf8("1".repeat(4000)))).isNotNull();
    assertThat(Extended.parse(Bytes.utf8("0".repeat(5121)))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.", ".5", "+1", "0e0", "00012", "0x.8", "0X1P-3", "1E+5", "1e4932"})
  void readsWhatStrtoldReads(String text) {
    assertThat(Extended.parse(Bytes.utf8(text))).isNotNull();
  }

  @Test
  void readsInfinities() {
    for (String text : new String[] {"inf", "+INF", "Infinity"}) {
      assertThat(number(text)).isEqualTo(Extended.POSITIVE_INFINITY);
    }
    assertThat(number("-inf")).isEqualTo(Extended.NEGATIVE_INFINITY);
    assertThat(number("-inf").toString()).isEqualTo("-inf");
  }

  @Test
  void overflowsToInfinityJustBeyondTheLargest() {
    assertThat(Extended.MAX.plus(number("1"))).isEqualTo(Extended.MAX);
    assertThat(Extended.MAX.plus(Extended.MAX)).isEqualTo(Extended.POSITIVE_INFINITY);
    assertThat(Extended.MIN.plus(Extended.MIN)).isEqualTo(Extended.NEGATIVE_INFINITY);
    assertThat(Extended.MAX.toString()).startsWith("11897314953572317650").hasSize(4933);
  }

  @Test
  void ordersInfinitiesAroundAllNumbers() {
    assertThat(Extended.NEGATIVE_INFINITY).isLessThan(Extended.MIN);
    assertThat(Extended.MIN).isLessThan(number("-1"));
    assertThat(number("-1")).isLessThan(Extended.ZERO);
    assertThat(number("1e-4900")).isGreaterThan(Extended.ZERO);
    assertThat(Extended.POSITIVE_INFINITY).isGreaterThan(Extended.MAX);
  }

  @Test
  void addsIntegersOf64BitsExactly() {
    long seed = Long.getLong("seed", 20_261_122L);
    System.out.println("ExtendedTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      long first = random.nextLong() >> random.nextInt(64);
      long second = random.nextLong() >> random.nextInt(64);
      // A sum of 65 bits would be rounded.
      long sum = (first >> 1) + (second >> 1);
      assertThat(number("" + (first >> 1)).plus(number("" + (second >> 1))).toString())
          .isEqualTo(Long.toString(sum));
    }
  }

  @Test
  void roundsTiesToEven() {
    // 2^64 + 1 lies between two numbers of 64 bits, so does 2^64 + 3.
    assertThat(number("18446744073709551617").toString()).isEqualTo("18446744073709551616");
    assertThat(number("18446744073709551619").toString()).isEqualTo("18446744073709551620");
    assertThat(number("18446744073709551617.00001").toString()).isEqualTo("18446744073709551618");
  }

  private static Extended number(String text) {
    Extended number = Extended.parse(Bytes.utf8(text));
    assertThat(number).as(text).isNotNull();
    return number;
  }
}
