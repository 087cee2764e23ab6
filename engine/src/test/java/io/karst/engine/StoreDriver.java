package io.karst.engine;

import io.karst.keyspace.Key;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// Runs single calls of a [Tx] as whole transactions, or between [#begin] and [#end] as one.
final class StoreDriver implements AutoCloseable {
  private final Tx tx;
  private final Engine engine;
  private boolean together;

  StoreDriver(Engine engine) {
    this.engine = engine;
    this.tx = engine.newTx();
  }

  <T> T with(String name, Function<Key, T> call) {
    return with(0, name, call);
  }

  <T> T with(int database, String name, Function<Key, T> call) {
    Key key = Key.of(name);
    if (together) {
      tx.next(database);
      return call.apply(key);
    }
    tx.begin(engine.clock().wallMillis(), database);
    tx.lock(new Key[] {key}, 1);
    try {
      return call.apply(key);
    } finally {
      tx.end();
    }
  }

  /// Begins a transaction of the calls that follow, which may touch any key.
  void begin() {
    tx.begin(engine.clock().wallMillis(), 0);
    tx.lockAll();
    together = true;
  }

  void end() {
    together = false;
    tx.end();
  }

  boolean is(String name, Predicate<Key> call) {
    return with(name, call::test);
  }

  long number(String name, ToLongFunction<Key> call) {
    return with(name, call::applyAsLong);
  }

  void run(String name, Consumer<Key> call) {
    with(
        name,
        key -> {
          call.accept(key);
          return true;
        });
  }

  Tx tx() {
    return tx;
  }

  @Override
  public void close() {
    tx.close();
  }
}
