package io.karst.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Versions of TLS, in any order and case; kept in ascending order, none for all.
record TlsProtocolsKind() implements Kind<List<String>> {
  private static final List<String> KNOWN = List.of("TLSv1.2", "TLSv1.3");
  private static final List<String> OLD = List.of("tlsv1", "tlsv1.1");

  @Override
  public List<String> parse(List<String> words, List<String> current) throws BadValueException {
    List<String> asked = new ArrayList<>();
    for (String word : words) {
      for (String name : word.toLowerCase(Locale.ROOT).strip().split("\\s+", -1)) {
        asked.add(name);
      }
    }
    asked.remove("");
    for (String name : asked) {
      if (OLD.contains(name)) {
        throw new BadValueException(name + " is not safe any more, and not there");
      }
      if (KNOWN.stream().noneMatch(name::equalsIgnoreCase)) {
        throw new BadValueException(
            "Invalid tls-protocols specified. Use a combination of 'TLSv1.2' and 'TLSv1.3'.");
      }
    }
    return KNOWN.stream().filter(name -> asked.contains(name.toLowerCase(Locale.ROOT))).toList();
  }

  @Override
  public List<List<String>> lines(List<String> value) {
    return List.of(List.of(String.join(" ", value)));
  }

  @Override
  public String form() {
    return "`TLSv1.2`, `TLSv1.3` or both";
  }

  @Override
  public boolean severalWords() {
    return true;
  }
}
