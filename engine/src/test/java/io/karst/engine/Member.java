package io.karst.engine;

import io.karst.engine.MemberLog.Committed;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.lsm.Stored;
import io.karst.lsm.Tier;
import io.karst.memory.Record;
import io.karst.value.NodeLimit;
import io.karst.value.ValueType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// One of several stores that hold the same, for tests: an engine, its log, and what lets it follow
/// or lead.
final class Member {
  static final int DATABASES = 2;
  private static final int AMENDED_FROM = 1 << 10;

  final Tier tier;
  final Engine engine;
  final MemberLog log;
  final Replica replica;
  final StoreDriver store;
  private final Committed committed;

  private Member(Committed committed, Tier tier, Engine engine) {
    this.committed = committed;
    this.tier = tier;
    this.engine = engine;
    this.log = (MemberLog) engine.log();
    this.replica = new Replica(engine);
    this.store = new StoreDriver(engine);
  }

  /// One that goes on from what its tier has.
  static Member open(Committed committed, Tier tier, ManualClock clock, long seed) {
    Storage storage = new Storage((from, _) -> new MemberLog(committed, from), tier);
    return open(committed, storage.withAmendedFrom(AMENDED_FROM).withFollows(true), clock, seed);
  }

  /// One that goes on from what its directory has.
  static Member open(Committed committed, Path directory, ManualClock clock, long seed) {
    DirectoryOptions options =
        DirectoryOptions.defaults(directory, seed).withClock(clock).withDatabases(DATABASES);
    try {
      Storage storage = DataDirectory.open(options, (from, _) -> new MemberLog(committed, from));
      return open(committed, storage.withAmendedFrom(Stored.AMENDED_SIZE_MIN), clock, seed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Member open(Committed committed, Storage storage, ManualClock clock, long seed) {
    EngineOptions options =
        EngineOptions.defaults(seed)
            .withDatabases(DATABASES)
            .withClock(clock)
            .withMaintenance(false)
            .withStorage(storage);
    return new Member(
        committed, Objects.requireNonNull(storage.tier()), small(Engine.open(options)));
  }

  /// Lets what is small be large.
  static Engine small(Engine engine) {
    engine.encodings().hashEntriesMax(8);
    engine.encodings().setEntriesMax(8);
    engine.encodings().sortedSetEntriesMax(8);
    engine.encodings().listNodeLimit(NodeLimit.of(10));
    engine.encodings().streamNodeEntriesMax(10);
    return engine;
  }

  /// Applies up to `count` frames that are committed; how many it were.
  int apply(int count) {
    var frames = committed.from(log.tail(), count);
    replica.apply(frames, log::at);
    log.applied();
    return frames.size();
  }

  /// Applies all that is committed, and leads.
  void lead() {
    var _ = apply(Integer.MAX_VALUE);
    replica.lead(() -> log.leads(true));
  }

  /// Is taken back to what its tier has.
  void rewind() {
    long lsn = replica.rewind(() -> log.reset(replica.checkpointLsn()));
    if (lsn != log.tail()) {
      throw new AssertionError("it is at " + log.tail() + ", and was taken back to " + lsn);
    }
  }

  /// As [#rewind], to what another has copied.
  void replaceTier(Path copy) {
    long lsn = replica.replaceTier(copy, () -> log.reset(replica.checkpointLsn()));
    if (lsn != log.tail()) {
      throw new AssertionError("it is at " + log.tail() + ", and has the tier of " + lsn);
    }
  }

  /// Drops a key from memory, if the tier has it; whether it has.
  boolean spill(int database, String name) {
    return spill(store, database, name);
  }

  /// As the other, on a thread of its own.
  boolean spill(StoreDriver own, int database, String name) {
    Key key = Key.of(name);
    Tx tx = own.tx();
    tx.begin(engine.clock().wallMillis(), database);
    tx.slots().add(key.slot());
    tx.lock();
    try {
      Database data = tx.keyspace().find(database);
      key.hash(tx.keyspace().hasher());
      long record = data == null ? Record.NONE : data.find(key);
      return record != Record.NONE
          && !Record.tombstone(record)
          && tx.records().residency().spill(database, key, record);
    } finally {
      tx.end();
    }
  }

  /// All that it holds, as text: libraries, sizes, and each key with its expiry and its value.
  Map<String, String> content() {
    return content(engine, store);
  }

  static Map<String, String> content(Engine engine, StoreDriver store) {
    Map<String, String> content = new TreeMap<>();
    engine.libraries().all().forEach((name, source) -> content.put("lib " + name, source.utf8()));
    for (int database = 0; database < DATABASES; database++) {
      int in = database;
      content.put(in + " size", engine.size(in) + " " + engine.expiring(in));
      store.tx().begin(engine.clock().wallMillis(), in);
      Set<String> names = new TreeSet<>();
      store.tx().all().forEach(-1, (key, type, expiry) -> names.add(key.utf8()));
      store.tx().end();
      for (String name : names) {
        content.put(in + " " + name, store.with(in, name, key -> text(store.tx(), key)));
      }
    }
    return content;
  }

  private static String text(Tx tx, Key key) {
    return tx.type(key) == ValueType.STRING
        ? tx.expiry(key) + " " + tx.string(key)
        : RandomChanges.text(tx, key);
  }

  /// As the end of the process, whose files are let go of: nothing is written any more.
  void kill() {
    store.close();
    replica.close();
    engine.closeUnsaved();
  }

  /// As the end of the process: nothing is written any more.
  void abandon() {
    store.close();
    replica.close();
    engine.abandon();
  }
}
