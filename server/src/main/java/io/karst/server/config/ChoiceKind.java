package io.karst.server.config;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// One constant of an enum.
///
/// - `name`: how a constant is written, in lower case.
record ChoiceKind<E extends Enum<E>>(List<E> constants, Function<E, String> name)
    implements Kind<E> {
  /// Written as in the program, in lower case.
  static <E extends Enum<E>> ChoiceKind<E> of(Class<E> type) {
    return new ChoiceKind<>(
        List.of(type.getEnumConstants()), constant -> constant.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public E parse(List<String> words, E current) throws BadValueException {
    String word = Kind.single(words).toLowerCase(Locale.ROOT);
    for (E constant : constants) {
      if (name.apply(constant).equals(word)) {
        return constant;
      }
    }
    throw new BadValueException(
        "argument(s) must be one of the following: " + String.join(", ", names()));
  }

  @Override
  public List<List<String>> lines(E value) {
    return List.of(List.of(name.apply(value)));
  }

  @Override
  public String form() {
    return "`" + String.join("`, `", names()) + "`";
  }

  private List<String> names() {
    return constants.stream().map(name).toList();
  }
}
