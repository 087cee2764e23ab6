package io.karst.bench.load;

import io.karst.bench.harness.HarnessException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/// A load of GETs and SETs on the keys of a [Dataset], for what `redis-benchmark` does not do:
/// choose keys by a distribution, check replies, and measure only while something else goes on.
///
/// Each connection sends as many requests at once as the pipeline is deep, and the next when it has
/// all replies; latency is the wait for those. A few threads serve all connections.
///
/// Thread: its owner's.
public final class LoadGenerator implements AutoCloseable {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final AtomicBoolean ending = new AtomicBoolean();
  private final Window window = new Window();
  private final List<LoadThread> loads = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private long cpuNanos;

  /// - `threads`: at most as many as there are connections.
  public record Settings(int port, Mix mix, int connections, int pipeline, int threads) {}

  private LoadGenerator() {}

  /// Begins; nothing is measured before [#open].
  public static LoadGenerator start(Settings settings) {
    LoadGenerator generator = new LoadGenerator();
    SplittableRandom random = new SplittableRandom(System.nanoTime());
    for (int i = 0; i < settings.threads; i++) {
      int share = settings.connections / settings.threads;
      int rest = i < settings.connections % settings.threads ? 1 : 0;
      LoadThread load =
          new LoadThread(
              settings, share + rest, generator.window, generator.ending, random.split());
      generator.loads.add(load);
      generator.threads.add(Thread.ofPlatform().name("load-" + i).daemon().start(load));
    }
    return generator;
  }

  /// Measures from now on.
  public void open() {
    cpuNanos -= cpu();
    window.open();
  }

  /// Measures no longer; it may be opened again.
  public void closeWindow() {
    window.close();
    cpuNanos += cpu();
  }

  /// For how long it has measured, the window being closed.
  public double seconds() {
    return window.seconds();
  }

  /// Ends the load and tells what it came to.
  ///
  /// - throws what has ended it early: a reply that is wrong, a server that has gone.
  public Outcome end() {
    close();
    Latencies reads = new Latencies();
    Latencies writes = new Latencies();
    long operations = 0;
    for (LoadThread load : loads) {
      load.addTo(reads, writes);
      operations += load.operations();
    }
    double busy = cpuNanos / 1e9 / window.seconds() / threads.size();
    return new Outcome(operations, window.seconds(), Spread.of(reads), Spread.of(writes), busy);
  }

  @Override
  public void close() {
    ending.set(true);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException("interrupted");
    }
  }

  /// A load of so many seconds, with some before that do not count.
  public static Outcome run(Settings settings, double warmUpSeconds, double seconds) {
    try (LoadGenerator generator = start(settings)) {
      generator.pause(warmUpSeconds);
      generator.open();
      generator.pause(seconds);
      generator.closeWindow();
      return generator.end();
    }
  }

  /// Lets it go on for a while; less, if it has ended early.
  public void pause(double seconds) {
    long endNanos = System.nanoTime() + (long) (seconds * 1e9);
    try {
      for (Thread thread : threads) {
        long restMillis = (endNanos - System.nanoTime()) / 1_000_000;
        if (restMillis > 0) {
          thread.join(restMillis);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException("interrupted");
    }
  }

  /// What the threads have worked; nothing of those that have ended.
  private long cpu() {
    long sum = 0;
    for (Thread thread : threads) {
      sum += Math.max(0, THREADS.getThreadCpuTime(thread.threadId()));
    }
    return sum;
  }
}
