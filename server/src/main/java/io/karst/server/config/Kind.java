package io.karst.server.config;

import java.util.List;

/// What values a directive takes, and how they are written.
///
/// Immutable; `T` is immutable too.
interface Kind<T> {
  /// The value that `words` stand for.
  ///
  /// - `current`: the value so far, for kinds of which a line sets a part only.
  T parse(List<String> words, T current) throws BadValueException;

  /// As [#parse], for `CONFIG SET`, which states the whole of a kind whose lines add up.
  default T replace(List<String> words, T current) throws BadValueException {
    return parse(words, current);
  }

  /// The words of each line that states `value` in a file; one line, unless a kind says more.
  List<List<String>> lines(T value);

  /// For the documentation: what may be written, as in "an integer from 0 to 65535".
  String form();

  /// What `CONFIG GET` answers.
  default String text(T value) {
    return String.join(" ", lines(value).stream().flatMap(List::stream).toList());
  }

  /// For the documentation: a default value.
  default String defaultText(T value) {
    String text = text(value);
    return text.isEmpty() ? "\"\"" : text;
  }

  /// Whether a value is several words, which `CONFIG SET` gets as one argument.
  default boolean severalWords() {
    return false;
  }

  /// The only word of `words`.
  static String single(List<String> words) throws BadValueException {
    if (words.size() != 1) {
      throw new BadValueException("wrong number of arguments");
    }
    return words.getFirst();
  }
}
