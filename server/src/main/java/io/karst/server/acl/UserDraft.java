package io.karst.server.acl;

import io.karst.commands.CommandTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A [User] in the making. Thread: its owner's.
final class UserDraft {
  private final CommandTable table;

  /// Whether all channels are open to who is new.
  private final boolean channelsOpen;

  private final String name;
  private final List<PasswordHash> passwords = new ArrayList<>();
  private final List<Selector> selectors = new ArrayList<>();
  private SelectorDraft root;
  private boolean enabled;
  private boolean withoutPassword;
  private boolean sanitizes = true;

  /// A new user, who cannot connect and may do nothing.
  UserDraft(CommandTable table, String name, boolean channelsOpen) {
    this.table = table;
    this.name = name;
    this.channelsOpen = channelsOpen;
    root = new SelectorDraft(table, channelsOpen);
  }

  UserDraft(CommandTable table, User from, boolean channelsOpen) {
    this(table, from.name(), channelsOpen);
    passwords.addAll(from.passwords());
    selectors.addAll(from.selectors());
    root = new SelectorDraft(table, from.root());
    enabled = from.enabled();
    withoutPassword = from.withoutPassword();
    sanitizes = from.sanitizes();
  }

  User build() {
    return new User(
        name, enabled, withoutPassword, sanitizes, passwords, root.build(), selectors, false);
  }

  /// Applies rules in their order; a selector may be several of the words.
  ///
  /// - throws [RuleException] if one is none, or cannot be applied; the draft is changed in part
  ///   then, and not to be used further.
  void applyAll(List<String> words) throws RuleException {
    for (String rule : RuleWords.joined(words)) {
      try {
        apply(rule);
      } catch (RuleException wrong) {
        throw wrong.about(rule);
      }
    }
  }

  private void apply(String rule) throws RuleException {
    switch (rule.toLowerCase(Locale.ROOT)) {
      case "" -> {} // Means nothing, as in Redis.
      case "on" -> enabled = true;
      case "off" -> enabled = false;
      case "nopass" -> resetPasswords(true);
      case "resetpass" -> resetPasswords(false);
      case "sanitize-payload" -> sanitizes = true;
      case "skip-sanitize-payload" -> sanitizes = false;
      case "clearselectors" -> selectors.clear();
      case "reset" -> reset();
      default -> applyOther(rule);
    }
  }

  private void applyOther(String rule) throws RuleException {
    switch (rule.charAt(0)) {
      case '>' -> add(PasswordHash.of(Latin1.bytes(rule.substring(1))));
      case '#' -> add(PasswordHash.ofHex(rule.substring(1)));
      case '<' -> remove(PasswordHash.of(Latin1.bytes(rule.substring(1))));
      case '!' -> remove(PasswordHash.ofHex(rule.substring(1)));
      case '(' -> selectors.add(selector(rule));
      default -> {
        if (!root.apply(rule)) {
          throw RuleException.syntax();
        }
      }
    }
  }

  private void reset() {
    resetPasswords(false);
    root.resetKeys();
    root.resetChannels(channelsOpen);
    root.noCommands();
    selectors.clear();
    enabled = false;
    sanitizes = true;
  }

  private void resetPasswords(boolean none) {
    passwords.clear();
    withoutPassword = none;
  }

  private void add(PasswordHash password) {
    if (!passwords.contains(password)) {
      passwords.add(password);
    }
    withoutPassword = false;
  }

  private void remove(PasswordHash password) throws RuleException {
    if (!passwords.remove(password)) {
      throw new RuleException("The password you are trying to remove from the user does not exist");
    }
  }

  /// `(rule rule ...)`.
  private Selector selector(String rule) throws RuleException {
    if (!rule.endsWith(")")) {
      throw RuleException.syntax();
    }
    SelectorDraft draft = new SelectorDraft(table, channelsOpen);
    for (String word : RuleWords.split(rule.substring(1, rule.length() - 1))) {
      if (!draft.apply(word)) {
        throw RuleException.syntax();
      }
    }
    return draft.build();
  }
}
