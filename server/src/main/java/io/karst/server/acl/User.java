package io.karst.server.acl;

import io.karst.base.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/// Who somebody is to the server at one time: how he shows it, and what he may do. Immutable.
///
/// - `name`: one character a byte.
/// - `enabled`: whether one can authenticate as him; connections that have may go on otherwise.
/// - `withoutPassword`: whether any password will do.
/// - `sanitizes`: whether payloads of `RESTORE` are to be distrusted; kept for Redis's sake, they
///   always are.
/// - `root`, `selectors`: a command may run if any of them allows the whole of it.
/// - `unrestricted`: whether everything is allowed; follows from the selectors, whatever is given.
public record User(
    String name,
    boolean enabled,
    boolean withoutPassword,
    boolean sanitizes,
    List<PasswordHash> passwords,
    Selector root,
    List<Selector> selectors,
    boolean unrestricted) {

  public User {
    passwords = List.copyOf(passwords);
    selectors = List.copyOf(selectors);
    unrestricted = root.unrestricted() || selectors.stream().anyMatch(Selector::unrestricted);
  }

  /// The name as text, for people.
  public String shownName() {
    return Latin1.utf8(name);
  }

  /// Whether whoever connects is this user without further ado, if it is the default one.
  public boolean isOpen() {
    return enabled && withoutPassword;
  }

  /// Whether `password` lets somebody in as this user. All hashes are compared, each of them in a
  /// time that does not tell how much is right.
  boolean admits(Bytes password) {
    PasswordHash given = PasswordHash.of(password);
    boolean right = withoutPassword;
    for (PasswordHash each : passwords) {
      right |= each.isSame(given);
    }
    return enabled && right;
  }

  /// Whether a channel, or a pattern of channels, is open to whoever listens.
  public boolean allowsChannel(Bytes channel, boolean isPattern) {
    if (root.allowsChannel(channel, isPattern)) {
      return true;
    }
    return selectors.stream().anyMatch(each -> each.allowsChannel(channel, isPattern));
  }

  /// `on`, `nopass`, `sanitize-payload`, as they apply.
  List<String> flags() {
    List<String> flags = new ArrayList<>();
    flags.add(enabled ? "on" : "off");
    if (withoutPassword) {
      flags.add("nopass");
    }
    flags.add(sanitizes ? "sanitize-payload" : "skip-sanitize-payload");
    return flags;
  }

  /// The rules that make him, behind his name; one character a byte.
  public String rules() {
    StringJoiner text = new StringJoiner(" ");
    flags().forEach(text::add);
    passwords.forEach(password -> text.add("#" + password.hex()));
    text.add(root.text());
    selectors.forEach(selector -> text.add("(" + selector.text() + ")"));
    return text.toString();
  }

  /// As a line of a file: `user name rules`.
  public String line() {
    return "user " + name + " " + rules();
  }
}
