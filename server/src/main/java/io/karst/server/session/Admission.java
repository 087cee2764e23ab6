package io.karst.server.session;

import io.karst.base.Fault;
import io.karst.commands.Args;
import io.karst.engine.Engine;
import io.karst.engine.Eviction;
import io.karst.history.Log;
import io.karst.server.acl.Guard;
import org.jspecify.annotations.Nullable;

/// Whether a command may run at all, before anybody looks at what it asks for.
///
/// Thread: its dispatcher's.
final class Admission {
  private static final String NO_AUTH = "NOAUTH Authentication required.";
  static final String NO_MEMORY = new Fault.OutOfMemory(0, "").line();

  private final Access access;
  private final Guard guard = new Guard();
  private final Log log;
  private final Eviction eviction;

  /// Null without a cluster.
  private final @Nullable Routing routing;

  /// Why nothing may be written just now.
  private Fault.@Nullable ReadOnly readOnly;

  Admission(Server server) {
    access = server.access();
    Engine engine = server.engine();
    log = engine.log();
    eviction = engine.eviction();
    routing = Routing.of(server);
  }

  /// Looks whether anything may be written, for the commands to come.
  void begin() {
    readOnly = log.failure();
    if (routing != null) {
      routing.begin();
    }
  }

  /// Where the server stood in its cluster at the [#begin]; null without one.
  @Nullable Standing standing() {
    return routing == null ? null : routing.standing();
  }

  /// The error line for a command that may not run; null if it may.
  @Nullable String refusal(Session session, Route route, Args args) {
    if (!route.beforeAuthentication && session.mustAuthenticate()) {
      return NO_AUTH;
    }
    if (!route.whileSubscribed && session.isConfined()) {
      return confined(route);
    }
    String denial = denial(session, route, args);
    if (denial != null) {
      return denial;
    }
    String elsewhere = routing == null ? null : routing.refusal(session, route, args);
    if (elsewhere != null) {
      return elsewhere;
    }
    if (route.writes && readOnly != null) {
      return readOnly.line();
    }
    return route.deniesOom && eviction.refuses() ? NO_MEMORY : null;
  }

  private static String confined(Route route) {
    return "ERR Can't execute '"
        + route.command.fullName()
        + "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this"
        + " context";
  }

  /// The error line for a command that the session's user may not run; null if he may.
  @Nullable String denial(Session session, Route route, Args args) {
    if (session.account().user().unrestricted()) {
      return null;
    }
    return access.refusal(guard, session, route.command, args, Access.context(session));
  }

  /// As [#refusal], for a command that is queued: that takes memory, whatever the command does.
  @Nullable String queueRefusal(Session session, Route route, Args args) {
    String refusal = refusal(session, route, args);
    return refusal == null && eviction.refuses() ? NO_MEMORY : refusal;
  }

  /// The error line for queued commands, as a whole, that may not run; null if they may.
  @Nullable String refusal(Session session, Transaction transaction) {
    if (session.mustAuthenticate()) {
      return NO_AUTH;
    }
    if (transaction.writes() > 0 && readOnly != null) {
      return readOnly.line();
    }
    return transaction.demands() > 0 && eviction.refuses() ? NO_MEMORY : null;
  }

  /// The error line for queued commands that another server of the cluster has to run; null if
  /// there is none.
  @Nullable String redirect(Session session, Transaction transaction) {
    return routing == null ? null : routing.refusal(session, transaction);
  }
}
