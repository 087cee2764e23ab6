package io.karst.bench.harness;

import java.io.PrintStream;
import java.util.Locale;

/// Tells whoever waits what is going on: a line a step, begun when the step begins.
public final class Progress {
  private final PrintStream out;
  private final long begin = System.nanoTime();
  private boolean inLine;

  public Progress(PrintStream out) {
    this.out = out;
  }

  /// Begins a step.
  public void step(String what) {
    endLine();
    long seconds = seconds();
    out.printf(Locale.ROOT, "[%2d:%02d] %s", seconds / 60, seconds % 60, what);
    out.flush();
    inLine = true;
  }

  /// Says something that has no results.
  public void note(String what) {
    step(what);
    endLine();
  }

  /// Adds a result to the step's line.
  public void result(String what) {
    out.print("  " + what);
    out.flush();
  }

  public void endLine() {
    if (inLine) {
      out.println();
      inLine = false;
    }
  }

  public long seconds() {
    return (System.nanoTime() - begin) / 1_000_000_000;
  }
}
