package io.karst.transfer;

import io.karst.base.Bytes;
import io.karst.base.Clock;
import io.karst.base.CommandException;
import io.karst.base.Fault;
import io.karst.engine.Engine;
import io.karst.engine.Libraries;
import io.karst.engine.Need;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import io.karst.rdb.RdbEntry;
import io.karst.rdb.RdbException;
import io.karst.rdb.RdbVisitor;

/// Puts the entries and the libraries of functions of RDB files into a store, replacing the keys
/// that are there already. What is due is left out and counted.
///
/// ```java
/// try (Importer importer = new Importer(engine)) {
///   new RdbFileReader().read(in, importer);
///   importer.finish();
/// }
/// ```
///
/// How it works: some entries at a time become one transaction, so that the cache misses of their
/// look-ups overlap and the history has one frame for all of them; a large one is on its own.
///
/// Thread: its owner's, not an event loop.
public final class Importer implements RdbVisitor, AutoCloseable {
  private static final int BATCH = 32;

  /// Bytes of values in a batch, beyond which it is full.
  private static final int BATCH_SIZE = 1 << 18;

  private final Engine engine;
  private final Clock clock;
  private final Tx tx;
  private final RdbEntry[] entries = new RdbEntry[BATCH];
  private final Key[] keys = new Key[BATCH];
  private int count;
  private int size;

  /// The first of them that is not in the store yet.
  private int next;

  private long imported;
  private long due;

  public Importer(Engine engine) {
    this.engine = engine;
    clock = engine.clock();
    tx = engine.newTx();
    for (int i = 0; i < BATCH; i++) {
      keys[i] = new Key();
    }
  }

  /// - throws [RdbException] if the entry, or one before it, cannot be put into the store.
  @Override
  public void entry(RdbEntry entry) {
    if (entry.database() >= engine.databases()) {
      throw new RdbException(
          entry.offset(),
          "database " + entry.database() + ", where there are only " + engine.databases());
    }
    if (count > 0 && entries[0].database() != entry.database()) {
      finish();
    }
    entries[count] = entry.copy();
    keys[count].set(entry.key());
    count++;
    size += entry.value().value().length();
    if (count == BATCH || size >= BATCH_SIZE) {
      finish();
    }
  }

  /// Puts a library of functions into the store, in the place of one of its name; false if it does
  /// not tell its name.
  @Override
  public boolean function(Bytes source) {
    String name = LibraryName.of(source);
    if (name == null) {
      return false;
    }
    tx.begin(clock.wallMillis(), 0);
    tx.slots().add(Libraries.SLOT);
    tx.lock();
    try {
      tx.libraries().put(name, source);
    } finally {
      tx.end();
    }
    return true;
  }

  /// Puts what it still holds into the store; to be called at the end. Waits where memory is short.
  public void finish() {
    if (count == 0) {
      return;
    }
    try {
      engine.eviction().admit(tx, count, size);
      putUntilRoom();
    } finally {
      next = 0;
      count = 0;
      size = 0;
    }
  }

  /// Where an entry finds no memory, makes room and goes on with it.
  private void putUntilRoom() {
    int attempt = 0;
    while (next < count) {
      int before = next;
      try {
        putRest();
      } catch (Fault.OutOfMemory full) {
        attempt = next == before ? attempt : 0;
        if (!engine.eviction().makeRoom(tx, full, Need.GROW, attempt++)) {
          throw full;
        }
      }
    }
  }

  private void putRest() {
    tx.begin(clock.wallMillis(), entries[0].database());
    try {
      tx.lock(keys, count);
      tx.prefetch(keys, count);
      for (; next < count; next++) {
        put(keys[next], entries[next]);
      }
    } finally {
      tx.end();
    }
  }

  private void put(Key key, RdbEntry entry) {
    if (entry.expiryMillis() != Record.NO_EXPIRY && entry.expiryMillis() <= tx.now()) {
      due++;
      return;
    }
    tx.next(entry.database());
    try {
      Payloads.put(tx, key, entry.value(), entry.expiryMillis());
    } catch (CommandException refused) {
      throw entry.refused(refused.line());
    }
    Payloads.putAccess(tx, key, entry.access());
    imported++;
  }

  /// How many entries are in the store.
  public long imported() {
    return imported;
  }

  /// How many entries were due.
  public long due() {
    return due;
  }

  /// Lets go of its transaction; what has not been put into the store is forgotten.
  @Override
  public void close() {
    tx.close();
  }
}
