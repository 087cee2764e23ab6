package io.karst.commands;

import io.karst.commands.syntax.Argument;
import io.karst.commands.syntax.ArgumentFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Makes command lines out of a command's own syntax: any of its options, keys out of a few that
/// share a slot, numbers and strings of all kinds. Many are refused, and that is as it should be.
final class CommandLines {
  static final int KEYS = 12;
  private static final int REPEATS_MAX = 3;
  private static final Set<String> ELEMENTS = Set.of("field", "member", "element");

  private final Random random;
  private final long now;

  CommandLines(Random random, long nowMillis) {
    this.random = random;
    this.now = nowMillis;
  }

  List<String> of(Command command) {
    List<String> words = new ArrayList<>();
    if (command.container() != null) {
      words.add(command.container());
    }
    words.add(command.name());
    command.syntax().arguments().forEach(argument -> add(argument, words));
    return words;
  }

  String key() {
    return "{k}" + random.nextInt(KEYS);
  }

  /// An element of a collection, of few, so that they meet.
  String element() {
    int number = random.nextInt(10);
    return number < 4 ? Integer.toString(number) : "element" + number;
  }

  private void add(Argument argument, List<String> words) {
    if (argument.isOptional() && random.nextInt(3) != 0) {
      return;
    }
    int times = argument.isMultiple() ? 1 + random.nextInt(REPEATS_MAX) : 1;
    for (int i = 0; i < times; i++) {
      boolean again = argument.flags().contains(ArgumentFlag.MULTIPLE_TOKEN);
      if (argument.token() != null && (i == 0 || again)) {
        words.add(argument.token());
      }
      addOne(argument, words);
    }
  }

  private void addOne(Argument argument, List<String> words) {
    if (argument.name().startsWith("index") || argument.name().endsWith("db")) {
      words.add(Integer.toString(random.nextInt(3)));
      return;
    }
    switch (argument.type()) {
      case KEY -> words.add(key());
      case STRING -> words.add(string(argument.name()));
      case INTEGER -> words.add(integer(argument.name()));
      case DOUBLE -> words.add(Double.toString(random.nextInt(4000) / 16.0 - 100));
      case PATTERN -> words.add("*");
      case UNIX_TIME -> words.add(time(argument));
      case PURE_TOKEN -> {
        // The token is the argument.
      }
      case ONE_OF ->
          add(argument.children().get(random.nextInt(argument.children().size())), words);
      case BLOCK -> argument.children().forEach(child -> add(child, words));
    }
  }

  private String time(Argument argument) {
    long at = now + random.nextInt(100_000) - 2_000;
    boolean millis = String.valueOf(argument.token()).startsWith("PX") || random.nextBoolean();
    return Long.toString(millis ? at : at / 1000);
  }

  private String integer(String name) {
    if (name.contains("numkeys") || name.contains("numfields") || name.equals("numids")) {
      return "1";
    }
    return switch (random.nextInt(8)) {
      case 0 -> "0";
      case 1 -> Integer.toString(-1 - random.nextInt(5));
      case 2 -> Integer.toString(random.nextInt(100_000));
      default -> Integer.toString(1 + random.nextInt(60));
    };
  }

  private String string(String name) {
    if (name.contains("encoding")) {
      return (random.nextBoolean() ? "u" : "i") + (1 + random.nextInt(63));
    }
    if ("min".equals(name) || "max".equals(name)) {
      return bound("min".equals(name) ? "-" : "+");
    }
    if ("prefix".equals(name)) {
      return key();
    }
    if (ELEMENTS.contains(name) && random.nextInt(8) != 0) {
      return element();
    }
    if ("group".equals(name) || "consumer".equals(name)) {
      return name + random.nextInt(2);
    }
    if (name.endsWith("id")) {
      return random.nextInt(4) == 0 ? ">" : random.nextInt(12) + "-" + random.nextInt(3);
    }
    return switch (random.nextInt(6)) {
      case 0 -> Integer.toString(random.nextInt(2_000) - 1_000);
      case 5 -> Integer.toString(random.nextInt(2));
      case 1 -> "";
      case 2 -> "x".repeat(random.nextInt(300));
      default -> "value" + random.nextInt(5);
    };
  }

  private String bound(String end) {
    return switch (random.nextInt(5)) {
      case 0 -> end;
      case 1 -> "[" + (random.nextBoolean() ? key() : element());
      case 2 -> "(" + (random.nextBoolean() ? key() : element());
      case 3 -> end + "inf";
      default -> Integer.toString(random.nextInt(300) - 100);
    };
  }
}
