package io.karst.bench.clients;

import io.karst.bench.harness.HarnessException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Clients that come, ask once, and go: of each three one takes its leave, one goes in the middle
/// of a request, and one vanishes.
final class Churn {
  /// How many are there at a time.
  private static final int AT_A_TIME = 16;

  private static final byte[] HALF = Guest.bytes("*3\r\n$3\r\nSET\r\n$100\r\nabc");

  /// How a client is made.
  interface Door {
    Guest enter() throws IOException;
  }

  private Churn() {}

  static void run(Door door, int count) {
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(AT_A_TIME)) {
      for (int i = 0; i < AT_A_TIME; i++) {
        int first = i;
        all.add(
            pool.submit(() -> {
              for (int number = first; number < count; number += AT_A_TIME) {
                visit(door, number);
              }
              return null;
            }));
      }
    }
    for (Future<?> each : all) {
      await(each);
    }
  }

  private static void visit(Door door, int number) throws IOException {
    try (Guest guest = door.enter()) {
      guest.ping();
      switch (number % 3) {
        case 0 -> {}
        case 1 -> guest.send(HALF);
        default -> guest.vanish();
      }
    }
  }

  private static void await(Future<?> each) {
    try {
      each.get();
    } catch (ExecutionException e) {
      throw new HarnessException("a client failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException("interrupted");
    }
  }
}
