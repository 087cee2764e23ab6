package io.karst.server.session;

import io.karst.commands.Args;
import io.karst.commands.Reply;
import io.karst.server.messages.Monitors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the commands of a script have done, until the event loop counts it. What is taken back does
/// not count.
///
/// Thread: the one that runs the script.
final class ScriptCounts {
  private static final int INITIAL = 8;

  /// Commands that took long, and how long each did.
  private record SlowCall(Route route, Args args, long nanos) {}

  /// So many of them are kept at most; those after them are left out.
  private static final int SLOW_MAX = 128;

  /// Bytes of lines for monitors that are kept.
  private static final int LINES_MAX = 1 << 20;

  /// Different commands, and how often each has run, has failed, and was refused.
  private Route[] routes = new Route[INITIAL];

  private int[] ran = new int[INITIAL];
  private int[] failed = new int[INITIAL];
  private int[] rejected = new int[INITIAL];
  private int size;

  /// The commands that have been called, as monitors are shown them.
  private final List<String> lines = new ArrayList<>(0);

  private long linesSize;

  private final List<SlowCall> slow = new ArrayList<>(0);

  private final Map<String, Integer> errors = new HashMap<>(0);
  private @Nullable String latestError;

  void clear() {
    Arrays.fill(ran, 0, size, 0);
    Arrays.fill(failed, 0, size, 0);
    Arrays.fill(rejected, 0, size, 0);
    size = 0;
    errors.clear();
    lines.clear();
    slow.clear();
    linesSize = 0;
    latestError = null;
  }

  /// A command has run.
  void ran(Route route, Reply reply) {
    int at = indexOf(route);
    ran[at]++;
    if (reply instanceof Reply.Err error) {
      failed[at]++;
      error(error.line());
    }
  }

  /// A command took long; that is told when the script is over.
  ///
  /// - `args`: valid during the call.
  void slow(Route route, Args args, long nanos) {
    if (slow.size() < SLOW_MAX) {
      slow.add(new SlowCall(route, args.detach(), nanos));
    }
  }

  /// A command was refused.
  void rejected(Route route, String line) {
    rejected[indexOf(route)]++;
    error(line);
  }

  /// A command was answered with an error.
  void error(String line) {
    errors.merge(WorkerStats.prefix(line), 1, Integer::sum);
    latestError = line;
  }

  /// Whether an error that the script ends with is that of its latest command that failed, which
  /// counts once.
  boolean has(String line) {
    return latestError != null && line.startsWith(latestError);
  }

  /// A command is called. Monitors are shown it when the script is over; beyond [#LINES_MAX] bytes
  /// at once, and again if the script has to begin anew.
  ///
  /// - `line`: as they are shown it.
  void called(Monitors monitors, String line) {
    linesSize += line.length();
    if (linesSize > LINES_MAX) {
      show(monitors);
      monitors.tell(line);
    } else {
      lines.add(line);
    }
  }

  /// Shows monitors what has been called.
  void show(Monitors monitors) {
    lines.forEach(monitors::tell);
    lines.clear();
  }

  private int indexOf(Route route) {
    for (int i = size - 1; i >= 0; i--) {
      if (routes[i] == route) {
        return i;
      }
    }
    if (size == routes.length) {
      routes = Arrays.copyOf(routes, 2 * size);
      ran = Arrays.copyOf(ran, 2 * size);
      failed = Arrays.copyOf(failed, 2 * size);
      rejected = Arrays.copyOf(rejected, 2 * size);
    }
    routes[size] = route;
    return size++;
  }

  private int calls() {
    int calls = 0;
    for (int i = 0; i < size; i++) {
      calls += ran[i];
    }
    return calls;
  }

  /// Adds it all up; each command has taken the same share of the time.
  void addTo(WorkerStats stats, Session session, long nanos) {
    for (SlowCall call : slow) {
      CallCosts.slow(session, call.route(), call.args(), call.nanos(), 0);
    }
    int calls = calls();
    session.counted(calls);
    long share = nanos / Math.max(1, calls);
    for (int i = 0; i < size; i++) {
      stats.ranInScript(routes[i].index, ran[i], share * ran[i], failed[i], rejected[i]);
    }
    errors.forEach(stats::errors);
  }
}
