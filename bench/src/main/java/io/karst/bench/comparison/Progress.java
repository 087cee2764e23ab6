package io.karst.bench.comparison;

import java.io.PrintStream;
import java.util.Locale;

/// Tells whoever waits what is going on: a line a step, begun when the step begins.
final class Progress {
  private final PrintStream out;
  private final long begin = System.nanoTime();
  private boolean inLine;

  Progress(PrintStream out) {
    this.out = out;
  }

  /// Begins a step.
  void step(String what) {
    endLine();
    long seconds = seconds();
    out.printf(Locale.ROOT, "[%2d:%02d] %s", seconds / 60, seconds % 60, what);
    out.flush();
    inLine = true;
  }

  /// Says something that has no results.
  void note(String what) {
    step(what);
    endLine();
  }

  /// Adds a result to the step's line.
  void result(String what) {
    out.print("  " + what);
    out.flush();
  }

  void endLine() {
    if (inLine) {
      out.println();
      inLine = false;
    }
  }

  long seconds() {
    return (System.nanoTime() - begin) / 1_000_000_000;
  }
}
