package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.keyspace.Database;
import io.karst.keyspace.Keyspace;
import io.karst.lsm.Tier;
import io.karst.lsm.TierMeta;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What the disk tier says of a store as a whole: what a start, or a store that is taken back,
/// begins with.
///
/// - `checkpointLsn`: where the history goes on.
/// - `mappingLsn`: what whole databases and libraries went through before it is in here.
/// - `millis`: when the checkpoint was made, 0 if there was none.
/// - `nextId`: the id of the next database to be made.
/// - `databases`: for each number, from 0, the database that has it.
/// - `stored`: the ids of the databases that the tier has keys of.
/// - `libraries`: the source of each library of functions, by name.
record Baseline(
    long checkpointLsn,
    long mappingLsn,
    long millis,
    int nextId,
    List<Data> databases,
    List<Integer> stored,
    SortedMap<String, Bytes> libraries) {
  /// Of a store without a tier.
  private static final Baseline NONE =
      new Baseline(0, 0, 0, 0, List.of(), List.of(), Collections.emptySortedMap());

  /// A database, with the number of its keys and of those with an expiry, by slot.
  private static final class Data {
    private final int id;
    private final int[] keys;
    private final int[] expiring;

    private Data(int id, Tier tier) {
      int[][] counts = tier.counts(id);
      this.id = id;
      keys = counts[0];
      expiring = counts[1];
    }
  }

  /// Reads from disk.
  ///
  /// - `count`: how many databases the store has.
  /// - throws [IllegalStateException] if the tier has keys of more.
  static Baseline of(@Nullable Tier tier, int count) {
    if (tier == null) {
      return NONE;
    }
    TierMeta meta = tier.meta();
    List<Integer> stored = tier.databases();
    // Without a history, a round that a crash has cut short may have written a database that
    // nothing tells of: its id is not to be given to another.
    int first = meta == null ? count : meta.nextId();
    int next = stored.stream().reduce(first - 1, Math::max) + 1;
    List<Integer> ids = meta == null ? IntStream.range(0, count).boxed().toList() : meta.ids();
    List<Data> databases = new ArrayList<>();
    for (int index = 0; index < Math.max(count, ids.size()); index++) {
      int id = index < ids.size() ? ids.get(index) : next++;
      Data data = new Data(id, tier);
      if (index < count) {
        databases.add(data);
      } else {
        checkEmpty(index, data);
      }
    }
    return new Baseline(
        meta == null ? 0 : meta.checkpointLsn(),
        meta == null ? 0 : meta.mappingLsn(),
        meta == null ? 0 : meta.millis(),
        next,
        databases,
        stored,
        meta == null ? Collections.emptySortedMap() : meta.libraries());
  }

  private static void checkEmpty(int index, Data data) {
    for (int keys : data.keys) {
      if (keys > 0) {
        throw new IllegalStateException(
            "the data directory has keys in database " + index + ": set databases to more");
      }
    }
  }

  /// Makes a store this, with nothing of it in memory. Before anybody uses the store, or under all
  /// locks.
  ///
  /// - returns: the databases it had, which nobody can reach any more.
  List<Database> install(Keyspace keyspace, Libraries into) {
    if (databases.isEmpty()) {
      return List.of();
    }
    List<Database> former = keyspace.forget();
    keyspace.nextId(nextId);
    for (int index = 0; index < databases.size(); index++) {
      Data data = databases.get(index);
      keyspace.restore(index, data.id, data.keys, data.expiring);
    }
    into.restore(libraries);
    return former;
  }
}
