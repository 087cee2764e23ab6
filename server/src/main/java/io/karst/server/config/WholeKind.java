package io.karst.server.config;

import java.util.List;

/// An integer between two bounds, both included.
record WholeKind(int min, int max) implements Kind<Integer> {
  @Override
  public Integer parse(List<String> words, Integer current) throws BadValueException {
    long value;
    try {
      value = Long.parseLong(Kind.single(words));
    } catch (NumberFormatException notOne) {
      throw new BadValueException("argument couldn't be parsed into an integer");
    }
    if (value < min || value > max) {
      throw new BadValueException("argument must be between " + min + " and " + max + " inclusive");
    }
    return (int) value;
  }

  @Override
  public List<List<String>> lines(Integer value) {
    return List.of(List.of(value.toString()));
  }

  @Override
  public String form() {
    if (min == Integer.MIN_VALUE && max == Integer.MAX_VALUE) {
      return "an integer";
    }
    return max == Integer.MAX_VALUE
        ? "an integer, " + min + " or more"
        : "an integer from " + min + " to " + max;
  }
}
