package io.karst.memory;

import io.karst.base.Bytes;
import org.jspecify.annotations.Nullable;

/// The order of an [OrderedIndex], and the search in one of its nodes.
///
/// The ranks decide first, in a search that touches nothing else; the keys of records are read only
/// where ranks are equal. Source of the order of keys: `memcmp`.
final class IndexSearch {
  /// Ranks in a cache line.
  private static final int LINE = 8;

  private IndexSearch() {}

  /// How many entries of a node come before a target; those equal to it count if `inclusive`.
  ///
  /// - `record`, `key`: whose key the target has. Without both it comes before all of its rank.
  /// - `known`: the entry that has the target's key, if it is met; it is not looked at, and may be
  ///   gone.
  static int before(
      long node, long rank, long record, long known, @Nullable Bytes key, boolean inclusive) {
    int low = below(node, rank);
    if (low == IndexNode.fill(node) || IndexNode.rank(node, low) != rank) {
      return low;
    }
    if (record == Record.NONE && key == null) {
      return low;
    }
    int high = rank == Long.MAX_VALUE ? IndexNode.fill(node) : below(node, rank + 1);
    int equal = inclusive ? 0 : -1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(IndexNode.record(node, middle), record, known, key) <= equal) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// The order of the keys of two records: negative, 0 or positive.
  static int compareKeys(long record, long other) {
    long left = keyAddress(record);
    long right = keyAddress(other);
    int leftLength = Record.keyLength(record);
    int rightLength = Record.keyLength(other);
    int common = Math.min(leftLength, rightLength);
    int last = common - Long.BYTES;
    for (int i = 0; i < common; i += Long.BYTES) {
      if (last < 0) {
        return compareShort(left, right, common, leftLength - rightLength);
      }
      int at = Math.min(i, last); // The last word overlaps the one before it.
      long word = Native.getLong(left + at);
      long otherWord = Native.getLong(right + at);
      if (word != otherWord) {
        return compareWords(word, otherWord);
      }
    }
    return leftLength - rightLength;
  }

  /// The order of a record's key and `key`: negative, 0 or positive.
  static int compareKeys(long record, Bytes key) {
    long left = keyAddress(record);
    int leftLength = Record.keyLength(record);
    int common = Math.min(leftLength, key.length());
    int i = 0;
    for (; i <= common - Long.BYTES; i += Long.BYTES) {
      long word = Native.getLong(left + i);
      long otherWord = key.longAt(i);
      if (word != otherWord) {
        return compareWords(word, otherWord);
      }
    }
    for (; i < common; i++) {
      int difference = (Native.getByte(left + i) & 0xff) - (key.at(i) & 0xff);
      if (difference != 0) {
        return difference;
      }
    }
    return leftLength - key.length();
  }

  private static int compare(long entry, long record, long known, @Nullable Bytes key) {
    if (entry == known) {
      return 0;
    }
    return key == null ? compareKeys(entry, record) : compareKeys(entry, key);
  }

  /// How many ranks of a node are less than `rank`.
  ///
  /// First one of each cache line is compared, then all of one line: no load depends on another, so
  /// the misses overlap. Halving would wait for one after the other (ADR 14).
  private static int below(long node, long rank) {
    int fill = IndexNode.fill(node);
    int low = 0;
    for (int i = LINE - 1; i < fill; i += LINE) {
      low += IndexNode.rank(node, i) < rank ? LINE : 0;
    }
    int end = Math.min(fill, low + LINE);
    int below = low;
    for (int i = low; i < end; i++) {
      below += IndexNode.rank(node, i) < rank ? 1 : 0;
    }
    return below;
  }

  private static int compareShort(long left, long right, int common, int lengths) {
    for (int i = 0; i < common; i++) {
      int difference = (Native.getByte(left + i) & 0xff) - (Native.getByte(right + i) & 0xff);
      if (difference != 0) {
        return difference;
      }
    }
    return lengths;
  }

  /// The order of eight bytes each, loaded little-endian.
  private static int compareWords(long word, long other) {
    return Long.compareUnsigned(Long.reverseBytes(word), Long.reverseBytes(other));
  }

  /// Where the key of a record stands: before the value, which ends the record.
  private static long keyAddress(long record) {
    int behind = Record.keyLength(record) + Record.valueLength(record);
    return record + Record.size(record) - behind;
  }
}
