package io.karst.server.operations.connection;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.server.acl.Account;
import io.karst.server.session.Session;
import org.jspecify.annotations.Nullable;

/// Which connections `CLIENT KILL` means: those that pass every filter it names.
final class ClientFilter {
  private long id;
  private @Nullable ClientType type;
  private @Nullable Account user;
  private @Nullable String address;
  private @Nullable String localAddress;
  private long maxAgeSeconds;
  private boolean skipMe = true;

  private ClientFilter() {}

  /// Reads pairs of a filter's name and its value from word `from` on.
  static ClientFilter parse(Session self, Args args, int from) {
    ClientFilter filter = new ClientFilter();
    if ((args.count() - from) % 2 != 0) {
      throw CommandException.syntax();
    }
    for (int i = from; i < args.count(); i += 2) {
      filter.take(self, args, i);
    }
    return filter;
  }

  /// Whether `session` is meant, when `self` asks.
  boolean test(Session session, Session self, long nowMillis) {
    long ageSeconds = (nowMillis - session.createdMillis()) / 1000;
    return (id == 0 || id == session.id())
        && (type == null || type == ClientType.NORMAL)
        && (user == null || user == session.account())
        && (address == null || address.equals(session.remoteAddress()))
        && (localAddress == null || localAddress.equals(session.localAddress()))
        && ageSeconds >= maxAgeSeconds
        && !(skipMe && session == self);
  }

  private void take(Session self, Args args, int at) {
    int value = at + 1;
    if (args.is(at, "ID")) {
      id = positive(args, value, "client-id should be greater than 0");
    } else if (args.is(at, "MAXAGE")) {
      maxAgeSeconds = positive(args, value, "maxage is not an integer or out of range");
    } else if (args.is(at, "TYPE")) {
      type = ClientType.of(args, value);
    } else if (args.is(at, "USER")) {
      user = user(self, args.bytes(value));
    } else if (args.is(at, "ADDR")) {
      address = args.bytes(value).utf8();
    } else if (args.is(at, "LADDR")) {
      localAddress = args.bytes(value).utf8();
    } else if (args.is(at, "SKIPME")) {
      skipMe = isYes(args, value);
    } else {
      throw CommandException.syntax();
    }
  }

  private static long positive(Args args, int index, String error) {
    long value = Decimal.isInt64(args.bytes(index)) ? args.int64(index) : 0;
    if (value <= 0) {
      throw CommandException.err(error);
    }
    return value;
  }

  private static Account user(Session self, Bytes name) {
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
