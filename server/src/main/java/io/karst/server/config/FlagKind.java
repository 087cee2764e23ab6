package io.karst.server.config;

import java.util.List;
import java.util.Locale;

/// `yes` or `no`; the name alone is `yes`.
record FlagKind() implements Kind<Boolean> {
  @Override
  public Boolean parse(List<String> words, Boolean current) throws BadValueException {
    if (words.isEmpty()) {
      return true;
    }
    return switch (Kind.single(words).toLowerCase(Locale.ROOT)) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw new BadValueException("argument must be 'yes' or 'no'");
    };
  }

  @Override
  public List<List<String>> lines(Boolean value) {
    return List.of(List.of(value ? "yes" : "no"));
  }

  @Override
  public String form() {
    return "`yes` or `no`";
  }
}
