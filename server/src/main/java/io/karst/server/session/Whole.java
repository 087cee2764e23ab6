package io.karst.server.session;

import io.karst.commands.Args;
import io.karst.server.resp.ReplyBuffer;
import org.jspecify.annotations.Nullable;

/// Several commands that are one to everybody else, on their way through a [Task]: what a client
/// has queued, or a script.
interface Whole {
  /// Whether it may write.
  boolean writes();

  /// Whether a pause of writes holds it.
  boolean isHeld();

  /// Whether it may keep its thread busy for as long as it likes, and so needs one of its own.
  boolean isLong();

  /// Runs it where it may wait for locks, for the disk, and for room; returns the error line if it
  /// is answered with an error.
  @Nullable String runElsewhere(ReplyBuffer out, Seen seen);

  /// Answers it with an error line, without running it; returns the line. Where it would run.
  String refuse(String line, ReplyBuffer out);

  /// Whether that error has not been counted as one of a command within.
  boolean isErrorNew();

  /// Counts the commands that have run. On the event loop.
  void count(WorkerStats stats, long nanos);

  /// Shows monitors the commands that have run, and the one that has run them. On the event loop.
  ///
  /// - `by`, `args`: that one.
  void show(Route by, Args args);
}
