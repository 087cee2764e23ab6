package io.karst.server.config;

import java.util.List;
import java.util.Locale;

/// One of some words, in lower case.
record WordKind(List<String> words) implements Kind<String> {
  WordKind(String... words) {
    this(List.of(words));
  }

  @Override
  public String parse(List<String> given, String current) throws BadValueException {
    String word = Kind.single(given).toLowerCase(Locale.ROOT);
    if (!words.contains(word)) {
      throw new BadValueException(
          "argument(s) must be one of the following: " + String.join(", ", words));
    }
    return word;
  }

  @Override
  public List<List<String>> lines(String value) {
    return List.of(List.of(value));
  }

  @Override
  public String form() {
    return "`" + String.join("`, `", words) + "`";
  }
}
