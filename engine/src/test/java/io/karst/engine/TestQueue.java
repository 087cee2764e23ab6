package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Strings taken for queues of numbers of eight digits, and clients that take from them, for tests
/// of who waits.
final class TestQueue {
  private static final int DIGITS = 8;

  private TestQueue() {}

  /// Adds to the end of the queue at a key of the transaction's database.
  static void push(Tx tx, Key key, int number) {
    tx.append(key, Bytes.utf8(String.format("%0" + DIGITS + "d", number)));
  }

  /// The first of a queue, -1 if it is empty.
  static int pop(Tx tx, Key key) {
    Bytes all = tx.string(key);
    if (all == null) {
      return -1;
    }
    int number = Integer.parseInt(all.slice(0, DIGITS).utf8());
    if (all.length() == DIGITS) {
      tx.delete(key);
    } else {
      Bytes rest = all.slice(DIGITS, all.length() - DIGITS).copy();
      tx.putString(key, rest, Record.NO_EXPIRY);
    }
    return number;
  }

  /// Runs `body` in a transaction of its own that holds the locks of some keys.
  static void run(Engine engine, List<Key> keys, Consumer<Tx> body) {
    Tx tx = engine.borrow();
    try {
      tx.begin(engine.clock().wallMillis(), 0);
      tx.lock(keys.toArray(Key[]::new), keys.size());
      try {
        body.accept(tx);
      } finally {
        tx.end();
      }
    } finally {
      engine.giveBack(tx);
    }
  }

  /// What a client got, and from where.
  record Taken(int queue, int number) {}

  /// Takes from the first of some queues that is not empty.
  static final class Client implements Waiter.Client {
    final CompletableFuture<Taken> answer = new CompletableFuture<>();
    final List<Key> keys;
    final Waiter waiter;
    private final Engine engine;
    private final boolean rerun;
    private @Nullable Taken taken;
    volatile boolean open = true;
    volatile int runs;
    volatile int postponements;

    /// Called under the locks when it takes.
    Consumer<Taken> witness = ignored -> {};

    /// - `rerun`: whether it is served on a thread of its own when it is postponed.
    Client(Engine engine, boolean rerun, List<String> names) {
      this.engine = engine;
      this.rerun = rerun;
      keys = new ArrayList<>();
      names.forEach(name -> keys.add(Key.of(name)));
      waiter = new Waiter(0, keys.toArray(Key[]::new), keys.size(), null, false, this);
    }

    /// Takes, or waits; `whenWaiting` is called under the locks.
    Client start(Runnable whenWaiting) {
      run(
          engine,
          keys,
          tx -> {
            if (!serve(tx)) {
              tx.waits().enter(waiter);
              whenWaiting.run();
            }
          });
      if (taken != null && waiter.entries[0] == null) {
        answer.complete(taken);
      }
      return this;
    }

    boolean cancel() {
      return engine.waiters().cancel(waiter);
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // Whoever runs it has it to himself.
    public boolean serve(Tx tx) {
      runs++;
      for (int i = 0; i < keys.size(); i++) {
        Key key = keys.get(i);
        int number = tx.exists(key) && tx.waits().mayTake(key) ? pop(tx, key) : -1;
        if (number >= 0) {
          taken = new Taken(i, number);
          witness.accept(taken);
          return true;
        }
      }
      return false;
    }

    @Override
    public void served(Tx tx) {
      answer.complete(taken);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // Whoever runs it has it to himself.
    public void postponed() {
      postponements++;
      if (rerun) {
        Thread.ofVirtual().start(this::again);
      }
    }

    /// Serves it after it was postponed.
    void again() {
      TestQueue.run(engine, keys, tx -> tx.waits().again(waiter));
    }
  }
}
