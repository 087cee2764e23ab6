package io.karst.lsm;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import io.karst.base.Limits;
import io.karst.base.Xxh3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a [Tier] contains, in the plainest way: the model of the tests, and of [SimulatedTier].
final class TierState {
  /// An entry of the index of expiries.
  record Due(int database, long expiryMillis, Bytes key) {}

  /// An entry of the index of slots.
  record SlotEntry(long hash, Bytes key) implements Comparable<SlotEntry> {
    @Override
    public int compareTo(SlotEntry other) {
      int order = Long.compareUnsigned(hash, other.hash);
      return order != 0 ? order : key.compareTo(other.key);
    }
  }

  private final Map<Integer, NavigableMap<Bytes, Stored>> data = new TreeMap<>();
  private final Map<Integer, Map<Integer, NavigableSet<SlotEntry>>> slots = new TreeMap<>();
  private final Map<Integer, int[][]> counts = new TreeMap<>();
  private @Nullable TierMeta meta;

  /// Applies a batch, whose bytes it keeps: see [#copyOf].
  void apply(TierBatch batch) {
    batch.changes().forEach(this::change);
    for (TierBatch.Count count : batch.counts()) {
      int[][] bySlot =
          counts.computeIfAbsent(count.database(), database -> new int[2][Limits.SLOTS]);
      bySlot[0][count.slot()] = count.keys();
      bySlot[1][count.slot()] = count.expiring();
    }
    for (int database : batch.dropped()) {
      data.remove(database);
      slots.remove(database);
      counts.remove(database);
    }
    if (batch.meta() != null) {
      meta = batch.meta();
    }
  }

  /// The databases that have keys, in order.
  List<Integer> databases() {
    return data.keySet().stream().filter(database -> !keys(database).isEmpty()).toList();
  }

  /// The keys of a database; not to be changed.
  NavigableMap<Bytes, Stored> keys(int database) {
    NavigableMap<Bytes, Stored> keys = data.get(database);
    return keys == null ? new TreeMap<>() : keys;
  }

  /// The slots of a database that have, or have had, keys.
  Set<Integer> slots(int database) {
    return slots.getOrDefault(database, Map.of()).keySet();
  }

  /// The keys of a slot from a hash on, in the order of their hashes.
  List<Bytes> slot(int database, int slot, long fromHash) {
    return slots
        .getOrDefault(database, Map.of())
        .getOrDefault(slot, Collections.emptyNavigableSet())
        .tailSet(new SlotEntry(fromHash, Bytes.EMPTY))
        .stream()
        .map(SlotEntry::key)
        .toList();
  }

  int[][] counts(int database) {
    int[][] bySlot = counts.get(database);
    return bySlot == null
        ? new int[2][Limits.SLOTS]
        : new int[][] {bySlot[0].clone(), bySlot[1].clone()};
  }

  @Nullable TierMeta meta() {
    return meta;
  }

  /// What is due, by database and expiry and key.
  List<Due> due(long nowMillis) {
    List<Due> due = new ArrayList<>();
    for (int database : data.keySet()) {
      NavigableMap<Long, List<Due>> byTime = new TreeMap<>();
      keys(database)
          .forEach((key, stored) -> {
            long at = stored.dueMillis();
            if (at >= 0 && at <= nowMillis) {
              byTime.computeIfAbsent(at, time -> new ArrayList<>()).add(new Due(database, at, key));
            }
          });
      byTime.values().forEach(due::addAll);
    }
    return due;
  }

  long earliestExpiry() {
    return data.values().stream()
        .flatMap(keys -> keys.values().stream())
        .mapToLong(Stored::dueMillis)
        .filter(expiry -> expiry >= 0)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  TierState copy() {
    TierState copy = new TierState();
    data.forEach((database, keys) -> copy.data.put(database, new TreeMap<>(keys)));
    counts.forEach((database, bySlot) -> copy.counts.put(database, counts(database)));
    slots.forEach((database, bySlot) -> {
      Map<Integer, NavigableSet<SlotEntry>> target = new TreeMap<>();
      bySlot.forEach((slot, entries) -> target.put(slot, new TreeSet<>(entries)));
      copy.slots.put(database, target);
    });
    copy.meta = meta;
    return copy;
  }

  /// Whether both contain the same; empty databases and counts of zero do not count.
  boolean contains(TierState other) {
    return nonEmpty().equals(other.nonEmpty())
        && countsAsText().equals(other.countsAsText())
        && Objects.equals(meta, other.meta);
  }

  private Map<Integer, NavigableMap<Bytes, Stored>> nonEmpty() {
    Map<Integer, NavigableMap<Bytes, Stored>> result = new TreeMap<>(data);
    result.values().removeIf(Map::isEmpty);
    return result;
  }

  private Map<Integer, String> countsAsText() {
    Map<Integer, String> result = new TreeMap<>();
    String zero = Arrays.deepToString(new int[2][Limits.SLOTS]);
    counts.forEach((database, bySlot) -> result.put(database, Arrays.deepToString(bySlot)));
    result.values().removeIf(zero::equals);
    return result;
  }

  private void change(TierBatch.Place place, TierBatch.Change change) {
    NavigableMap<Bytes, Stored> keys =
        data.computeIfAbsent(place.database(), database -> new TreeMap<>());
    Stored before = keys.get(place.key());
    Invariant.check(
        change.present() == (before != null)
            && change.indexed() == (before != null && before.expiryMillis() >= 0)
            && change.listed() == (before != null && before.dueMillis() >= 0),
        () -> place + " is not in the tier as the batch says: " + before);
    Stored stored = change.stored();
    SlotEntry entry = new SlotEntry(Xxh3.hash(place.key()), place.key());
    NavigableSet<SlotEntry> slot =
        slots
            .computeIfAbsent(place.database(), database -> new TreeMap<>())
            .computeIfAbsent(place.slot(), number -> new TreeSet<>());
    if (stored == null) {
      keys.remove(place.key());
      slot.remove(entry);
    } else {
      keys.put(place.key(), stored.amended() == null ? stored : amended(before, stored));
      slot.add(entry);
    }
  }

  /// A state with its payload, which the tier has, and all parts: those it has and the new one.
  private static Stored amended(@Nullable Stored before, Stored stored) {
    Amended amended = Objects.requireNonNull(stored.amended());
    Invariant.check(
        before != null && before.baseLsn() == amended.baseLsn(),
        () -> "the tier has no payload of " + amended.baseLsn() + ": " + before);
    List<Bytes> parts = new ArrayList<>();
    if (before.amended() != null) {
      parts.addAll(before.amended().parts());
    }
    for (Bytes last : amended.parts()) {
      parts.subList(amended.count() - 1, parts.size()).clear();
      parts.add(last);
    }
    Invariant.check(parts.size() == amended.count(), () -> "parts are missing: " + stored);
    return stored.with(
        before.payload(), new Amended(amended.baseLsn(), parts.size(), List.copyOf(parts)));
  }

  /// A batch of its own bytes.
  static TierBatch copyOf(TierBatch batch) {
    TierBatch copy = new TierBatch();
    batch
        .changes()
        .forEach((place, change) ->
            copy.change(
                new TierBatch.Place(place.database(), place.slot(), place.key().copy()),
                new TierBatch.Change(
                    copyOf(change.stored()), change.present(), change.indexed(), change.listed())));
    batch.counts().forEach(copy::count);
    batch.dropped().forEach(copy::drop);
    if (batch.meta() != null) {
      copy.meta(batch.meta());
    }
    return copy;
  }

  private static @Nullable Stored copyOf(@Nullable Stored stored) {
    if (stored == null) {
      return null;
    }
    Amended amended = stored.amended();
    return stored.with(
        stored.payload().copy(),
        amended == null
            ? null
            : new Amended(
                amended.baseLsn(),
                amended.count(),
                amended.parts().stream().map(Bytes::copy).toList()));
  }

  static Stored withoutPayload(Stored stored) {
    Amended amended = stored.amended();
    return stored.with(
        Bytes.EMPTY,
        amended == null ? null : new Amended(amended.baseLsn(), amended.count(), List.of()));
  }
}
