package io.karst.server.differential;

import java.util.ArrayList;
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

  /// Whether a payload is that of a set, a hash or a sorted set, in the form of a table.
  private static boolean isOfTable(String reply) {
    int begin = reply.indexOf('\n') + 1;
    return begin < reply.length() && "\2\4\5".indexOf(reply.charAt(begin)) >= 0;
  }

  /// A small sorted set that is copied is packed, even if it has been large.
  private static boolean isPackedSortedSet(String reply) {
    return reply.charAt(reply.indexOf('\n') + 1) == 17;
  }

  /// The strings of a reply, each up to its first zero.
  private static List<String> beforeZeros(String reply) {
    List<String> strings = new ArrayList<>();
    for (int at = reply.indexOf("\r\n$"); at >= 0; at = reply.indexOf("\r\n$", at)) {
      int begin = reply.indexOf("\r\n", at + 3) + 2;
      int end = begin + Math.max(0, Integer.parseInt(reply.substring(at + 3, begin - 2)));
      String string = reply.substring(begin, end);
      int zero = string.indexOf('\0');
      strings.add(zero < 0 ? string : string.substring(0, zero));
      at = end;
    }
    return strings;
  }

  private static boolean isKnownOfCommand(Step recorded, String actual) {
    String expected = recorded.reply();
    List<String> words = Words.split(recorded.line());
    return switch (words.getFirst().toUpperCase(Locale.ROOT)) {
      // A number is one, and a string short, however it was written.
      case "OBJECT" ->
          (expected.contains("embstr") && actual.contains("int"))
              || (expected.contains("raw") && !actual.contains("raw"))
              // Small lists and sets are packed, as in Redis 7.2 and later.
              || (expected.contains("quicklist") && actual.contains("listpack"))
              || (expected.contains("hashtable") && actual.contains("listpack"))
              || (expected.contains("skiplist") && actual.contains("listpack"));
      // What a hash table has, and so what is dumped of one, has another order here.
      case "DUMP" -> isOfTable(expected) && (isOfTable(actual) || isPackedSortedSet(actual));
      // Redis compares what is before a zero, and has elements equal to that in any order; they
      // are compared to their ends here, as Redis does for STORE.
      case "SORT", "SORT_RO" ->
          words.stream().anyMatch("GET"::equalsIgnoreCase)
              ? expected.indexOf('\0') >= 0 || actual.indexOf('\0') >= 0
              : beforeZeros(expected).equals(beforeZeros(actual));
      // Without the count, which has been lost, it is one at random.
      case "HRANDFIELD", "SRANDMEMBER" -> expected.startsWith("$") && actual.startsWith("$");
      // Of members whose scores differ it means nothing.
      case "ZLEXCOUNT" -> expected.startsWith(":") && actual.startsWith(":");
      // A rank may be answered with the score.
      case "ZRANK", "ZREVRANK" -> expected.startsWith("-ERR wrong number of arguments");
      // Arguments are looked at even if there is no key, or one of another type.
      case "BITCOUNT", "BITPOS" ->
          (expected.startsWith(":") || expected.startsWith("-WRONGTYPE"))
              && actual.startsWith("-ERR");
      default -> false;
    };
  }
}
