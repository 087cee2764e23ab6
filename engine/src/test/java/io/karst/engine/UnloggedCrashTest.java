package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.base.FaultyDisk;
import io.karst.history.FrameVisitor;
import io.karst.history.Log;
import io.karst.history.Wal;
import io.karst.history.WalOptions;
import io.karst.history.WalReader;
import io.karst.lsm.SimulatedTier;
import io.karst.memory.Record;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A store that writes no history, and crashes in the middle of a checkpoint: keys may be older
/// than they were, but each is as it once was.
class UnloggedCrashTest {
  private static final long SEED = 1;

  private final ManualClock clock = new ManualClock();
  private final FaultyDisk disk = new FaultyDisk(SEED);
  private final SimulatedTier tier = new SimulatedTier();
  private SimulatedTier current = tier;
  private Engine engine;

  private static final class Cut extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @AfterEach
  void close() {
    engine.closeUnsaved();
  }

  @Test
  void aKeyThatWasDeletedIsNotMadeOfTheEndOfItsHistory() {
    open(true);
    push("first");
    engine.checkpoints().runNow();
    push("second");
    reopen(false);
    delete();
    crashInCheckpoint();
    reopen(true);
    assertThat(list()).isIn(List.of(), List.of("first", "second"));
    assertThat(engine.size(0)).isEqualTo(list().isEmpty() ? 0 : 1);
  }

  @Test
  void anEmptiedDatabaseHasNothingOfOneThatNoCheckpointKnows() {
    open(false);
    put("old");
    engine.checkpoints().runNow();
    flush();
    put("between");
    crashInCheckpoint();
    reopen(false);
    assertThat(get("old")).isEqualTo("old");
    flush();
    put("new");
    assertThat(get("between")).isNull();
    engine.checkpoints().runNow();
    reopen(false);
    assertThat(engine.size(0)).isEqualTo(1);
    assertThat(get("between")).isNull();
    assertThat(get("new")).isEqualTo("new");
    assertThat(current.databases()).hasSize(1);
  }

  /// Writes a part of a round, which RocksDB is free to make safe on its own.
  private void crashInCheckpoint() {
    long end = current.steps() + 1;
    current.beforeStep(step -> {
      if (step == end) {
        throw new Cut();
      }
    });
    assertThatThrownBy(() -> engine.checkpoints().runNow()).isInstanceOf(Cut.class);
    current.beforeStep(step -> {});
    current.flush();
  }

  private void reopen(boolean logged) {
    SimulatedTier former = current;
    engine.abandon();
    engine.log().close();
    current = former.powerCut(() -> 0);
    open(logged);
  }

  private void open(boolean logged) {
    engine =
        Engine.open(
            EngineOptions.defaults(SEED)
                .withClock(clock)
                .withMaintenance(false)
                .withStorage(
                    new Storage((from, visitor) -> history(from, visitor, logged), current)));
  }

  private Log history(long from, FrameVisitor visitor, boolean logged) {
    WalOptions options =
        WalOptions.defaults(disk, SEED).withClock(clock).withThread(false).withSegmentSize(16384);
    try {
      if (!Wal.exists(disk)) {
        return logged ? Wal.create(options, from) : Log.none(from);
      }
      try (WalReader reader = WalReader.open(options, from)) {
        long end = reader.replay(visitor);
        return logged ? Wal.open(options, reader) : Log.none(end);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void push(String element) {
    try (StoreDriver store = new StoreDriver(engine)) {
      store.run(
          "list", key -> store.tx().listForUpdate(key).push(false, List.of(Bytes.utf8(element))));
    }
  }

  private void delete() {
    try (StoreDriver store = new StoreDriver(engine)) {
      store.run("list", key -> store.tx().delete(key));
    }
  }

  private List<String> list() {
    try (StoreDriver store = new StoreDriver(engine)) {
      return store.with(
          "list",
          key -> {
            List<String> elements = new ArrayList<>();
            ListView list = store.tx().list(key);
            list.forEach(0, list.size(), true, element -> elements.add(element.utf8()));
            return elements;
          });
    }
  }

  private void put(String name) {
    try (StoreDriver store = new StoreDriver(engine)) {
      store.run(name, key -> store.tx().putString(key, Bytes.utf8(name), Record.NO_EXPIRY));
    }
  }

  private String get(String name) {
    try (StoreDriver store = new StoreDriver(engine)) {
      return store.with(
          name,
          key -> {
            Bytes value = store.tx().string(key);
            return value == null ? null : value.utf8();
          });
    }
  }

  private void flush() {
    try (StoreDriver store = new StoreDriver(engine)) {
      store.tx().begin(clock.wallMillis(), 0);
      store.tx().lockAll();
      try {
        store.tx().all().flush(0);
      } finally {
        store.tx().end();
      }
    }
  }
}
