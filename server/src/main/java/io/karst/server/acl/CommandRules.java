package io.karst.server.acl;

import io.karst.base.Bytes;
import io.karst.commands.Category;
import io.karst.commands.Command;
import io.karst.commands.CommandTable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A [CommandSet] in the making: rules are applied in their order, the later over the earlier.
///
/// The rules are kept as they were given, but for those that a later one makes void: `+config`
/// removes an earlier `-config|set`, and `+@all` or `-@all` everything. Thread: its owner's.
final class CommandRules {
  private static final String ALL = "@all";

  private final CommandTable table;
  private final BitSet bits = new BitSet();
  private final Map<Integer, List<String>> firstWords = new TreeMap<>();
  private final List<String> rules = new ArrayList<>();
  private boolean all;

  /// None.
  CommandRules(CommandTable table) {
    this.table = table;
  }

  static CommandRules of(CommandTable table, CommandSet from) {
    CommandRules rules = new CommandRules(table);
    rules.bits.or(from.bits());
    from.firstWords()
        .forEach((index, words) -> rules.firstWords.put(index, new ArrayList<>(words)));
    List<String> words = List.of(from.text().split(" ", -1));
    rules.all = words.getFirst().equals("+" + ALL);
    rules.rules.addAll(words.subList(1, words.size()));
    return rules;
  }

  CommandSet build() {
    boolean whole = bits.cardinality() == table.size();
    StringBuilder text = new StringBuilder(all ? "+" : "-").append(ALL);
    rules.forEach(rule -> text.append(' ').append(rule));
    Map<Integer, List<String>> words = new TreeMap<>();
    firstWords.forEach((index, allowed) -> words.put(index, List.copyOf(allowed)));
    return new CommandSet(
        BitSet.valueOf(bits.toLongArray()), Map.copyOf(words), whole, text.toString());
  }

  /// Allows, or forbids, every command.
  void all(boolean allow) {
    bits.set(0, table.size(), allow);
    firstWords.clear();
    rules.clear();
    all = allow;
  }

  /// Applies `name`: `get`, `config|set`, `select|0` or `@read`.
  void apply(String name, boolean allow) throws RuleException {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals(ALL)) {
      all(allow);
    } else if (lower.startsWith("@")) {
      category(lower, allow);
    } else {
      command(lower, allow);
    }
  }

  private void category(String name, boolean allow) throws RuleException {
    Category category = Category.of(name.substring(1));
    if (category == null) {
      throw RuleException.unknown();
    }
    for (Command command : table.declared()) {
      setIfIn(command, category, allow);
      command.subcommands().forEach(subcommand -> setIfIn(subcommand, category, allow));
    }
    note(name, allow);
  }

  private void setIfIn(Command command, Category category, boolean allow) {
    if (command.categories().contains(category)) {
      change(command, allow);
    }
  }

  private void command(String name, boolean allow) throws RuleException {
    Command command = table.declared(Latin1.bytes(name));
    if (command == null) {
      firstWord(name, allow);
      return;
    }
    change(command, allow);
    command.subcommands().forEach(subcommand -> change(subcommand, allow));
    note(name, allow);
  }

  /// `+select|0`: a command that has no subcommands, with this first word only.
  private void firstWord(String name, boolean allow) throws RuleException {
    int bar = name.lastIndexOf('|');
    Command command = bar < 0 ? null : declared(name.substring(0, bar));
    if (command == null || !allow) {
      throw RuleException.unknown();
    }
    String word = name.substring(bar + 1);
    if (command.container() != null) {
      throw new RuleException("Allowing first-arg of a subcommand is not supported");
    }
    if (command.isContainer()) {
      throw RuleException.unknown();
    }
    if (word.isEmpty()) {
      throw RuleException.syntax();
    }
    List<String> words = firstWords.computeIfAbsent(command.index(), index -> new ArrayList<>());
    String upper = word.toUpperCase(Locale.ROOT);
    if (!words.contains(upper)) {
      words.add(upper);
    }
    note(name, true);
  }

  private @Nullable Command declared(String name) {
    Bytes bytes = Latin1.bytes(name);
    return table.declared(bytes);
  }

  private void change(Command command, boolean allow) {
    bits.set(command.index(), allow);
    firstWords.remove(command.index());
  }

  private void note(String name, boolean allow) {
    rules.removeIf(rule -> {
      String before = rule.substring(1);
      return before.equals(name) || before.startsWith(name + "|");
    });
    rules.add((allow ? "+" : "-") + name);
  }
}
