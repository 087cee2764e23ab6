package io.karst.server.operations.server;

import io.karst.base.Bytes;
import io.karst.engine.Engine;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.server.session.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Goes through the keys of a database and adds up what those take that begin alike. A key that is
/// on disk only counts as a key without bytes.
///
/// Thread: one that may wait.
final class PrefixCount {
  /// Prefixes beyond these are added up as one, the empty one.
  static final int PREFIXES_MAX = 10_000;

  /// Keys looked at between two looks whether anybody still waits for the answer.
  private static final int BATCH = 256;

  private final Session session;
  private final Engine engine;
  private final byte delimiter;
  private final int depth;
  private final Map<Bytes, long[]> sums = new HashMap<>();

  /// What the keys take whose names begin with `prefix`, the delimiter included; those without a
  /// delimiter, or of prefixes beyond the limit, have an empty one.
  record Sum(Bytes prefix, long keys, long size) {}

  /// - `depth`: how many delimiters a prefix has.
  PrefixCount(Session session, byte delimiter, int depth) {
    this.session = session;
    this.delimiter = delimiter;
    this.depth = depth;
    engine = session.server().engine();
  }

  void run() {
    Tx tx = engine.borrow();
    try {
      List<Key> keys = new ArrayList<>();
      long cursor = 0;
      do {
        keys.clear();
        cursor = scan(tx, cursor, keys);
        keys.forEach(key -> add(tx, key));
      } while (cursor != 0 && session.isOpen() && !session.server().isEnding());
    } finally {
      engine.giveBack(tx);
    }
  }

  private long scan(Tx tx, long cursor, List<Key> keys) {
    begin(tx);
    try {
      return tx.all()
          .scan(cursor, BATCH, -1, (key, type, expiryMillis) -> keys.add(Key.of(key.copy())));
    } finally {
      tx.end();
    }
  }

  private void begin(Tx tx) {
    tx.begin(engine.clock().wallMillis(), session.database());
  }

  private void add(Tx tx, Key key) {
    begin(tx);
    tx.slots().add(key.slot());
    tx.lock();
    try {
      tx.next(session.database());
      boolean cold = tx.missing(new Key[] {key}, 1);
      long size = cold ? 0 : tx.usage().memory(key);
      if (size >= 0) {
        long[] sum = sum(prefix(key.bytes()));
        sum[0]++;
        sum[1] += size;
      }
    } finally {
      tx.end();
    }
  }

  private long[] sum(Bytes prefix) {
    boolean room = sums.size() < PREFIXES_MAX || sums.containsKey(prefix);
    return sums.computeIfAbsent(room ? prefix : Bytes.EMPTY, fresh -> new long[2]);
  }

  private Bytes prefix(Bytes key) {
    int end = 0;
    int found = 0;
    for (int i = 0; i < key.length() && found < depth; i++) {
      if (key.at(i) == delimiter) {
        end = i + 1;
        found++;
      }
    }
    return key.slice(0, end);
  }

  /// Those that take the most, the largest first.
  List<Sum> largest(int count) {
    List<Sum> all = new ArrayList<>();
    sums.forEach((prefix, sum) -> all.add(new Sum(prefix, sum[0], sum[1])));
    all.sort(Comparator.comparingLong(Sum::size).thenComparingLong(Sum::keys).reversed());
    return all.subList(0, Math.min(count, all.size()));
  }
}
