package io.karst.commands.syntax;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What the words of syntax lines mean: which are tokens, which name keys, which type a name has,
/// and what to call a group that has no name of its own.
final class Vocabulary {
  private static final Set<String> KEYS =
      Set.of("key", "key1", "key2", "newkey", "destkey", "source", "sourcekey", "destination");
  private static final Set<String> PATTERNS = Set.of("pattern", "channel-pattern");
  private static final Set<String> DOUBLES =
      Set.of(
          "timeout",
          "longitude",
          "latitude",
          "radius",
          "width",
          "height",
          "weight",
          "score",
          "float",
          "lower-bound",
          "upper-bound");
  private static final Set<String> INTEGERS =
      Set.of(
          "bit",
          "client-id",
          "count",
          "cursor",
          "db",
          "decrement",
          "destination-db",
          "end",
          "entries-read",
          "epoch",
          "exactly",
          "frequency",
          "increment",
          "index",
          "iterations",
          "len",
          "limit",
          "maxlen",
          "milliseconds",
          "min-idle-time",
          "min-match-len",
          "ms",
          "num-matches",
          "numfields",
          "numids",
          "numkeys",
          "numlocal",
          "numreplicas",
          "offset",
          "port",
          "position",
          "protover",
          "rank",
          "seconds",
          "slot",
          "start",
          "stop",
          "ttl",
          "version");

  /// Names of choices whose members say less than a word for all of them, by one of the members.
  private static final Map<String, String> CHOICES =
      Map.ofEntries(
          Map.entry("NX", "condition"),
          Map.entry("FNX", "condition"),
          Map.entry("GT", "comparison"),
          Map.entry("EX", "expiration"),
          Map.entry("ASC", "order"),
          Map.entry("LEFT", "where"),
          Map.entry("BEFORE", "where"),
          Map.entry("MIN", "where"),
          Map.entry("BYTE", "unit"),
          Map.entry("KM", "unit"),
          Map.entry("ASYNC", "flush-type"),
          Map.entry("ON", "status"),
          Map.entry("AND", "operation"),
          Map.entry("NORMAL", "client-type"));

  private static final Map<String, String> SYMBOLS =
      Map.of("*", "auto", "=", "equal", "~", "approximately", "$", "last", "\"\"", "empty-string");

  private static final int NAMES_JOINED_MAX = 3;

  private Vocabulary() {}

  /// A literal word: no lower-case letter in it.
  static boolean isToken(String word) {
    return word.chars().noneMatch(c -> c >= 'a' && c <= 'z');
  }

  static ArgumentType typeOf(String name) {
    if (KEYS.contains(name)) {
      return ArgumentType.KEY;
    }
    if (name.startsWith("unix-time")) {
      return ArgumentType.UNIX_TIME;
    }
    if (PATTERNS.contains(name)) {
      return ArgumentType.PATTERN;
    }
    if (INTEGERS.contains(name)) {
      return ArgumentType.INTEGER;
    }
    return DOUBLES.contains(name) ? ArgumentType.DOUBLE : ArgumentType.STRING;
  }

  static String nameOfToken(String token) {
    return SYMBOLS.getOrDefault(token, token.toLowerCase(Locale.ROOT));
  }

  static String nameOfBlock(List<Argument> children) {
    if (children.isEmpty()) {
      return "block";
    }
    boolean few = children.size() <= NAMES_JOINED_MAX && children.getFirst().token() == null;
    return few ? joined(children) : children.getFirst().name() + "-block";
  }

  static String nameOfChoice(List<Argument> children) {
    for (Argument child : children) {
      String name = child.token() == null ? null : CHOICES.get(child.token());
      if (name != null) {
        return name;
      }
    }
    return children.size() <= NAMES_JOINED_MAX
        ? joined(children)
        : children.getFirst().name() + "-choice";
  }

  private static String joined(List<Argument> children) {
    return children.stream().map(Argument::name).collect(Collectors.joining("-"));
  }
}
