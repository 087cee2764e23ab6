package io.karst.server.scripts;

import io.karst.base.Bytes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The scripts that run off the event loops just now. Thread-safe.
///
/// Several may run at a time. `SCRIPT KILL` and `FUNCTION KILL` end those that have run for longer
/// than others have to wait for them.
public final class RunningScripts {
  /// What became of a wish to end scripts.
  public enum Kill {
    /// They end.
    KILLED,
    /// None runs for long.
    NONE,
    /// One runs for long, of the other kind.
    OTHER_KIND,
    /// What the only ones have done cannot be taken back.
    FINAL
  }

  private final List<RunningScript> running = new CopyOnWriteArrayList<>();
  private volatile boolean ended;

  /// A script begins.
  public RunningScript begin(Script script, List<Bytes> words, long nowNanos) {
    RunningScript fresh = new RunningScript(script, words, nowNanos);
    running.add(fresh);
    if (ended) {
      var _ = fresh.kill();
    }
    return fresh;
  }

  /// A script has ended.
  public void end(RunningScript script) {
    running.remove(script);
  }

  /// Those that run, the first that began first.
  public List<RunningScript> all() {
    return List.copyOf(running);
  }

  /// Ends those that have run for long.
  public Kill kill(boolean functions) {
    Kill outcome = Kill.NONE;
    for (RunningScript script : running) {
      if (!script.overdue()) {
        continue;
      }
      if (script.script().isFunction() != functions) {
        outcome = outcome == Kill.NONE ? Kill.OTHER_KIND : outcome;
      } else if (script.kill()) {
        outcome = Kill.KILLED;
      } else {
        outcome = outcome == Kill.KILLED ? outcome : Kill.FINAL;
      }
    }
    return outcome;
  }

  /// Ends all whose doing can be taken back.
  public void interrupt() {
    for (RunningScript script : running) {
      var _ = script.kill();
    }
  }

  /// Ends all whose doing can be taken back, and those that begin from now on: the server ends.
  public void end() {
    ended = true;
    interrupt();
  }
}
