package io.karst.server.config;

import java.util.List;

/// A directive of Redis that means nothing here: any of Redis's values is taken and kept, so that a
/// file of Redis starts this server, and whoever sets another than the default is told `why`.
record InertKind<T>(Kind<T> kind, String why) implements Kind<T> {
  @Override
  public T parse(List<String> words, T current) throws BadValueException {
    return kind.parse(words, current);
  }

  @Override
  public T replace(List<String> words, T current) throws BadValueException {
    return kind.replace(words, current);
  }

  @Override
  public List<List<String>> lines(T value) {
    return kind.lines(value);
  }

  @Override
  public String form() {
    return kind.form();
  }

  @Override
  public String text(T value) {
    return kind.text(value);
  }

  @Override
  public String defaultText(T value) {
    return kind.defaultText(value);
  }

  @Override
  public boolean severalWords() {
    return kind.severalWords();
  }
}
