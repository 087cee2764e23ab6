package io.karst.bench.quorum;

import io.karst.bench.cluster.ClusterClient;
import io.karst.bench.cluster.Reply;
import io.karst.bench.harness.HarnessException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Clients that write and follow redirections, and for how long none of them got through.
///
/// Thread: its owner's.
final class Watch implements AutoCloseable {
  private static final int REPLY_MILLIS = 10_000;

  private final AtomicLong lastNanos = new AtomicLong(System.nanoTime());
  private final AtomicLong worstNanos = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean over;

  Watch(List<Integer> ports, int clients, Seeds seeds) {
    for (int i = 0; i < clients; i++) {
      threads.add(Thread.ofVirtual().start(() -> work(ports, seeds)));
    }
  }

  private void work(List<Integer> ports, Seeds seeds) {
    var random = seeds.next();
    try (ClusterClient client = new ClusterClient(ports, REPLY_MILLIS, random)) {
      while (!over) {
        String key = Measured.KEYS.next(random);
        switch (client.ask(List.of("SET", key, Measured.KEYS.value()))) {
          case Reply.Done _ -> gotThrough();
          case Reply.Refused(String why) -> refused(why);
          case Reply.Unknown _ -> errors.incrementAndGet();
        }
      }
    } catch (HarnessException e) {
      errors.incrementAndGet();
    }
  }

  private void refused(String why) {
    if (!why.startsWith("MOVED")) {
      errors.incrementAndGet();
    }
  }

  private void gotThrough() {
    long now = System.nanoTime();
    long before = lastNanos.getAndAccumulate(now, Math::max);
    worstNanos.accumulateAndGet(now - before, Math::max);
  }

  /// Begins anew.
  void reset() {
    errors.set(0);
    lastNanos.set(System.nanoTime());
    worstNanos.set(0);
  }

  /// The longest time in which nobody got through.
  double worstMillis() {
    return worstNanos.get() / 1e6;
  }

  /// What was neither done nor redirected.
  long errors() {
    return errors.get();
  }

  @Override
  public void close() {
    over = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException("interrupted");
    }
  }
}
