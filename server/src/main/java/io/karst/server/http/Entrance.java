package io.karst.server.http;

import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.server.acl.Account;
import io.karst.server.acl.Users;
import io.karst.server.http.console.Credentials;
import io.karst.server.net.Addresses;
import io.karst.server.session.Server;
import io.karst.server.session.Visitor;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Who may see pages that are not open to all: the one place to ask, for one connection. It is
/// HTTP's basic authentication, with the names and passwords that `AUTH` takes, and wrong ones slow
/// down and are logged as `AUTH`'s are. Whoever sends none is the default user, if that one needs
/// none.
///
/// Thread: the port's event loop.
final class Entrance {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private final Supplier<@Nullable Server> server;
  private final Channel channel;
  private @Nullable Visitor visitor;

  /// - `server`: null before it has its data, when there is nothing to be seen yet.
  Entrance(Supplier<@Nullable Server> server, Channel channel) {
    this.server = server;
    this.channel = channel;
  }

  /// For how long a request is not to be looked at, as passwords from there have been wrong; 0 for
  /// one that shows none.
  long restNanos(HttpRequest request) {
    Server started = server.get();
    boolean shows = Credentials.of(authorization(request)) != null;
    return started == null || !shows ? 0 : visitor(started).restNanos();
  }

  /// Whether whoever sends this header is somebody.
  boolean admits(@Nullable String authorization) {
    Server started = server.get();
    return started == null || account(started, authorization) != null;
  }

  /// What is answered to whoever may not see a page; null if he may.
  ///
  /// - `shows`: a command that shows the same; null if there is no such page, of which those who
  ///   are somebody are told.
  @Nullable Answer refusal(HttpRequest request, @Nullable Args shows) {
    Server started = server.get();
    if (started == null) {
      return null;
    }
    Account account = account(started, authorization(request));
    if (account == null) {
      return Answer.text(UNAUTHORIZED, "a user name and a password are needed");
    }
    String refusal =
        shows == null ? null : started.access().refusal(visitor(started), account, shows);
    return refusal == null ? null : Answer.text(FORBIDDEN, refusal);
  }

  private @Nullable Account account(Server started, @Nullable String authorization) {
    Credentials sent = Credentials.of(authorization);
    if (sent == null) {
      Users users = started.access().users();
      return started.needsPassword() ? null : users.byDefault();
    }
    Bytes name = Bytes.utf8(sent.user());
    Bytes password = Bytes.utf8(sent.password());
    return started.access().authenticate(visitor(started), name, password);
  }

  private Visitor visitor(Server started) {
    Visitor present = visitor;
    if (present == null) {
      present =
          new Visitor(
              started,
              Addresses.text(channel.remoteAddress()),
              Addresses.text(channel.localAddress()));
      visitor = present;
    }
    return present;
  }

  private static @Nullable String authorization(HttpRequest request) {
    return request.headers().get(HttpHeaderNames.AUTHORIZATION);
  }
}
