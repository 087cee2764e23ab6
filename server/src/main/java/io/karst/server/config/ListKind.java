package io.karst.server.config;

import java.util.List;

/// One to `max` words on a line; `form` describes them to people.
record ListKind(int max, String form) implements Kind<List<String>> {
  @Override
  public List<String> parse(List<String> words, List<String> current) throws BadValueException {
    if (words.isEmpty() || words.size() > max || words.contains("")) {
      throw new BadValueException("argument must be a list of 1 to " + max + " words");
    }
    return List.copyOf(words);
  }

  @Override
  public List<List<String>> lines(List<String> value) {
    return List.of(value);
  }

  @Override
  public boolean severalWords() {
    return true;
  }
}
