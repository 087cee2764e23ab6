package io.karst.server.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// Percentages on one line; none at all are fine, too.
public record PercentilesKind() implements Kind<List<Double>> {
  private static final int COUNT_MAX = 32;

  @Override
  public List<Double> parse(List<String> words, List<Double> current) throws BadValueException {
    if (words.size() > COUNT_MAX) {
      throw new BadValueException("argument must be at most " + COUNT_MAX + " percentages");
    }
    List<Double> values = new ArrayList<>();
    for (String word : words) {
      if (!word.isEmpty()) {
        values.add(percentage(word));
      }
    }
    return List.copyOf(values);
  }

  private static double percentage(String word) throws BadValueException {
    double value;
    try {
      value = Double.parseDouble(word);
    } catch (NumberFormatException notOne) {
      throw new BadValueException("argument couldn't be parsed into a number");
    }
    if (!(value >= 0 && value <= 100)) {
      throw new BadValueException("argument must be between 0 and 100 inclusive");
    }
    return value;
  }

  @Override
  public List<List<String>> lines(List<Double> value) {
    return List.of(
        value.isEmpty() ? List.of("") : value.stream().map(PercentilesKind::text).toList());
  }

  /// A percentage without needless digits, as `99.9`.
  public static String text(double percentage) {
    return BigDecimal.valueOf(percentage).stripTrailingZeros().toPlainString();
  }

  @Override
  public boolean severalWords() {
    return true;
  }

  @Override
  public String form() {
    return "percentages from 0 to 100";
  }
}
