package io.karst.server.operations.connection;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.server.acl.Account;
import io.karst.server.session.ClientLine;
import io.karst.server.session.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/// Which connections `CLIENT LIST` and `CLIENT KILL` mean: those that pass every filter named.
///
/// Most filters have a second one with `NOT-` before the name, which those pass that do not pass
/// the first: these, and `NAME`, `IDLE`, `FLAGS`, `LIB-NAME`, `LIB-VER`, `DB`, `CAPA` and `IP`, are
/// Valkey's, the others Redis's.
final class ClientFilter {
  /// For the syntax lines.
  static final String SYNTAX =
      "[[NOT-]TYPE <NORMAL | MASTER | REPLICA | PUBSUB>] [[NOT-]USER username]"
          + " [[NOT-]ADDR ip:port] [[NOT-]LADDR ip:port] [[NOT-]IP ip] [[NOT-]NAME name]"
          + " [[NOT-]FLAGS flags] [[NOT-]LIB-NAME name] [[NOT-]LIB-VER version] [[NOT-]DB index]"
          + " [[NOT-]CAPA capabilities] [MAXAGE seconds] [IDLE seconds] [SKIPME <YES | NO>]";

  private static final String NOT = "NOT-";

  private final List<Predicate<Session>> conditions = new ArrayList<>();
  private final Session self;
  private final long nowMillis;
  private final boolean closing;
  private boolean skipMe;

  private ClientFilter(Session self, boolean closing) {
    this.self = self;
    this.closing = closing;
    skipMe = closing;
    nowMillis = self.server().clock().wallMillis();
  }

  /// Reads filters and their values from word `from` on.
  ///
  /// - `closing`: whether they are to be closed: then the one that asks is left out if nothing is
  ///   said about it.
  static ClientFilter parse(Session self, Args args, int from, boolean closing) {
    ClientFilter filter = new ClientFilter(self, closing);
    int at = from;
    while (at < args.count()) {
      if (at + 1 == args.count()) {
        throw CommandException.syntax();
      }
      at = filter.take(args, at);
    }
    return filter;
  }

  /// The connections meant, the oldest first.
  List<Session> sessions() {
    List<Session> meant = new ArrayList<>();
    self.server()
        .sessions()
        .forEach(session -> {
          if (test(session)) {
            meant.add(session);
          }
        });
    meant.sort((one, other) -> Long.compare(one.id(), other.id()));
    return meant;
  }

  private boolean test(Session session) {
    return !(skipMe && session == self)
        && conditions.stream().allMatch(condition -> condition.test(session));
  }

  /// Takes a filter; returns where the next one is.
  private int take(Args args, int at) {
    String name = args.bytes(at).utf8().toUpperCase(Locale.ROOT);
    int value = at + 1;
    switch (name) {
      case "SKIPME" -> skipMe = isYes(args, value);
      case "MAXAGE" -> {
        long seconds = positive(args, value, "maxage");
        conditions.add(session -> age(session.createdMillis()) >= seconds);
      }
      case "IDLE" -> {
        long seconds = positive(args, value, "idle");
        conditions.add(session -> age(session.lastCommandMillis()) >= seconds);
      }
      case "ID", "NOT-ID" -> {
        return takeIds(args, value, name.startsWith(NOT));
      }
      default -> takePair(name, args, value);
    }
    return value + 1;
  }

  private void takePair(String name, Args args, int value) {
    boolean not = name.startsWith(NOT);
    Predicate<Session> condition =
        condition(not ? name.substring(NOT.length()) : name, args, value);
    conditions.add(not ? condition.negate() : condition);
  }

  private Predicate<Session> condition(String name, Args args, int value) {
    String word = args.bytes(value).utf8();
    return switch (name) {
      case "TYPE" -> {
        ClientType type = ClientType.of(args, value);
        yield session -> ClientType.of(session) == type;
      }
      case "USER" -> {
        Account user = user(args.bytes(value));
        yield session -> session.account() == user;
      }
      case "ADDR" -> session -> session.remoteAddress().equals(word);
      case "LADDR" -> session -> session.localAddress().equals(word);
      case "IP" -> session -> host(session.remoteAddress()).equals(word);
      case "NAME" -> session -> session.name().equals(word);
      case "LIB-NAME" -> session -> session.libraryName().equals(word);
      case "LIB-VER" -> session -> session.libraryVersion().equals(word);
      case "FLAGS" -> flags(word);
      case "DB" -> {
        long index = database(args, value);
        yield session -> session.database() == index;
      }
      case "CAPA" -> capabilities(word);
      default -> throw CommandException.syntax();
    };
  }

  private int takeIds(Args args, int from, boolean not) {
    Set<Long> ids = new HashSet<>();
    int at = from;
    do {
      ids.add(id(args, at++));
    } while (at < args.count() && Decimal.isInt64(args.bytes(at)));
    conditions.add(session -> ids.contains(session.id()) != not);
    return at;
  }

  private long id(Args args, int index) {
    long id = Decimal.isInt64(args.bytes(index)) ? args.int64(index) : 0;
    if (id <= 0) {
      throw CommandException.err(
          closing ? "client-id should be greater than 0" : "Invalid client ID");
    }
    return id;
  }

  private long age(long sinceMillis) {
    return (nowMillis - sinceMillis) / 1000;
  }

  private static String host(String address) {
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? address : address.substring(0, colon);
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /// All of them are to be there.
  private static Predicate<Session> flags(String flags) {
    if (flags.isEmpty() || !flags.chars().allMatch(flag -> ClientLine.FLAGS.indexOf(flag) >= 0)) {
      throw CommandException.err("Unknown flags in the filter: '" + flags + "'");
    }
    return session -> {
      String has = ClientLine.flags(session);
      return flags.chars().allMatch(flag -> has.indexOf(flag) >= 0);
    };
  }

  /// `r`, redirections, is the only capability there is, and no connection of this version has it.
  private static Predicate<Session> capabilities(String capabilities) {
    if (capabilities.isEmpty() || !capabilities.chars().allMatch(each -> each == 'r')) {
      throw CommandException.err("Unknown capabilities in the filter: '" + capabilities + "'");
    }
    return session -> false;
  }

  private long database(Args args, int index) {
    int count = self.server().engine().databases();
    long number = Decimal.isInt64(args.bytes(index)) ? args.int64(index) : -1;
    if (number < 0 || number >= count) {
      throw CommandException.err("DB number should be between 0 and " + (count - 1));
    }
    return number;
  }

  private static long positive(Args args, int index, String what) {
    if (!Decimal.isInt64(args.bytes(index))) {
      throw CommandException.err(what + " is not an integer or out of range");
    }
    long value = args.int64(index);
    if (value <= 0) {
      throw CommandException.err(what + " should be greater than 0");
    }
    return value;
  }

  private Account user(Bytes name) {
    Account account = self.server().access().users().find(name);
    if (account == null) {
      throw CommandException.err("No such user '" + name.utf8() + "'");
    }
    return account;
  }

  private static boolean isYes(Args args, int index) {
    if (!args.is(index, "YES") && !args.is(index, "NO")) {
      throw CommandException.syntax();
    }
    return args.is(index, "YES");
  }
}
