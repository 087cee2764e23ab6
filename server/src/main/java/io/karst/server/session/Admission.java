package io.karst.server.session;

import io.karst.base.Fault;
import io.karst.engine.Engine;
import io.karst.engine.Eviction;
import io.karst.history.Log;
import org.jspecify.annotations.Nullable;

/// Whether a command may run at all, before anybody looks at what it asks for.
///
/// Thread: its dispatcher's.
final class Admission {
  private static final String NO_AUTH = "NOAUTH Authentication required.";
  private static final String NO_MEMORY = new Fault.OutOfMemory(0, "").line();

  private final Log log;
  private final Eviction eviction;

  /// Why nothing may be written just now.
  private Fault.@Nullable ReadOnly readOnly;

  Admission(Engine engine) {
    log = engine.log();
    eviction = engine.eviction();
  }

  /// Looks whether anything may be written, for the commands to come.
  void begin() {
    readOnly = log.failure();
  }

  /// The error line for a command that may not run; null if it may.
  @Nullable String refusal(Session session, Route route) {
    if (!route.beforeAuthentication && session.mustAuthenticate()) {
      return NO_AUTH;
    }
    if (route.writes && readOnly != null) {
      return readOnly.line();
    }
    return route.deniesOom && eviction.refuses() ? NO_MEMORY : null;
  }
}
