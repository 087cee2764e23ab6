package io.karst.server.config;

import java.util.ArrayList;
import java.util.List;

/// Addresses of cluster ports, `host:port`, with commas or blanks between them.
record SeedsKind() implements Kind<List<String>> {
  private static final int SEEDS_MAX = 64;

  @Override
  public List<String> parse(List<String> words, List<String> current) throws BadValueException {
    List<String> seeds = new ArrayList<>();
    for (String seed : String.join(",", words).split("[,\\s]+", -1)) {
      if (!seed.isEmpty()) {
        check(seed);
        seeds.add(seed);
      }
    }
    if (seeds.size() > SEEDS_MAX) {
      throw new BadValueException("there are at most " + SEEDS_MAX + " seeds");
    }
    return List.copyOf(seeds);
  }

  private static void check(String seed) throws BadValueException {
    int colon = seed.lastIndexOf(':');
    String port = seed.substring(colon + 1);
    boolean whole = port.matches("[0-9]{1,5}");
    if (colon <= 0 || !whole || Integer.parseInt(port) == 0 || Integer.parseInt(port) > 65535) {
      throw new BadValueException("'" + seed + "' is not host:port of a member's cluster port");
    }
  }

  @Override
  public List<List<String>> lines(List<String> value) {
    return value.isEmpty() ? List.of(List.of("")) : List.of(value);
  }

  @Override
  public boolean severalWords() {
    return true;
  }

  @Override
  public String form() {
    return "`host:port,host:port,...`; `\"\"` is none";
  }
}
