package io.karst.cluster;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Orders that are given again: one may fail because a leader has just changed.
final class Ordering {
  private static final Logger LOG = LoggerFactory.getLogger(Ordering.class);

  private Ordering() {}

  /// Orders until it is so.
  static void until(Supplier<CompletionStage<Void>> order, BooleanSupplier done) {
    AtomicReference<String> refusal = new AtomicReference<>("nothing");
    await()
        .atMost(TestMember.PATIENCE)
        .until(() -> done.getAsBoolean() || isDone(order, done, refusal));
  }

  private static boolean isDone(
      Supplier<CompletionStage<Void>> order,
      BooleanSupplier done,
      AtomicReference<String> refusal) {
    Throwable failure =
        order.get().handle((nothing, refused) -> refused).toCompletableFuture().join();
    if (failure != null && !failure.toString().equals(refusal.getAndSet(failure.toString()))) {
      LOG.warn("An order was refused, and is given again: {}", refusal);
    }
    return done.getAsBoolean();
  }
}
