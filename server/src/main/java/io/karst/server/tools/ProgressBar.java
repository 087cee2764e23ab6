package io.karst.server.tools;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A line on the terminal that tells how far something is; nothing where there is no terminal.
///
/// ```
/// dump.rdb  [##########..........]  50 %   1,200,000 keys, 812,000/s
/// ```
/// Thread: its owner's.
final class ProgressBar implements AutoCloseable {
  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int WIDTH = 30;

  private final PrintWriter out;
  private final boolean shown;
  private final String title;
  private final long total;
  private final @Nullable LongSupplier keys;
  private final long begin = System.nanoTime();
  private long next = begin;
  private int length;

  /// - `title`: what is being read or written.
  /// - `total`: the end of what [#at] is told; 0 if it is not known.
  /// - `keys`: how many keys are done; null if it is not about keys.
  ProgressBar(
      PrintWriter out, boolean shown, String title, long total, @Nullable LongSupplier keys) {
    this.out = out;
    this.shown = shown;
    this.title = title;
    this.total = total;
    this.keys = keys;
  }

  /// Whether standard input and output are a terminal's. Some JDKs have no console if they are not.
  @SuppressWarnings("SystemConsoleNull")
  static boolean hasTerminal() {
    return System.console() != null && System.console().isTerminal();
  }

  /// Says how far it is; costs next to nothing if it has just been said.
  void at(long done) {
    if (!shown) {
      return;
    }
    long now = System.nanoTime();
    if (now - next >= 0) {
      next = now + INTERVAL_NANOS;
      print(line(done, now - begin));
    }
  }

  private String line(long done, long nanos) {
    StringBuilder line = new StringBuilder(title);
    if (total > 0) {
      int share = (int) (Math.min(done, total) * WIDTH / total);
      line.append("  [").append("#".repeat(share)).append(".".repeat(WIDTH - share));
      line.append(String.format(Locale.ROOT, "] %3d %%", Math.min(done, total) * 100 / total));
    }
    if (keys != null) {
      double seconds = Math.max(1, nanos) / (double) TimeUnit.SECONDS.toNanos(1);
      long count = keys.getAsLong();
      line.append(String.format(Locale.ROOT, "  %,d keys, %,.0f/s", count, count / seconds));
    }
    return line.toString();
  }

  private void print(String line) {
    String rest = " ".repeat(Math.max(0, length - line.length()));
    out.print("\r" + line + rest);
    out.flush();
    length = line.length();
  }

  /// Clears the line.
  @Override
  public void close() {
    if (length > 0) {
      out.print("\r" + " ".repeat(length) + "\r");
      out.flush();
    }
  }
}
