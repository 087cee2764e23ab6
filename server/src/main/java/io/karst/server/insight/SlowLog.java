package io.karst.server.insight;

import io.karst.base.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The latest commands that took longer than `slowlog-log-slower-than`, the latest first.
///
/// Thread-safe; only who has been slow comes here.
public final class SlowLog {
  /// Of the times that nothing takes.
  public static final long NEVER = Long.MAX_VALUE;

  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private long lastId = -1;
  private int countMax;
  private volatile long thresholdNanos = NEVER;

  /// One command.
  ///
  /// - `words`: shortened, and without secrets ([ShownWords]).
  /// - `address`, `name`: of the client.
  public record Entry(
      long id, long seconds, long micros, List<Bytes> words, String address, String name) {}

  /// What is slow.
  ///
  /// - `micros`: negative if nothing is.
  public void slowerThan(long micros) {
    thresholdNanos = micros < 0 ? NEVER : Math.min(micros, NEVER / 1000) * 1000;
  }

  /// From how many nanoseconds on a command is entered.
  public long thresholdNanos() {
    return thresholdNanos;
  }

  /// How many entries are kept.
  public synchronized void countMax(int count) {
    countMax = count;
    trim();
  }

  /// Enters a command.
  synchronized void add(long seconds, long micros, List<Bytes> words, String address, String name) {
    lastId++;
    entries.addFirst(new Entry(lastId, seconds, micros, words, address, name));
    trim();
  }

  /// The latest entries, up to `count`.
  public synchronized List<Entry> latest(int count) {
    return new ArrayList<>(entries).subList(0, Math.min(count, entries.size()));
  }

  public synchronized int size() {
    return entries.size();
  }

  /// Forgets all entries; their numbers go on.
  public synchronized void reset() {
    entries.clear();
  }

  private void trim() {
    while (entries.size() > countMax) {
      entries.removeLast();
    }
  }
}
