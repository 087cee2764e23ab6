package io.karst.bench;

import io.karst.bench.harness.HarnessException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;

/// The words behind an option. Each method throws [HarnessException] that says which is wrong.
final class OptionWords {
  private OptionWords() {}

  /// The word behind the option `name`.
  static String value(String name, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new HarnessException(name + " needs a value");
    }
    return rest.next();
  }

  /// Of a list with commas, in lower case.
  static Stream<String> list(String list) {
    return Arrays.stream(list.toLowerCase(Locale.ROOT).split(",", -1)).map(String::strip);
  }

  /// A number above 0.
  static int count(String name, String word) {
    try {
      int count = Integer.parseInt(word);
      if (count > 0) {
        return count;
      }
    } catch (NumberFormatException e) {
      throw new HarnessException(name + ": not a number: " + word);
    }
    throw new HarnessException(name + ": must be above 0: " + word);
  }

  static HarnessException unknown(String name) {
    return new HarnessException("unknown option " + name + "; ./karst bench --help lists them");
  }
}
