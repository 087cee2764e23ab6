package io.karst.server.insight;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What has taken longer than `latency-monitor-threshold`: by the name of the event the latest
/// times, at most one a second, the longest of that second.
///
/// Thread-safe; only what was slow comes here.
public final class LatencyEvents {
  /// Times that are kept of an event.
  static final int SAMPLES_MAX = 160;

  private static final long NEVER = Long.MAX_VALUE;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Map<String, Series> events = new TreeMap<>();
  private volatile long thresholdNanos = NEVER;

  /// A time: when, in seconds since 1970, and how long.
  public record Sample(long seconds, long millis) {}

  /// What is known of one event.
  ///
  /// - `samples`: the oldest first, at least one.
  /// - `maxMillis`: the longest time ever, until it is forgotten.
  public record Event(String name, List<Sample> samples, long maxMillis) {
    public Sample latest() {
      return samples.getLast();
    }
  }

  private static final class Series {
    private final List<Sample> samples = new ArrayList<>();
    private long maxMillis;
  }

  /// What is slow; 0 if nothing is looked at.
  public void slowerThan(long millis) {
    thresholdNanos =
        millis <= 0 ? NEVER : Math.min(millis, NEVER / NANOS_PER_MILLI) * NANOS_PER_MILLI;
  }

  /// From how many nanoseconds on something is noted.
  public long thresholdNanos() {
    return thresholdNanos;
  }

  /// Notes a time, if it is long enough.
  public void took(String name, long nanos, long nowMillis) {
    if (nanos >= thresholdNanos) {
      note(name, nanos / NANOS_PER_MILLI, nowMillis / 1000);
    }
  }

  private synchronized void note(String name, long millis, long seconds) {
    Series series = events.computeIfAbsent(name, fresh -> new Series());
    series.maxMillis = Math.max(series.maxMillis, millis);
    List<Sample> samples = series.samples;
    if (!samples.isEmpty() && samples.getLast().seconds() == seconds) {
      long longest = Math.max(samples.getLast().millis(), millis);
      samples.set(samples.size() - 1, new Sample(seconds, longest));
      return;
    }
    if (samples.size() == SAMPLES_MAX) {
      samples.removeFirst();
    }
    samples.add(new Sample(seconds, millis));
  }

  /// The times of one event, the oldest first; none if it is not known.
  public synchronized List<Sample> history(String name) {
    Series series = events.get(name);
    return series == null ? List.of() : List.copyOf(series.samples);
  }

  /// All events, by name.
  public synchronized List<Event> all() {
    List<Event> all = new ArrayList<>();
    events.forEach(
        (name, series) -> all.add(new Event(name, List.copyOf(series.samples), series.maxMillis)));
    return all;
  }

  /// Forgets one event; whether it was known.
  public synchronized boolean reset(String name) {
    return events.remove(name) != null;
  }

  /// Forgets all events; returns how many.
  public synchronized int resetAll() {
    int count = events.size();
    events.clear();
    return count;
  }
}
