package io.karst.bench.quorum;

import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.Pause;
import io.karst.bench.load.Latencies;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Clients who each send a request when the one before has been answered.
///
/// Thread: its owner's.
final class Clients {
  private static final int WARM_UP_MILLIS = 1000;

  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private volatile boolean measures;
  private volatile boolean over;

  /// What they have measured.
  ///
  /// - `perSecond`: requests that were answered.
  /// - `p99Millis`: how long 99 of 100 took at most.
  record Figures(double perSecond, double p99Millis) {}

  private Clients() {}

  /// - throws [HarnessException] if one of them is answered with an error, or not at all.
  static Figures run(Talker.Source source, int count, double seconds) {
    return new Clients().measure(source, count, seconds);
  }

  /// Lets so many clients send so many requests each.
  ///
  /// - throws what [#run] does.
  static void each(Talker.Source source, int count, int requests) {
    Clients clients = new Clients();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      threads.add(Thread.ofVirtual().start(() -> clients.talk(source, requests)));
    }
    clients.join(threads);
  }

  private void talk(Talker.Source source, int requests) {
    try (Talker talker = source.next()) {
      for (int i = 0; i < requests; i++) {
        talker.talk();
      }
    } catch (IOException | HarnessException e) {
      failure.compareAndSet(null, e);
    }
  }

  private Figures measure(Talker.Source source, int count, double seconds) {
    List<Latencies> all = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Latencies latencies = new Latencies();
      all.add(latencies);
      threads.add(Thread.ofVirtual().start(() -> work(source, latencies)));
    }
    Pause.millis(WARM_UP_MILLIS);
    long beginNanos = System.nanoTime();
    measures = true;
    Pause.millis((long) (1000 * seconds));
    measures = false;
    double elapsed = (System.nanoTime() - beginNanos) / 1e9;
    over = true;
    join(threads);
    Latencies sum = new Latencies();
    all.forEach(sum::add);
    return new Figures(sum.count() / elapsed, sum.percentileMillis(99));
  }

  private void work(Talker.Source source, Latencies latencies) {
    try (Talker talker = source.next()) {
      while (!over) {
        long beginNanos = System.nanoTime();
        talker.talk();
        if (measures) {
          latencies.add(System.nanoTime() - beginNanos);
        }
      }
    } catch (IOException | HarnessException e) {
      failure.compareAndSet(null, e);
    }
  }

  private void join(List<Thread> threads) {
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException("interrupted");
    }
    Exception thrown = failure.get();
    if (thrown != null) {
      throw new HarnessException("a client failed", thrown);
    }
  }
}
