package io.karst.server.tools;

import io.karst.base.Bytes;
import io.karst.memory.Hasher;
import java.security.SecureRandom;

/// Which keys have been seen: 127 bits of a keyed hash of each, 21 to 43 bytes a key. That any two
/// of 10^9 keys have the same has a chance of one in 10^20.
///
/// Thread: its owner's.
final class SeenKeys {
  private final Hasher first;
  private final Hasher second;

  /// Open addressing, two words a key; both 0 is a free place.
  private long[] table = new long[1 << 10];

  private int count;

  SeenKeys() {
    SecureRandom random = new SecureRandom();
    first = new Hasher(random.nextLong(), random.nextLong());
    second = new Hasher(random.nextLong(), random.nextLong());
  }

  /// Adds a key; false if it was seen before.
  boolean add(Bytes key) {
    if (count >= table.length / 2 / 4 * 3) {
      grow();
    }
    boolean isNew = put(table, first.hash(key) | 1, second.hash(key));
    count += isNew ? 1 : 0;
    return isNew;
  }

  private static boolean put(long[] table, long high, long low) {
    int mask = table.length / 2 - 1;
    int at = (int) (high >>> 20) & mask;
    while (table[2 * at] != 0) {
      if (table[2 * at] == high && table[2 * at + 1] == low) {
        return false;
      }
      at = (at + 1) & mask;
    }
    table[2 * at] = high;
    table[2 * at + 1] = low;
    return true;
  }

  private void grow() {
    long[] larger = new long[Math.multiplyExact(table.length, 2)];
    for (int i = 0; i < table.length; i += 2) {
      if (table[i] != 0) {
        put(larger, table[i], table[i + 1]);
      }
    }
    table = larger;
  }
}
