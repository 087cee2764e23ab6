package io.karst.commands.generic;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import java.util.Comparator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An element that is sorted, with its weight: a number, or a string, which may be missing.
record SortItem(Bytes element, double number, @Nullable Bytes text) {
  /// By number; where they are equal, by the elements, so that the order is always the same.
  static final Comparator<SortItem> BY_NUMBER =
      Comparator.comparingDouble(SortItem::number).thenComparing(SortItem::element);

  /// By string; those without one first.
  static final Comparator<SortItem> BY_TEXT =
      Comparator.comparing(SortItem::text, Comparator.nullsFirst(Comparator.naturalOrder()));

  /// The longest word that is looked at.
  private static final int WORD_MAX = 1000;

  /// What C's `strtod` reads to the end, but for hexadecimal digits.
  private static final Pattern DECIMAL =
      Pattern.compile("[ \\t\\n\\x0B\\f\\r]*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private static final Pattern HEXADECIMAL =
      Pattern.compile(
          "\\s*[+-]?0[xX]([\\da-fA-F]+\\.?[\\da-fA-F]*|\\.[\\da-fA-F]+)([pP][+-]?\\d+)?");

  private static final Pattern INFINITE =
      Pattern.compile("\\s*[+-]?inf(inity)?", Pattern.CASE_INSENSITIVE);

  /// An element with a number for its weight; without one it counts as 0.
  static SortItem numbered(Bytes element, @Nullable Bytes weight) {
    double number = weight == null ? 0 : parse(weight);
    return new SortItem(element, number == 0 ? 0 : number, null); // -0 is no less than 0.
  }

  /// An element with a string for its weight.
  static SortItem lettered(Bytes element, @Nullable Bytes weight) {
    return new SortItem(element, 0, weight);
  }

  private static double parse(Bytes text) {
    if (Decimal.isInt64(text)) {
      return Decimal.parse(text);
    }
    if (text.length() > WORD_MAX) {
      throw notANumber();
    }
    String word = text.utf8();
    int end = word.indexOf('\0'); // Where it ends for C.
    word = end < 0 ? word : word.substring(0, end);
    if (word.isEmpty()) {
      return 0;
    }
    if (INFINITE.matcher(word).matches()) {
      return word.contains("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    boolean hexadecimal = HEXADECIMAL.matcher(word).matches();
    if (!hexadecimal && !DECIMAL.matcher(word).matches()) {
      throw notANumber();
    }
    boolean exponent = word.indexOf('p') >= 0 || word.indexOf('P') >= 0;
    double value = Double.parseDouble(hexadecimal && !exponent ? word + "p0" : word);
    if (Double.isInfinite(value)) {
      throw notANumber();
    }
    return value;
  }

  private static CommandException notANumber() {
    return CommandException.err("One or more scores can't be converted into double");
  }
}
