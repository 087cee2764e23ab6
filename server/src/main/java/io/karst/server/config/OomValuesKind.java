package io.karst.server.config;

import java.util.ArrayList;
import java.util.List;

/// Three scores, as Redis has them: of a server, of a replica, of a process that saves.
record OomValuesKind() implements Kind<List<Integer>> {
  private static final int COUNT = 3;
  private static final int MAX = 2000;

  @Override
  public List<Integer> parse(List<String> words, List<Integer> current) throws BadValueException {
    if (words.size() != COUNT) {
      throw new BadValueException("wrong number of arguments");
    }
    List<Integer> values = new ArrayList<>();
    for (String word : words) {
      values.add(value(word));
    }
    return List.copyOf(values);
  }

  private static int value(String word) throws BadValueException {
    try {
      int value = Integer.parseInt(word);
      if (Math.abs(value) <= MAX) {
        return value;
      }
    } catch (NumberFormatException notOne) {
      // Said below, as for one that is too large.
    }
    throw new BadValueException(
        "Invalid oom-score-adj-values, elements must be between -" + MAX + " and " + MAX + ".");
  }

  @Override
  public List<List<String>> lines(List<Integer> value) {
    return List.of(value.stream().map(String::valueOf).toList());
  }

  @Override
  public boolean severalWords() {
    return true;
  }

  @Override
  public String form() {
    return "three integers, of which the first counts";
  }
}
