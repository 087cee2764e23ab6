package io.karst.server.acl;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.CommandTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All accounts, by name. Whoever does not say who he is uses the one called `default`.
///
/// Thread-safe: looking one up takes no lock, changes are made one at a time.
public final class Users {
  /// One character a byte, as all names here.
  public static final String DEFAULT = "default";

  private final CommandTable table;
  private final Account byDefault;
  private volatile Map<String, Account> accounts;
  private volatile boolean channelsOpen;

  /// With the default user, to whom everything is open.
  public Users(CommandTable table) {
    this.table = table;
    byDefault = new Account(initial());
    accounts = Map.of(DEFAULT, byDefault);
  }

  /// Whether all channels are open to who is new, or reset (`acl-pubsub-default`).
  public void channelsOpen(boolean open) {
    channelsOpen = open;
  }

  public Account byDefault() {
    return byDefault;
  }

  public @Nullable Account find(Bytes name) {
    return accounts.get(Latin1.text(name));
  }

  /// By name.
  public Collection<Account> all() {
    return new TreeMap<>(accounts).values();
  }

  /// The account that `password` opens; null if there is none, it is off, or that is not its
  /// password. It takes about as long to be told that whether the user exists or not.
  public @Nullable Account authenticate(Bytes name, Bytes password) {
    Account account = find(name);
    boolean admitted = (account == null ? byDefault : account).user().admits(password);
    return account != null && admitted ? account : null;
  }

  /// Gives the default user this password, and no other; none if it is empty (`requirepass`).
  public synchronized void defaultPassword(String password) {
    byDefault.become(withPassword(byDefault.user(), password));
  }

  /// Applies rules to a user, who is made if there is none of this name; all of them or none.
  public synchronized void set(Bytes name, List<String> rules) throws RuleException {
    String key = checkedName(Latin1.text(name));
    Account account = accounts.get(key);
    UserDraft draft =
        account == null
            ? new UserDraft(table, key, channelsOpen)
            : new UserDraft(table, account.user(), channelsOpen);
    draft.applyAll(rules);
    if (account == null) {
      Map<String, Account> more = new TreeMap<>(accounts);
      more.put(key, new Account(draft.build()));
      accounts = more;
    } else {
      account.become(draft.build());
    }
  }

  /// Removes users; returns those that there were. The default one stays.
  public synchronized List<Account> remove(List<Bytes> names) {
    if (names.stream().anyMatch(name -> Latin1.text(name).equals(DEFAULT))) {
      throw CommandException.err("The 'default' user cannot be removed");
    }
    Map<String, Account> fewer = new TreeMap<>(accounts);
    List<Account> gone = new ArrayList<>();
    for (Bytes name : names) {
      Account account = fewer.remove(Latin1.text(name));
      if (account != null) {
        gone.add(account);
      }
    }
    accounts = fewer;
    gone.forEach(this::close);
    return gone;
  }

  /// Leaves nothing to whoever has just become the user of an account that is no more.
  private void close(Account gone) {
    gone.become(new UserDraft(table, gone.user().name(), false).build());
  }

  /// Makes users of rules, by name, without letting anybody be one of them yet.
  ///
  /// - `declared`: a name and rules each.
  /// - throws [RuleException] as [#declare] does.
  Map<String, User> made(List<List<String>> declared) throws RuleException {
    Map<String, User> made = new TreeMap<>();
    for (List<String> words : declared) {
      declare(words, made);
    }
    return made;
  }

  /// Adds one to those that have been made.
  ///
  /// - `words`: a name and rules.
  /// - throws [RuleException] if a rule cannot be applied or the name is there already.
  void declare(List<String> words, Map<String, User> made) throws RuleException {
    String name = checkedName(words.getFirst());
    UserDraft draft = new UserDraft(table, name, channelsOpen);
    draft.applyAll(words.subList(1, words.size()));
    if (made.putIfAbsent(name, draft.build()) != null) {
      throw new RuleException(
          "Duplicate user '" + name + "' found. A user can only be defined once in config files");
    }
  }

  /// Lets these be all users. Who stays keeps his account; the default user is what he is at first
  /// if he is not among them. Returns the accounts that are no more.
  synchronized List<Account> replace(Map<String, User> made) {
    Map<String, Account> next = new TreeMap<>();
    next.put(DEFAULT, byDefault);
    made.forEach((name, user) -> {
      Account present = accounts.get(name);
      next.put(name, present == null ? new Account(user) : present);
    });
    Map<String, Account> before = accounts;
    accounts = next;
    made.forEach((name, user) -> {
      Account stays = before.get(name);
      if (stays != null) {
        stays.become(user);
      }
    });
    if (!made.containsKey(DEFAULT)) {
      byDefault.become(initial());
    }
    List<Account> gone =
        before.values().stream().filter(account -> !next.containsValue(account)).toList();
    gone.forEach(this::close);
    return gone;
  }

  /// Adds users to those there are, as the configuration declares them: a name and rules each.
  ///
  /// - throws [RuleException] if a rule cannot be applied, or a user is declared twice.
  public synchronized void declare(List<List<String>> lines) throws RuleException {
    Map<String, User> all = new TreeMap<>();
    accounts.forEach((name, account) -> all.put(name, account.user()));
    all.putAll(made(lines));
    var _ = replace(all);
  }

  /// Whether the default user is what `requirepass` alone makes him.
  public boolean isInitial(User user, String password) {
    return user.rules().equals(withPassword(initial(), password).rules());
  }

  private User withPassword(User user, String password) {
    UserDraft draft = new UserDraft(table, user, channelsOpen);
    String rule = password.isEmpty() ? "nopass" : ">" + Latin1.ofUtf8(password);
    try {
      draft.applyAll(List.of("resetpass"));
      draft.applyAll(List.of(rule));
    } catch (RuleException impossible) {
      throw new IllegalStateException("a password is any text", impossible);
    }
    return draft.build();
  }

  private User initial() {
    UserDraft draft = new UserDraft(table, DEFAULT, true);
    try {
      draft.applyAll(List.of("on", "nopass", "allkeys", "allchannels", "allcommands"));
    } catch (RuleException impossible) {
      throw new IllegalStateException(impossible);
    }
    return draft.build();
  }

  private static String checkedName(String name) throws RuleException {
    boolean plain =
        !name.isEmpty()
            && name.chars().noneMatch(c -> c == ' ' || (c >= '\t' && c <= '\r') || c == 0);
    if (!plain) {
      throw new RuleException("Usernames can't contain spaces or null characters");
    }
    return name;
  }
}
