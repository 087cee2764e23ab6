package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.base.Clock;
import io.karst.base.Fault;
import io.karst.history.KeptLog;
import io.karst.keyspace.Key;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// A store in memory whose history is kept, for a test that holds values of one type against a
/// model of them: it takes memory away, has the history replayed elsewhere, and sees that nothing
/// is left at the end.
final class LoggedStore {
  private static final String HOARD = "hoard";

  final Engine engine;
  final Tx tx;
  private final EngineOptions options;
  private final KeptLog log = new KeptLog();
  private final StoreDriver driver;
  private final long limit;

  LoggedStore(long seed, Clock clock) {
    options = EngineOptions.defaults(seed).withClock(clock).withMaintenance(false);
    engine = Engine.open(options.withLog(log));
    driver = new StoreDriver(engine);
    tx = driver.tx();
    limit = engine.memory().limitBytes();
  }

  void in(String name, int database, Consumer<Key> action) {
    driver.with(
        database,
        name,
        key -> {
          action.accept(key);
          return true;
        });
  }

  /// Takes what memory is left.
  ///
  /// - `add`: adds an element to the value of a key.
  void starve(BiConsumer<Key, Bytes> add) {
    engine.memory().limit(engine.memory().totalBytes());
    in(HOARD, 0, key -> hoard(key, add));
  }

  private void hoard(Key key, BiConsumer<Key, Bytes> add) {
    for (int size = 8_000; size > 0; size /= 2) {
      try {
        while (true) {
          tx.next(0); // What a command has begun to change it may end beyond the limit.
          add.accept(key, Bytes.of(new byte[size]));
        }
      } catch (Fault.OutOfMemory full) {
        // On with smaller ones.
      }
    }
  }

  /// Gives back what [#starve] has taken.
  void feed() {
    in(HOARD, 0, tx::delete);
    engine.memory().limit(limit);
  }

  /// Shows what the effects alone have made of an empty store.
  void replayed(Consumer<StoreDriver> look) {
    try (Engine other = Engine.open(options);
        StoreDriver copy = new StoreDriver(other)) {
      log.effects().forEach(new Replay(copy.tx())::apply);
      look.accept(copy);
    }
  }

  /// Deletes these keys of both databases, and so all there are; no memory is in use then.
  void end(Collection<String> names) {
    for (String name : names) {
      in(name, 0, tx::delete);
      in(name, 1, tx::delete);
    }
    while (engine.reclaimed().pendingBytes() > 0) {
      Thread.onSpinWait(); // Large ones are freed by another thread.
    }
    driver.close();
    assertThat(engine.memory().liveBytes()).isZero();
    engine.close();
  }
}
