package io.karst.server.session;

import io.karst.base.Clock;
import io.karst.server.insight.HotKeySketch;
import io.karst.server.insight.Insight;
import io.karst.server.messages.Monitors;
import io.karst.server.resp.ReplyBuffer;
import org.jspecify.annotations.Nullable;

/// Counts the commands of a group, and how long each took, without a look at the clock for each.
///
/// A command that may go through many elements is timed by itself; those that are fast by nature
/// ([Route#fast], as `GET`), one after the other, are timed together, and each counts as an even
/// share, unless something so short is looked for that all are timed ([Insight#isFine]). What the
/// group takes besides its commands, for its locks and for the history, they share evenly, too.
///
/// Reused for each group; nothing is allocated. Thread: its dispatcher's.
final class GroupCosts {
  private final Group group;
  private final WorkerStats stats;
  private final Clock clock;
  private final Insight insight;
  private final Monitors monitors;

  /// Behind which command each timed piece ends, and how long it took.
  private final int[] ends = new int[Group.SIZE_MAX];

  private final long[] nanos = new long[Group.SIZE_MAX];
  private int pieces;

  /// The commands before this one are timed.
  private int timed;

  /// What went by besides.
  private long around;

  private long before;
  private boolean fine;

  /// Where what keys cost is noted, if somebody wants to know, and the bytes of each reply then.
  private @Nullable HotKeySketch sketch;

  private final long[] sizes = new long[Group.SIZE_MAX];

  GroupCosts(Server server, WorkerStats stats, Group group) {
    this.group = group;
    this.stats = stats;
    clock = server.clock();
    insight = server.insight();
    monitors = server.monitors();
  }

  /// A group begins.
  void begin() {
    pieces = 0;
    timed = 0;
    around = 0;
    fine = insight.isFine();
    sketch = stats.sketch();
    before = clock.monotonicNanos();
  }

  /// The command at `index` is about to run.
  void before(int index, Route route, ReplyBuffer out) {
    if (sketch != null) {
      sizes[index] = -out.written();
    }
    if ((fine || !route.fast) && (index == 0 || timed < index)) {
      mark(index);
    }
  }

  /// The command at `index` has run.
  void after(int index, Route route, ReplyBuffer out) {
    if (sketch != null) {
      sizes[index] += out.written();
    }
    if (fine || !route.fast) {
      mark(index + 1);
    }
  }

  private void mark(int end) {
    long now = clock.monotonicNanos();
    if (end == timed) {
      around += now - before;
    } else {
      ends[pieces] = end;
      nanos[pieces++] = now - before;
      timed = end;
    }
    before = now;
  }

  /// The group has ended, of which `ran` commands ran, at least one: counts them.
  void end(Session session, int ran, long nowMillis) {
    mark(ran);
    long share = around / ran;
    Route latest = null;
    for (int piece = 0, from = 0; piece < pieces; piece++) {
      Route last = count(session, from, ends[piece], nanos[piece] + share * (ends[piece] - from));
      latest = last == null ? latest : last;
      from = ends[piece];
    }
    if (latest != null) {
      boolean waits = session.blocked() != null; // It counts when it is answered.
      session.ran(latest.command, waits ? ran - 1 : ran, nowMillis);
    }
  }

  /// Counts the commands of a piece; the last of them, null if all were refused.
  private @Nullable Route count(Session session, int from, int to, long took) {
    long share = took / (to - from);
    Route last = null;
    for (int i = from; i < to; i++) {
      Route route = group.route(i);
      if (route != null) {
        last = route;
        if (monitors.any()) {
          CallCosts.show(session, session.database(), route, group.args(i));
        }
        boolean waits = i == to - 1 && session.blocked() != null;
        if (waits) {
          stats.began(route.index, share);
        } else {
          stats.called(route.index, share);
          if (sketch != null) {
            sketch.ran(route.command, route.keyed, group.args(i), share, sizes[i]);
          }
        }
      }
    }
    if (took >= insight.alarmNanos() && session.blocked() == null) {
      slow(session, from, to, took);
    }
    return last;
  }

  private void slow(Session session, int from, int to, long took) {
    for (int i = from; i < to; i++) {
      Route route = group.route(i);
      if (route != null) {
        CallCosts.slow(session, route, group.args(i), took, to - i - 1);
        return;
      }
    }
  }
}
