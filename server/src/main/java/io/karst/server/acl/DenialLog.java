package io.karst.server.acl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What was refused lately, the latest first (`ACL LOG`).
///
/// A refusal like one of the latest few within a minute of its first is the same entry, counted up.
/// Thread-safe.
public final class DenialLog {
  /// Where the command came from.
  public enum Context {
    TOPLEVEL,
    MULTI,
    LUA;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What is the same in refusals that are one entry.
  ///
  /// - `object`, `user`: one character a byte.
  public record Subject(Denial.Reason reason, Context context, String object, String user) {}

  /// - `count`: how often it happened.
  /// - `client`: the connection of the latest time, as `CLIENT LIST` shows it.
  /// - `firstMillis`, `lastMillis`: since 1970.
  public record Entry(
      long id, Subject subject, long count, String client, long firstMillis, long lastMillis) {}

  /// How many of the latest entries are looked at for the same.
  private static final int LOOKED_AT_MAX = 10;

  private static final long SAME_MILLIS = 60_000;

  private final Deque<Entry> entries = new ArrayDeque<>();
  private final Map<Denial.Reason, AtomicLong> counts = new EnumMap<>(Denial.Reason.class);
  private int lengthMax = Integer.MAX_VALUE;
  private long nextId;

  public DenialLog() {
    for (Denial.Reason reason : Denial.Reason.values()) {
      counts.put(reason, new AtomicLong());
    }
  }

  /// Keeps at most this many entries from now on (`acllog-max-len`).
  public synchronized void lengthMax(int entriesMax) {
    lengthMax = entriesMax;
    trim();
  }

  public synchronized void add(Subject subject, String client, long nowMillis) {
    counter(subject.reason()).incrementAndGet();
    Entry same = takeSame(subject, nowMillis);
    entries.addFirst(
        same == null
            ? new Entry(nextId++, subject, 1, client, nowMillis, nowMillis)
            : new Entry(same.id, subject, same.count + 1, client, same.firstMillis, nowMillis));
    trim();
  }

  private @Nullable Entry takeSame(Subject subject, long nowMillis) {
    Iterator<Entry> latest = entries.iterator();
    for (int looked = 0; latest.hasNext() && looked < LOOKED_AT_MAX; looked++) {
      Entry entry = latest.next();
      boolean recent = nowMillis - entry.firstMillis <= SAME_MILLIS;
      if (recent && entry.subject.equals(subject)) {
        latest.remove();
        return entry;
      }
    }
    return null;
  }

  /// At most `max` entries, the latest first.
  public synchronized List<Entry> latest(long max) {
    List<Entry> latest = new ArrayList<>();
    for (Entry entry : entries) {
      if (latest.size() >= max) {
        break;
      }
      latest.add(entry);
    }
    return latest;
  }

  public synchronized void clear() {
    entries.clear();
  }

  /// How often something was refused for this reason, since the start or [#resetCounts].
  public long count(Denial.Reason reason) {
    return counter(reason).get();
  }

  private AtomicLong counter(Denial.Reason reason) {
    return Objects.requireNonNull(counts.get(reason));
  }

  public void resetCounts() {
    counts.values().forEach(count -> count.set(0));
  }

  private void trim() {
    while (entries.size() > lengthMax) {
      entries.removeLast();
    }
  }
}
