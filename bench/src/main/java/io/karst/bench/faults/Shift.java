package io.karst.bench.faults;

import io.karst.bench.harness.HarnessException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The clients of a round at work.
///
/// Thread: the rounds'.
final class Shift {
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final List<Thread> threads = new ArrayList<>();

  private Shift() {}

  static Shift start(List<? extends Client> clients) {
    Shift shift = new Shift();
    for (Client client : clients) {
      shift.threads.add(Thread.ofVirtual().start(() -> shift.work(client)));
    }
    return shift;
  }

  private void work(Client client) {
    try {
      while (!over.get() && failure.get() == null) {
        client.step();
      }
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    } finally {
      client.end();
    }
  }

  /// - throws what has gone wrong so far.
  void check() {
    RuntimeException thrown = failure.get();
    if (thrown != null) {
      throw thrown;
    }
  }

  /// Lets everybody come to an end.
  ///
  /// - throws what has gone wrong.
  void end() {
    stop();
    check();
  }

  /// Lets everybody come to an end, whatever has gone wrong.
  void stop() {
    over.set(true);
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
