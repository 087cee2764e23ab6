package io.karst.lsm;

import io.karst.base.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes to a [Tier] that happen together. Thread: the checkpoint's.
public final class TierBatch {
  /// A key of a database, and its slot.
  public record Place(int database, int slot, Bytes key) {}

  /// What becomes of a key.
  ///
  /// - `stored`: its new state, null if it is deleted; see [Amended] for one that the tier has the
  ///   payload of.
  /// - `present`: whether the tier has the key before the batch.
  /// - `indexed`: whether it has it with an expiry.
  /// - `listed`: whether it has it with an expiry or with elements that expire, so that its entry
  ///   in the index of expiries has to go.
  public record Change(@Nullable Stored stored, boolean present, boolean indexed, boolean listed) {}

  /// What a slot counts from now on.
  public record Count(int database, int slot, int keys, int expiring) {}

  private final Map<Place, Change> changes = new LinkedHashMap<>();
  private final Map<Long, Count> counts = new LinkedHashMap<>();
  private final List<Integer> dropped = new ArrayList<>();
  private @Nullable TierMeta meta;
  private long size;

  /// Adds or replaces a change of a key; of two for the same key, what the tier has is what the
  /// first says.
  public void change(Place place, Change change) {
    Change before = changes.get(place);
    changes.put(
        place,
        before == null
            ? change
            : new Change(change.stored(), before.present(), before.indexed(), before.listed()));
    Stored stored = change.stored();
    size += place.key().length() + 32L + (stored == null ? 0 : stored.size());
  }

  public void count(Count count) {
    counts.put((long) count.database() << 32 | count.slot(), count);
  }

  /// Removes a database as a whole; nobody asks for it any more.
  public void drop(int database) {
    dropped.add(database);
  }

  public void meta(TierMeta newMeta) {
    meta = newMeta;
  }

  /// About how many bytes it takes.
  public long size() {
    return size;
  }

  public boolean isEmpty() {
    return changes.isEmpty() && counts.isEmpty() && dropped.isEmpty() && meta == null;
  }

  /// In the order of the first change of each.
  public Map<Place, Change> changes() {
    return changes;
  }

  public Iterable<Count> counts() {
    return counts.values();
  }

  public List<Integer> dropped() {
    return dropped;
  }

  public @Nullable TierMeta meta() {
    return meta;
  }
}
