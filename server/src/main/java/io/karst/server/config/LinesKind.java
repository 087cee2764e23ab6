package io.karst.server.config;

import java.util.ArrayList;
import java.util.List;

/// Lines of `min` to `max` words that add up, in the order of the file; `form` describes one to
/// people.
record LinesKind(int min, int max, String form) implements Kind<List<List<String>>> {
  @Override
  public List<List<String>> parse(List<String> words, List<List<String>> current)
      throws BadValueException {
    if (words.size() < min || words.size() > max) {
      throw new BadValueException("wrong number of arguments");
    }
    List<List<String>> longer = new ArrayList<>(current);
    longer.add(List.copyOf(words));
    return List.copyOf(longer);
  }

  @Override
  public List<List<String>> replace(List<String> words, List<List<String>> current)
      throws BadValueException {
    return words.isEmpty() || words.equals(List.of("")) ? List.of() : parse(words, List.of());
  }

  @Override
  public List<List<String>> lines(List<List<String>> value) {
    return value;
  }

  @Override
  public boolean severalWords() {
    return true;
  }
}
