package io.karst.server.config;

import java.util.List;
import java.util.Locale;

/// A number of bytes between two bounds, both included, written with or without a unit: `k`, `m`
/// and `g` are powers of 1000, `kb`, `mb` and `gb` powers of 1024.
record SizeKind(long min, long max) implements Kind<Long> {
  @Override
  public Long parse(List<String> words, Long current) throws BadValueException {
    long value = bytes(Kind.single(words));
    if (value < min || value > max) {
      throw new BadValueException("argument must be between " + min + " and " + max + " inclusive");
    }
    return value;
  }

  @Override
  public List<List<String>> lines(Long value) {
    return List.of(List.of(shortest(value)));
  }

  @Override
  public String text(Long value) {
    return value.toString();
  }

  @Override
  public String defaultText(Long value) {
    return shortest(value);
  }

  @Override
  public String form() {
    String from = "a number of bytes from " + shortest(min);
    return max == Long.MAX_VALUE ? from + " on" : from + " to " + shortest(max);
  }

  /// The bytes that `text` stands for.
  static long bytes(String text) throws BadValueException {
    int digits = 0;
    while (digits < text.length() && Character.digit(text.charAt(digits), 10) >= 0) {
      digits++;
    }
    try {
      long number = Long.parseLong(text.substring(0, digits));
      return Math.multiplyExact(number, unit(text.substring(digits)));
    } catch (NumberFormatException | ArithmeticException notOne) {
      throw new BadValueException("argument must be a memory value");
    }
  }

  /// `bytes` in the largest unit that leaves no fraction, as `64mb`.
  static String shortest(long bytes) {
    String[] units = {"", "kb", "mb", "gb"};
    long number = bytes;
    int unit = 0;
    while (unit < units.length - 1 && number != 0 && number % 1024 == 0) {
      number /= 1024;
      unit++;
    }
    return number + units[unit];
  }

  private static long unit(String name) throws BadValueException {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "", "b" -> 1;
      case "k" -> 1000;
      case "kb" -> 1 << 10;
      case "m" -> 1000 * 1000;
      case "mb" -> 1 << 20;
      case "g" -> 1000 * 1000 * 1000;
      case "gb" -> 1 << 30;
      default -> throw new BadValueException("argument must be a memory value");
    };
  }
}
