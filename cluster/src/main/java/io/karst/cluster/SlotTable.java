package io.karst.cluster;

import io.karst.base.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which shard has which slots. Immutable.
public final class SlotTable {
  /// Slots `first` to `last`, both included.
  public record Range(int first, int last) {}

  /// One shard has all slots.
  public static final SlotTable WHOLE = even(1);

  private final short[] shards;

  private SlotTable(short[] shards) {
    this.shards = shards;
  }

  /// The slots in as many ranges as there are shards, each as long as the others, or one longer.
  ///
  /// - `count`: of shards, 1 to [Limits#SLOTS].
  public static SlotTable even(int count) {
    short[] shards = new short[Limits.SLOTS];
    for (int slot = 0; slot < shards.length; slot++) {
      shards[slot] = (short) ((long) slot * count / shards.length);
    }
    return new SlotTable(shards);
  }

  /// - `shards`: the number of a shard for each slot; not copied.
  static SlotTable of(short[] shards) {
    return new SlotTable(shards);
  }

  /// The number of the shard that has a slot, by the order of [ClusterView#shards].
  public int shard(int slot) {
    return shards[slot];
  }

  /// The slots of a shard, in order.
  public List<Range> ranges(int shard) {
    List<Range> ranges = new ArrayList<>();
    int first = -1;
    for (int slot = 0; slot <= shards.length; slot++) {
      boolean has = slot < shards.length && shards[slot] == shard;
      if (has && first < 0) {
        first = slot;
      } else if (!has && first >= 0) {
        ranges.add(new Range(first, slot - 1));
        first = -1;
      }
    }
    return ranges;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SlotTable table && Arrays.equals(shards, table.shards);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(shards);
  }
}
