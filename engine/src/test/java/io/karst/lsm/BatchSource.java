package io.karst.lsm;

import io.karst.base.Bytes;
import io.karst.base.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Random batches that keep the contract of [TierBatch]: `indexed` as it has to be, dropped
/// databases not used again.
final class BatchSource {
  static final int KEYS = 300;

  private final RandomGenerator random;
  private final List<Integer> databases = new ArrayList<>(List.of(0, 1, 2));
  private int nextDatabase = 3;
  private long lsn;

  BatchSource(RandomGenerator random) {
    this.random = random;
  }

  /// The databases in use now; the others are empty.
  List<Integer> databases() {
    return databases;
  }

  int nextDatabase() {
    return nextDatabase;
  }

  /// The batch to come after what is in `state`.
  TierBatch next(TierState state) {
    TierBatch batch = new TierBatch();
    for (int i = random.nextInt(60); i >= 0; i--) {
      int database = databases.get(random.nextInt(databases.size()));
      Bytes key = key();
      Stored before = state.keys(database).get(key);
      boolean indexed = before != null && before.expiryMillis() >= 0;
      boolean listed = before != null && before.dueMillis() >= 0;
      Stored after = random.nextInt(4) == 0 ? null : stored(batch, database, key, before);
      batch.change(
          place(database, key), new TierBatch.Change(after, before != null, indexed, listed));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      int database = databases.get(random.nextInt(databases.size()));
      int slot = random.nextInt(Limits.SLOTS);
      batch.count(new TierBatch.Count(database, slot, random.nextInt(100), random.nextInt(100)));
    }
    if (random.nextInt(20) == 0) {
      int place = random.nextInt(databases.size());
      batch.drop(databases.set(place, nextDatabase++));
    }
    if (random.nextInt(3) == 0) {
      batch.meta(new TierMeta(lsn, lsn / 2, List.copyOf(databases), nextDatabase, lsn * 3));
    }
    return batch;
  }

  static TierBatch.Place place(int database, Bytes key) {
    return new TierBatch.Place(database, slot(key), key);
  }

  /// Few slots, so that each has several keys.
  static int slot(Bytes key) {
    return (key.hashCode() & 3) | (Limits.SLOTS - 4);
  }

  /// Short keys that are prefixes of each other and, some, longer than any buffer.
  Bytes key() {
    int number = random.nextInt(KEYS);
    if (number == 0) {
      return Bytes.EMPTY;
    }
    String text = Integer.toString(number, 3);
    return Bytes.utf8(number % 50 == 0 ? text.repeat(3000) : text);
  }

  private Stored stored(TierBatch batch, int database, Bytes key, @Nullable Stored before) {
    Stored stored = stored();
    if (before == null
        || before.payload().length() < Stored.AMENDED_SIZE_MIN
        || batch.changes().containsKey(place(database, key))) {
      return stored;
    }
    int count = before.amended() == null ? 0 : before.amended().count();
    long baseLsn = before.baseLsn();
    return switch (random.nextInt(4)) {
      case 0 -> stored;
      case 1 -> stored.with(Bytes.EMPTY, new Amended(baseLsn, count, List.of()));
      case 2 -> stored.with(Bytes.EMPTY, new Amended(baseLsn, count + 1, List.of(part())));
      default ->
          stored.with(Bytes.EMPTY, new Amended(baseLsn, Math.max(count, 1), List.of(part())));
    };
  }

  private Bytes part() {
    byte[] part = new byte[1 + random.nextInt(random.nextBoolean() ? 10 : 10_000)];
    random.nextBytes(part);
    return Bytes.of(part);
  }

  private Stored stored() {
    long expiry = random.nextBoolean() ? -1 : random.nextInt(1000);
    long elements = random.nextInt(3) > 0 ? -1 : random.nextInt(1000);
    int type = random.nextInt(16);
    int heat = random.nextInt(1 << 24);
    return new Stored(++lsn, type, random.nextBoolean(), heat, expiry, elements, payload(), null);
  }

  private Bytes payload() {
    int size =
        switch (random.nextInt(40)) {
          case 0 -> 0;
          case 1 -> TierFormat.LARGE_SIZE_MIN + random.nextInt(100_000);
          case 2 -> TierFormat.LARGE_SIZE_MIN - 1;
          case 3 -> TierFormat.LARGE_SIZE_MIN;
          default -> random.nextInt(200);
        };
    byte[] payload = new byte[size];
    random.nextBytes(payload);
    return Bytes.of(payload);
  }
}
