package io.karst.server.session;

import io.karst.base.Clock;

/// `CLIENT PAUSE`: holds commands back, without losing one, until a time.
///
/// A connection whose next command is held stops there; it is looked at again when the time is
/// over or the pause is ended. Thread-safe.
public final class Pause {
  /// What is held.
  public enum Kind {
    /// Commands that may change a key.
    WRITES,
    /// Every command.
    ALL
  }

  /// What holds from when to when; replaced as a whole.
  private record State(Kind kind, long untilMillis) {}

  private static final State OVER = new State(Kind.WRITES, Long.MIN_VALUE);

  private final Clock clock;
  private final Sessions sessions;
  private volatile State state = OVER;

  Pause(Clock clock, Sessions sessions) {
    this.clock = clock;
    this.sessions = sessions;
  }

  /// Begins a pause. One that holds already is never shortened, nor made to hold less.
  public synchronized void begin(Kind kind, long untilMillis) {
    State before = state;
    if (before.untilMillis <= clock.wallMillis()) {
      state = new State(kind, untilMillis);
      return;
    }
    Kind stronger = before.kind == Kind.ALL ? Kind.ALL : kind;
    state = new State(stronger, Math.max(before.untilMillis, untilMillis));
  }

  /// Ends it: everything that was held runs.
  public synchronized void end() {
    state = OVER;
    sessions.forEach(session -> session.link().resume());
  }

  /// Whether anything is held, or was until it ran out of time unnoticed: one read of memory, the
  /// test before [#remainingMillis].
  boolean isOn() {
    return state != OVER;
  }

  /// How long a command has still to wait; 0 if it may run.
  long remainingMillis(boolean mayWrite) {
    State now = state;
    if (now == OVER) {
      return 0;
    }
    long remaining = now.untilMillis - clock.wallMillis();
    if (remaining <= 0) {
      expire(now);
      return 0;
    }
    return now.kind == Kind.ALL || mayWrite ? remaining : 0;
  }

  private synchronized void expire(State old) {
    if (state == old) {
      state = OVER;
    }
  }
}
