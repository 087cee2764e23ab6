package io.karst.bench.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The writers at work on one server.
///
/// Thread: the rounds'.
final class Crew {
  private final AtomicBoolean ending = new AtomicBoolean();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final CountDownLatch failed = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  private Crew() {}

  static Crew start(List<Writer> writers, int port) {
    Crew crew = new Crew();
    for (Writer writer : writers) {
      crew.threads.add(Thread.ofVirtual().start(() -> crew.run(writer, port)));
    }
    return crew;
  }

  private void run(Writer writer, int port) {
    try {
      writer.run(port, ending);
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
      failed.countDown();
    }
  }

  /// Lets them work for so long.
  ///
  /// - throws [io.karst.bench.ledger.LossException] or another, at once, if one of them does.
  void work(long millis) {
    try {
      if (failed.await(millis, TimeUnit.MILLISECONDS)) {
        throwFailure();
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /// From now on the server may go.
  void expectEnd() {
    ending.set(true);
  }

  /// Waits until the last of them has noticed that the server has gone.
  ///
  /// - throws what [#work] does.
  void awaitEnd() {
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
    throwFailure();
  }

  private void throwFailure() {
    RuntimeException thrown = failure.get();
    if (thrown != null) {
      throw thrown;
    }
  }

  private static IllegalStateException interrupted() {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted");
  }
}
