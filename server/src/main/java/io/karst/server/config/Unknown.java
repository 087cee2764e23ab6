package io.karst.server.config;

import java.util.Locale;

/// What to say to somebody who wrote a name that is no directive.
final class Unknown {
  /// More edits than this, and the nearest name is not what was meant.
  private static final int EDITS_MAX = 3;

  private Unknown() {}

  static ConfigException directive(Setting setting) {
    String name = setting.name().toLowerCase(Locale.ROOT);
    if (RedisNames.contains(name)) {
      return setting.wrong(
          "'"
              + setting.name()
              + "' is a directive of Redis that this version of Karst does not"
              + " have; remove it");
    }
    String instead = Alternatives.of(name);
    if (instead != null) {
      return setting.wrong("'" + setting.name() + "' is not supported: " + instead);
    }
    String nearest = nearest(name);
    String hint = nearest.isEmpty() ? "" : "; did you mean '" + nearest + "'?";
    return setting.wrong("unknown directive '" + setting.name() + "'" + hint);
  }

  /// The name with the fewest edits from `name`; empty if none is near.
  static String nearest(String name) {
    String nearest = "";
    int fewest = Math.min(EDITS_MAX, name.length() / 2) + 1;
    for (Directive<?> directive : Directives.all()) {
      int edits = edits(name, directive.name());
      if (edits < fewest) {
        fewest = edits;
        nearest = directive.name();
      }
    }
    return nearest;
  }

  /// How many characters have to be inserted, deleted, replaced or swapped with the next to make
  /// `to` of `from`: the restricted Damerau-Levenshtein distance, by the textbook's table.
  static int edits(String from, String to) {
    int[][] table = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        table[i][j] = i == 0 || j == 0 ? i + j : cell(table, from, to, i, j);
      }
    }
    return table[from.length()][to.length()];
  }

  private static int cell(int[][] table, String from, String to, int i, int j) {
    int replace = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
    int least =
        Math.min(table[i - 1][j - 1] + replace, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(least, table[i - 2][j - 2] + 1) : least;
  }
}
