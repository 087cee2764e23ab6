package io.karst.server.differential;

import java.util.List;
import java.util.Locale;

/// Where the two may differ: what `transcripts/differences.txt` holds, for random requests.
final class Difference {
  /// How errors begin that quote what they are about.
  private static final List<String> QUOTING =
      List.of("-ERR unknown command '", "-ERR unknown subcommand '", "-ERR Unsupported option ");

  private Difference() {}

  /// - `recorded`: the request, and Redis's reply.
  /// - `actual`: Karst's reply.
  static boolean isKnown(Step recorded, String actual) {
    return isQuoted(recorded, actual) || isKnownOfCommand(recorded, actual);
  }

  /// What is quoted is shown to its end, in UTF-8, and with a space for each line end.
  private static boolean isQuoted(Step recorded, String actual) {
    return recorded.line().contains("\\")
        && QUOTING.stream().anyMatch(q -> recorded.reply().startsWith(q) && actual.startsWith(q));
  }

  /// Whether a payload is that of a set or a hash, in the form of a table.
  private static boolean isOfTable(String reply) {
    int begin = reply.indexOf('\n') + 1;
    return begin < reply.length() && (reply.charAt(begin) == 2 || reply.charAt(begin) == 4);
  }

  private static boolean isKnownOfCommand(Step recorded, String actual) {
    String expected = recorded.reply();
    List<String> words = Words.split(recorded.line());
    return switch (words.getFirst().toUpperCase(Locale.ROOT)) {
      // A number is one, and a string short, however it was written.
      case "OBJECT" ->
          (expected.contains("embstr") && actual.contains("int"))
              // A small set is packed, as in Redis 7.2.
              || (expected.contains("hashtable") && actual.contains("listpack"))
              || (expected.contains("raw") && !actual.contains("raw"));
      // What a hash table has, and so what is dumped of one, has another order here.
      case "DUMP" -> isOfTable(expected) && isOfTable(actual);
      // Without the count, which has been lost, it is one at random.
      case "HRANDFIELD", "SRANDMEMBER" -> expected.startsWith("$") && actual.startsWith("$");
      // Arguments are looked at even if there is no key, or one of another type.
      case "BITCOUNT", "BITPOS" ->
          (expected.startsWith(":") || expected.startsWith("-WRONGTYPE"))
              && actual.startsWith("-ERR");
      default -> false;
    };
  }
}
