package io.karst.server.config;

import java.util.List;
import java.util.Locale;

/// One constant of an enum, written in lower case.
record ChoiceKind<E extends Enum<E>>(List<E> constants) implements Kind<E> {
  static <E extends Enum<E>> ChoiceKind<E> of(Class<E> type) {
    return new ChoiceKind<>(List.of(type.getEnumConstants()));
  }

  @Override
  public E parse(List<String> words, E current) throws BadValueException {
    String word = Kind.single(words).toLowerCase(Locale.ROOT);
    for (E constant : constants) {
      if (name(constant).equals(word)) {
        return constant;
      }
    }
    throw new BadValueException(
        "argument(s) must be one of the following: " + String.join(", ", names()));
  }

  @Override
  public List<List<String>> lines(E value) {
    return List.of(List.of(name(value)));
  }

  @Override
  public String form() {
    return "`" + String.join("`, `", names()) + "`";
  }

  private List<String> names() {
    return constants.stream().map(ChoiceKind::name).toList();
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
