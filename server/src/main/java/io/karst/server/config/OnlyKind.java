package io.karst.server.config;

import java.util.List;
import java.util.Locale;

/// A directive of Redis of which this version has one value: it describes what the server does, and
/// clients ask for it. Any other value is refused with `why`.
record OnlyKind(String only, String why) implements Kind<String> {
  @Override
  public String parse(List<String> words, String current) throws BadValueException {
    if (words.size() == 1 && words.getFirst().toLowerCase(Locale.ROOT).equals(only)) {
      return only;
    }
    String shown = only.isEmpty() ? "\"\"" : only;
    throw new BadValueException(why + "; the only value it takes is " + shown);
  }

  @Override
  public List<List<String>> lines(String value) {
    return List.of(List.of(value));
  }

  @Override
  public String form() {
    return only.isEmpty() ? "`\"\"` only" : "`" + only + "` only";
  }
}
