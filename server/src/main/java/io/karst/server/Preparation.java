package io.karst.server;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// Something that is made on a thread of its own while the start goes on.
final class Preparation<T> {
  private final FutureTask<T> task;

  Preparation(Supplier<T> maker) {
    task = new FutureTask<>(maker::get);
    Thread.ofPlatform().name("preparation").daemon().start(task);
  }

  /// What was made, once it is.
  ///
  /// - throws what the making threw.
  T await() {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new LinkageError("the preparation failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the server starts", e);
    }
  }
}
