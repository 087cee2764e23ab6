package io.karst.memory;

/// A set of 64-bit integers in the value of a record, in ascending order: to the byte the intset of
/// Redis.
///
/// ```
///  0      bytes of a number, 4: 2, 4 or 8, as the widest needs
///  4      how many, 4
///  8      numbers
/// ```
///
/// Look-up is a binary search; editing takes time in the size of the set. Under the lock of the
/// record's slot.
public final class IntSet {
  private static final int HEADER = 8;

  private IntSet() {}

  /// The number of bytes that hold a number.
  public static int widthOf(long number) {
    if (number == (short) number) {
      return Short.BYTES;
    }
    return number == (int) number ? Integer.BYTES : Long.BYTES;
  }

  /// The size of the value that holds so many numbers.
  public static int size(int width, int count) {
    return HEADER + width * count;
  }

  /// Makes the value of a record a set without numbers.
  public static void clear(long record, int width) {
    long set = Record.valueAddress(record);
    Native.putInt(set, width);
    Native.putInt(set + 4, 0);
  }

  /// Makes the set of `target` that of `source`; the value is long enough.
  public static void copy(long target, long source) {
    int size = size(width(source), count(source));
    Native.copy(Record.valueAddress(source), Record.valueAddress(target), size);
  }

  public static int count(long record) {
    return Native.getInt(Record.valueAddress(record) + 4);
  }

  /// The number of bytes that hold each of its numbers.
  public static int width(long record) {
    return Native.getInt(Record.valueAddress(record));
  }

  public static long get(long record, int index) {
    long set = Record.valueAddress(record);
    return get(set, Native.getInt(set), index);
  }

  /// The index of a number, or `-(where it would be) - 1`.
  public static int find(long record, long number) {
    long set = Record.valueAddress(record);
    int width = Native.getInt(set);
    int low = 0;
    int high = Native.getInt(set + 4) - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long value = get(set, width, middle);
      if (value < number) {
        low = middle + 1;
      } else if (value > number) {
        high = middle - 1;
      } else {
        return middle;
      }
    }
    return -low - 1;
  }

  /// The index of the first number from an index on that is not less than `number`, or how many
  /// there are. Takes time in the logarithm of how far that is.
  public static int seek(long record, int from, long number) {
    long set = Record.valueAddress(record);
    int width = Native.getInt(set);
    int count = Native.getInt(set + 4);
    int low = from;
    int step = 1;
    while (low < count && get(set, width, Math.min(low + step, count) - 1) < number) {
      low = Math.min(low + step, count);
      step *= 2;
    }
    int high = Math.min(low + step, count);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (get(set, width, middle) < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// Makes the set of `target` that of `source` and one more number, at the index where it belongs.
  /// The two may be the same record; its value is long enough.
  public static void insert(long target, long source, int index, long number) {
    long from = Record.valueAddress(source);
    long to = Record.valueAddress(target);
    int before = Native.getInt(from);
    int count = Native.getInt(from + 4);
    int width = Math.max(before, widthOf(number));
    if (width == before) {
      copy(from, to, width, 0, 0, index);
      move(from, to, width, index, index + 1, count - index);
    } else {
      for (int i = count - 1; i >= 0; i--) { // From the end: in place, each goes where it may.
        put(to, width, i < index ? i : i + 1, get(from, before, i));
      }
    }
    put(to, width, index, number);
    Native.putInt(to, width);
    Native.putInt(to + 4, count + 1);
  }

  /// Makes the set of `target` that of `source` without the number at an index. The two may be the
  /// same record.
  public static void remove(long target, long source, int index) {
    long from = Record.valueAddress(source);
    long to = Record.valueAddress(target);
    int width = Native.getInt(from);
    int count = Native.getInt(from + 4);
    copy(from, to, width, 0, 0, index);
    move(from, to, width, index + 1, index, count - index - 1);
    Native.putInt(to, width);
    Native.putInt(to + 4, count - 1);
  }

  private static void copy(long from, long to, int width, int source, int target, int count) {
    if (from != to) {
      move(from, to, width, source, target, count);
    }
  }

  private static void move(long from, long to, int width, int source, int target, int count) {
    if (count > 0) {
      long begin = HEADER + (long) source * width;
      Native.copy(from + begin, to + HEADER + (long) target * width, (long) count * width);
    }
  }

  private static long get(long set, int width, int index) {
    long at = set + HEADER + (long) index * width;
    return switch (width) {
      case Short.BYTES -> Native.getShort(at);
      case Integer.BYTES -> Native.getInt(at);
      default -> Native.getLong(at);
    };
  }

  private static void put(long set, int width, int index, long number) {
    long at = set + HEADER + (long) index * width;
    switch (width) {
      case Short.BYTES -> Native.putShort(at, (short) number);
      case Integer.BYTES -> Native.putInt(at, (int) number);
      default -> Native.putLong(at, number);
    }
  }
}
