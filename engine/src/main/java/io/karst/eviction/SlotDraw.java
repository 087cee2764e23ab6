package io.karst.eviction;

import io.karst.base.Limits;
import io.karst.keyspace.Database;
import io.karst.keyspace.Keyspace;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Draws slots, such that each key of the keyspace is in a sample of its slot with the same chance.
///
/// A draw is followed by a sample of some keys of the slot, all of them if there are fewer. So a
/// slot's weight is the number of its keys, but no less than a sample's: then each key's chance is
/// the same, in a slot of one key and in one of millions.
///
/// Slots are counted in groups, beforehand, and one by one within the group that is drawn, so that
/// the counts used are recent. *Cost:* a draw some 50 ns; making one, a pass over the counts of all
/// slots of the databases that have keys. Immutable; what it says is a moment old.
public final class SlotDraw {
  /// What [#draw] answers when the keys went while we counted.
  public static final long NOWHERE = -1;

  /// How many more a sample brings than are wanted, on average.
  private static final int EXCESS = 2;

  private static final int SLOT_BITS = 14;
  private static final int GROUP_BITS = 7;
  private static final int GROUP_SIZE = 1 << GROUP_BITS;
  private static final int GROUPS = Limits.SLOTS >>> GROUP_BITS;

  private final Keyspace keyspace;
  private final boolean expiring;
  private final int sampleSize;

  /// The numbers of the databases that have keys.
  private final int[] databases;

  /// The weight of a group and of all before it, group by group, database by database.
  private final long[] ends;

  /// - `expiring`: whether only keys that have an expiry count.
  /// - `samples`: how many keys are wanted of each slot, at least 1.
  public SlotDraw(Keyspace keyspace, boolean expiring, int samples) {
    this.keyspace = keyspace;
    this.expiring = expiring;
    this.sampleSize = samples + EXCESS;
    databases = populated();
    ends = new long[databases.length * GROUPS];
    long end = 0;
    for (int group = 0; group < ends.length; group++) {
      Database data = keyspace.find(databases[group / GROUPS]);
      for (int i = 0; data != null && i < GROUP_SIZE; i++) {
        end += weight(data, firstSlot(group) + i);
      }
      ends[group] = end;
    }
  }

  /// Whether there was no key at all.
  public boolean isEmpty() {
    return weight() == 0;
  }

  /// The weight of all slots: no less than there were keys.
  public long weight() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  /// A slot as a place, `database << 14 | slot`, or [#NOWHERE]. There is one: not [#isEmpty].
  public long draw(RandomGenerator random) {
    long ball = random.nextLong(weight());
    int found = Arrays.binarySearch(ends, ball);
    int group = found < 0 ? -found - 1 : firstAbove(found, ball);
    int index = databases[group / GROUPS];
    Database data = keyspace.find(index);
    if (data == null) {
      return NOWHERE;
    }
    long left = group == 0 ? ball : ball - ends[group - 1];
    int first = firstSlot(group);
    for (int slot = first; slot < first + GROUP_SIZE; slot++) {
      left -= weight(data, slot);
      if (left < 0) {
        return (long) index << SLOT_BITS | slot;
      }
    }
    return NOWHERE;
  }

  /// The number of the database of a place.
  public static int database(long place) {
    return (int) (place >>> SLOT_BITS);
  }

  public static int slot(long place) {
    return (int) place & (Limits.SLOTS - 1);
  }

  private int[] populated() {
    int[] numbers = new int[keyspace.count()];
    int count = 0;
    for (int index = 0; index < numbers.length; index++) {
      if (keyspace.find(index) != null) {
        numbers[count++] = index;
      }
    }
    return Arrays.copyOf(numbers, count);
  }

  private long weight(@Nullable Database data, int slot) {
    if (data == null) {
      return 0;
    }
    int keys = expiring ? data.hotExpiring(slot) : data.hot(slot);
    return keys == 0 ? 0 : Math.max(keys, sampleSize);
  }

  /// The first group whose end is above `ball`, which is the end of `group`, as it is of the empty
  /// groups around that.
  private int firstAbove(int group, long ball) {
    int above = group;
    while (ends[above] <= ball) {
      above++;
    }
    return above;
  }

  private static int firstSlot(int group) {
    return group % GROUPS << GROUP_BITS;
  }
}
