package io.karst.commands.list;

/// `count` elements of a list from an index on, perhaps none.
record ListRange(int from, int count) {
  /// The elements from index `start` to index `stop`, that one included; negative indices count
  /// from the tail, -1 being the last, and what is outside of the list is cut.
  static ListRange of(long start, long stop, int size) {
    long first = Math.max(0, start < 0 ? start + size : start);
    long last = Math.min(size - 1L, stop < 0 ? stop + size : stop);
    return first > last
        ? new ListRange(0, 0)
        : new ListRange((int) first, (int) (last - first + 1));
  }

  /// The index of an element from 0, or -1 if there is none.
  static int index(long index, int size) {
    long fromHead = index < 0 ? index + size : index;
    return fromHead < 0 || fromHead >= size ? -1 : (int) fromHead;
  }
}
