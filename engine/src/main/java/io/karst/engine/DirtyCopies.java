package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.keyspace.TierCounts;
import io.karst.lsm.Amended;
import io.karst.lsm.Stored;
import io.karst.lsm.TierBatch;
import io.karst.lsm.TierBatch.Change;
import io.karst.lsm.TierBatch.Place;
import io.karst.memory.Record;
import io.karst.memory.RecordTable;
import io.karst.value.Amendments;
import io.karst.value.LargeValue;
import io.karst.value.RdbWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Dirty records and tombstones on their way to the tier: copied, clean from then on, and then
/// either written or dirty again. Thread: the checkpoint's.
final class DirtyCopies {
  private static final int BYTES_KEPT = 4 << 20;

  private final Engine engine;
  private final Keyspace keyspace;
  private final Tx tx;
  private final ValueCodec codec;
  private TierBatch batch = new TierBatch();
  private final Set<Integer> databases = new HashSet<>();
  private long lsn;

  /// How many were written so far.
  private long writtenCount;

  /// Where the copies are: one array for a batch, used again for the next, so that the batches of a
  /// long round are not left to the garbage collector's old generation.
  private final RdbWriter bytes = new RdbWriter(BYTES_KEPT);

  /// What each slot gains or loses in the tier.
  private final Map<SlotOf, Delta> deltas = new HashMap<>();

  private record SlotOf(int database, int slot) {}

  private static final class Delta {
    private int keys;
    private int expiring;
  }

  DirtyCopies(Engine engine, Tx tx) {
    this.engine = engine;
    this.keyspace = engine.keyspace();
    this.tx = tx;
    this.codec = new ValueCodec(engine, tx.magazine());
  }

  /// About how many bytes the copies take.
  long size() {
    return batch.size();
  }

  int count() {
    return batch.changes().size();
  }

  /// How many were written since the process began.
  long writtenCount() {
    return writtenCount;
  }

  /// What the log has to be durable up to before they may be written.
  long lsn() {
    return lsn;
  }

  /// The ids of the databases they are of.
  Set<Integer> databases() {
    return databases;
  }

  /// Copies what is dirty among about `count` records of a locked slot, from a position in its
  /// table on; returns the position to go on with, 0 at the end.
  long collect(Database data, int slot, long position, int count) {
    RecordTable table = keyspace.has(data) ? data.table(slot) : null;
    if (table == null) {
      return 0;
    }
    long tail = engine.log().tail();
    List<Bytes> needless = new ArrayList<>();
    long next =
        table.scan(
            position,
            count,
            record -> {
              if (Record.dirty(record)) {
                Place place = new Place(data.id(), slot, copy(Record.key(record)));
                if (amendments(record) != null && batch.changes().containsKey(place)) {
                  return; // It has changed again: one more part is for the next round.
                }
                if (!Record.tombstone(record) || Record.persisted(record)) {
                  copy(data, place, record, tail);
                } else if (!batch.changes().containsKey(place)) {
                  needless.add(place.key());
                } // Else the tier has the key until the batch is written.
              }
            });
    needless.forEach(key -> drop(data, key));
    return next;
  }

  private void copy(Database data, Place place, long record, long tail) {
    boolean present = Record.persisted(record);
    boolean indexed = Record.indexed(record);
    boolean listed = Record.listed(record);
    boolean tombstone = Record.tombstone(record);
    Stored stored = tombstone ? null : state(record, tail);
    batch.change(place, new Change(stored, present, indexed, listed));
    data.dirty(place.slot(), record, false);
    Record.persisted(
        record,
        stored != null,
        stored != null && stored.expires(),
        stored != null && stored.isListed());
    databases.add(data.id());
    lsn = Math.max(lsn, tail);
  }

  /// The state of a record: as a whole, or what was done to it since the tier got it whole.
  private Stored state(long record, long tail) {
    Amendments amendments = amendments(record);
    if (amendments != null) {
      Bytes last = copy(amendments.last());
      List<Bytes> parts = last.isEmpty() ? List.of() : List.of(last);
      Amended amended = new Amended(amendments.baseLsn(), amendments.count(), parts);
      amendments.copied(tx.magazine(), tx.records().large().amending().partSize());
      return StoredValues.amended(record, tail, amended);
    }
    Stored stored = StoredValues.of(codec, record, tail, bytes);
    if (Record.isObject(record)) {
      LargeValue value = engine.values().of(record);
      tx.records().large().amending().begin(value, tail, stored.payload().length());
    }
    return stored;
  }

  private @Nullable Amendments amendments(long record) {
    return Record.isObject(record) ? engine.values().of(record).amendments() : null;
  }

  private Bytes copy(Bytes key) {
    int from = bytes.size();
    bytes.writeBytes(key);
    return bytes.bytes(from);
  }

  /// The batch, with what its slots count from then on.
  TierBatch batch() {
    deltas.clear();
    batch.changes().forEach(this::count);
    deltas.forEach((where, delta) -> {
      TierCounts counts = counts(where.database());
      if (counts != null) {
        batch.count(
            new TierBatch.Count(
                where.database(),
                where.slot(),
                counts.stored(where.slot()) + delta.keys,
                counts.storedExpiring(where.slot()) + delta.expiring));
      }
    });
    return batch;
  }

  private void count(Place place, Change change) {
    Delta delta =
        deltas.computeIfAbsent(new SlotOf(place.database(), place.slot()), _ -> new Delta());
    Stored stored = change.stored();
    delta.keys += (stored == null ? 0 : 1) - (change.present() ? 1 : 0);
    boolean expires = stored != null && stored.expires();
    delta.expiring += (expires ? 1 : 0) - (change.indexed() ? 1 : 0);
  }

  /// They are written: tombstones have done their work.
  void written() {
    writtenCount += count();
    for (TierBatch.Count count : batch.counts()) {
      TierCounts counts = counts(count.database());
      if (counts != null) {
        counts.stored(count.slot(), count.keys(), count.expiring());
      }
    }
    batch
        .changes()
        .forEach((place, change) -> {
          if (change.stored() == null) {
            inSlot(place, data -> drop(data, place.key()));
          }
        });
    clear();
  }

  /// They could not be written: all is dirty again, and the tier has what it had.
  void restore() {
    batch.changes().forEach((place, change) -> inSlot(place, data -> restore(data, place, change)));
    clear();
  }

  private void restore(Database data, Place place, Change change) {
    long record = data.find(key(place.key()));
    Invariant.check(record != Record.NONE, "something left a slot that was busy");
    Record.persisted(record, change.present(), change.indexed(), change.listed());
    data.dirty(place.slot(), record, true);
    if (Record.isObject(record)) {
      tx.records().large().amending().forget(engine.values().of(record));
    }
  }

  private void drop(Database data, Bytes bytes) {
    Key key = key(bytes);
    long record = data.find(key);
    if (record != Record.NONE
        && Record.tombstone(record)
        && (!Record.dirty(record) || !Record.persisted(record))) {
      data.drop(tx.magazine(), key, record);
      Record.free(tx.magazine(), record);
    }
  }

  private void inSlot(Place place, Consumer<Database> action) {
    tx.begin(engine.clock().wallMillis(), 0);
    tx.slots().add(place.slot());
    tx.lock();
    try {
      int index = keyspace.indexOf(place.database());
      Database data = index < 0 ? null : keyspace.find(index);
      if (data != null) {
        action.accept(data);
      }
    } finally {
      tx.end();
    }
  }

  private @Nullable TierCounts counts(int id) {
    int index = keyspace.indexOf(id);
    Database data = index < 0 ? null : keyspace.find(index);
    return data == null ? null : data.tier();
  }

  private Key key(Bytes bytes) {
    Key key = Key.of(bytes);
    key.hash(keyspace.hasher());
    return key;
  }

  private void clear() {
    batch = new TierBatch();
    databases.clear();
    bytes.clear(BYTES_KEPT);
    lsn = 0;
  }
}
