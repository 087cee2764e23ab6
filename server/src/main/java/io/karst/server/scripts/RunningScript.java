package io.karst.server.scripts;

import io.karst.base.Bytes;
import java.util.List;

/// A script that is running. Thread-safe.
public final class RunningScript {
  private final Script script;
  private final List<Bytes> words;
  private final long beganNanos;
  private volatile boolean killed;
  private volatile boolean irrevocable;
  private volatile boolean overdue;

  RunningScript(Script script, List<Bytes> words, long beganNanos) {
    this.script = script;
    this.words = words;
    this.beganNanos = beganNanos;
  }

  public Script script() {
    return script;
  }

  /// The words of the command that has called it.
  public List<Bytes> words() {
    return words;
  }

  /// When it began, as the server's clock counts nanoseconds.
  public long beganNanos() {
    return beganNanos;
  }

  /// Whether somebody wants it to end.
  public boolean killed() {
    return killed;
  }

  /// What is answered if somebody has ended it.
  public String killedLine() {
    String how = script.isFunction() ? "FUNCTION" : "SCRIPT";
    return "ERR Script killed by user with " + how + " KILL.";
  }

  /// Whether what it has done cannot be taken back any more.
  public boolean isFinal() {
    return irrevocable;
  }

  /// What it has done cannot be taken back from now on; false if somebody wants it to end.
  public synchronized boolean becomesFinal() {
    irrevocable = !killed;
    return irrevocable;
  }

  /// Whether it has run for longer than others have to wait for it.
  public boolean overdue() {
    return overdue;
  }

  /// It has run for longer than others have to wait for it.
  public void becomesOverdue() {
    overdue = true;
  }

  /// Ends it; false if what it has done cannot be taken back.
  synchronized boolean kill() {
    killed = !irrevocable;
    return killed;
  }
}
