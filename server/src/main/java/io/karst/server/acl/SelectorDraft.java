package io.karst.server.acl;

import io.karst.commands.CommandTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A [Selector] in the making. Thread: its owner's.
final class SelectorDraft {
  private final CommandRules commands;
  private final List<KeyRule> keys = new ArrayList<>();
  private final List<ChannelRule> channels = new ArrayList<>();
  private boolean allKeys;
  private boolean allChannels;

  /// Allows nothing, but perhaps all channels.
  SelectorDraft(CommandTable table, boolean allChannels) {
    commands = new CommandRules(table);
    this.allChannels = allChannels;
  }

  SelectorDraft(CommandTable table, Selector from) {
    commands = CommandRules.of(table, from.commands());
    keys.addAll(from.keys());
    channels.addAll(from.channels());
    allKeys = from.allKeys();
    allChannels = from.allChannels();
  }

  Selector build() {
    return new Selector(
        commands.build(), allKeys, List.copyOf(keys), allChannels, List.copyOf(channels));
  }

  /// Whether `rule` is one about commands, keys or channels, and has been applied.
  ///
  /// - throws [RuleException] if it is one and cannot be.
  boolean apply(String rule) throws RuleException {
    switch (rule.toLowerCase(Locale.ROOT)) {
      case "allcommands" -> commands.all(true);
      case "nocommands" -> commands.all(false);
      case "allkeys" -> openAllKeys();
      case "resetkeys" -> resetKeys();
      case "allchannels" -> openAllChannels();
      case "resetchannels" -> resetChannels(false);
      default -> {
        return applySigned(rule);
      }
    }
    return true;
  }

  private boolean applySigned(String rule) throws RuleException {
    String rest = rule.substring(1);
    switch (rule.charAt(0)) {
      case '+' -> commands.apply(rest, true);
      case '-' -> commands.apply(rest, false);
      case '~' -> open(rest, true, true);
      case '%' -> openPartly(rest);
      case '&' -> openChannel(rest);
      default -> {
        return false;
      }
    }
    return true;
  }

  void resetKeys() {
    allKeys = false;
    keys.clear();
  }

  void resetChannels(boolean all) {
    allChannels = all;
    channels.clear();
  }

  void noCommands() {
    commands.all(false);
  }

  private void openAllKeys() {
    allKeys = true;
    keys.clear();
  }

  private void openAllChannels() {
    allChannels = true;
    channels.clear();
  }

  /// `R~p`, `W~p` or `RW~p`, in any case.
  private void openPartly(String rest) throws RuleException {
    boolean reads = false;
    boolean writes = false;
    int at = 0;
    while (at < rest.length() && rest.charAt(at) != '~') {
      char c = Character.toUpperCase(rest.charAt(at++));
      if (c == 'R' && !reads) {
        reads = true;
      } else if (c == 'W' && !writes) {
        writes = true;
      } else {
        throw RuleException.syntax();
      }
    }
    if (at == rest.length() || !(reads || writes)) {
      throw RuleException.syntax();
    }
    open(rest.substring(at + 1), reads, writes);
  }

  private void open(String pattern, boolean reads, boolean writes) throws RuleException {
    checkPlain(pattern);
    if (allKeys && reads && writes && pattern.equals("*")) {
      return;
    }
    if (allKeys) {
      throw new RuleException(
          "Adding a pattern after the * pattern (or the 'allkeys' flag) is not valid and does not"
              + " have any effect. Try 'resetkeys' to start with an empty list of patterns");
    }
    KeyRule rule = KeyRule.of(pattern, reads, writes);
    int same = 0;
    while (same < keys.size() && !keys.get(same).pattern().equals(pattern)) {
      same++;
    }
    KeyRule joined = same < keys.size() ? keys.get(same).joined(rule) : rule;
    if (joined.text().equals("~*")) {
      openAllKeys();
    } else if (same < keys.size()) {
      keys.set(same, joined);
    } else {
      keys.add(joined);
    }
  }

  private void openChannel(String pattern) throws RuleException {
    checkPlain(pattern);
    if (pattern.equals("*")) {
      openAllChannels();
      return;
    }
    if (allChannels) {
      throw new RuleException(
          "Adding a pattern after the * pattern (or the 'allchannels' flag) is not valid and does"
              + " not have any effect. Try 'resetchannels' to start with an empty list of"
              + " channels");
    }
    if (channels.stream().noneMatch(rule -> rule.pattern().equals(pattern))) {
      channels.add(ChannelRule.of(pattern));
    }
  }

  /// Rules are told apart by blanks in files.
  private static void checkPlain(String pattern) throws RuleException {
    if (pattern.chars().anyMatch(c -> c == ' ' || (c >= '\t' && c <= '\r') || c == 0)) {
      throw RuleException.syntax();
    }
  }
}
