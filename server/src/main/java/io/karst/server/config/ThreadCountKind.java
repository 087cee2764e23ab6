package io.karst.server.config;

import java.util.List;

/// A number of threads, by default one a processor but for one.
record ThreadCountKind() implements Kind<Integer> {
  private static final WholeKind NUMBER = new WholeKind(1, 1024);

  @Override
  public Integer parse(List<String> words, Integer current) throws BadValueException {
    return NUMBER.parse(words, current);
  }

  @Override
  public List<List<String>> lines(Integer value) {
    return NUMBER.lines(value);
  }

  @Override
  public String form() {
    return NUMBER.form();
  }

  @Override
  public String defaultText(Integer value) {
    return "one less than processors, at least 1";
  }
}
