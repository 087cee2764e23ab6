package io.karst.server.config;

import java.util.List;

/// Any text; `form` describes it to people.
record TextKind(String form) implements Kind<String> {
  @Override
  public String parse(List<String> words, String current) throws BadValueException {
    return Kind.single(words);
  }

  @Override
  public List<List<String>> lines(String value) {
    return List.of(List.of(value));
  }
}
