package io.karst.memory;

import io.karst.base.Bytes;
import io.karst.base.Decimal;
import io.karst.base.Invariant;
import java.util.function.Consumer;

/// A list of strings in the value of a record, one behind the other: a small hash, set or sorted
/// set, or a piece of a list or a stream. To the byte the listpack of Redis, so that a value goes
/// to disk and to other servers as it lies.
///
/// ```
///  0      size of all in bytes, 4
///  4      number of entries, 2; 65535 if there are so many or more
///  6      entries
///  ...    0xff
/// entry: the string's encoding ([PackedEntries]); the length of that, to be read backwards
/// ```
///
/// A *position* is the offset of an entry in the value: good until the list changes, and the same
/// in a copy. Looking for an entry, and editing, take time in the size of the list.
///
/// Under the lock of the record's slot. Format: docs/formats/dump-payload.md, listpack.
public final class Packed {
  /// The position of no entry.
  public static final int NONE = -1;

  /// The size of a list without entries.
  public static final int EMPTY_SIZE = 7;

  static final int STRING_6 = 0x80;
  static final int INT_13 = 0xc0;
  static final int STRING_12 = 0xe0;
  static final int STRING_32 = 0xf0;
  static final int INT_16 = 0xf1;
  static final int INT_24 = 0xf2;
  static final int INT_32 = 0xf3;
  static final int INT_64 = 0xf4;

  private static final int END = 0xff;
  private static final int HEADER = 6;
  private static final int COUNT_MANY = 0xffff;

  private Packed() {}

  /// Makes the value of a record, which is [#EMPTY_SIZE] long or longer, a list without entries.
  public static void clear(long record) {
    long list = Record.valueAddress(record);
    Native.putInt(list, EMPTY_SIZE);
    Native.putShort(list + 4, (short) 0);
    Native.putByte(list + HEADER, (byte) END);
  }

  /// The number of entries.
  public static int count(long record) {
    int count = Native.getShort(Record.valueAddress(record) + 4) & COUNT_MANY;
    return count < COUNT_MANY ? count : countAll(record);
  }

  private static int countAll(long record) {
    int count = 0;
    for (int at = first(record); at != NONE; at = next(record, at)) {
      count++;
    }
    return count;
  }

  /// The position of the first entry, or [#NONE].
  public static int first(long record) {
    return unlessEnd(Record.valueAddress(record), HEADER);
  }

  /// The position of the last entry, or [#NONE].
  public static int last(long record) {
    return previous(record, end(record));
  }

  /// Behind the last entry: where to insert what shall be the last.
  public static int end(long record) {
    return size(record) - 1;
  }

  /// The size of the list; the value may be longer.
  public static int size(long record) {
    return Native.getInt(Record.valueAddress(record));
  }

  /// The list, without what is behind it in the value.
  public static Bytes list(long record) {
    return new NativeBytes(Record.valueAddress(record), size(record));
  }

  /// The position of the entry behind one, or [#NONE].
  public static int next(long record, int at) {
    long list = Record.valueAddress(record);
    return unlessEnd(list, at + wholeSize(list + at));
  }

  /// The position of the entry before one, or before the [#end]; or [#NONE].
  public static int previous(long record, int at) {
    return previousOf(Record.valueAddress(record), at);
  }

  private static int previousOf(long list, int at) {
    if (at <= HEADER) {
      return NONE;
    }
    int length = 0;
    int shift = 0;
    int from = at;
    int group;
    do {
      group = Native.getByte(list + --from);
      length |= (group & 0x7f) << shift;
      shift += 7;
    } while ((group & 0x80) != 0);
    return from - length;
  }

  /// The position of the entry at an index from 0, or from -1 backwards; [#NONE] if there is none.
  public static int at(long record, int index) {
    int at;
    if (index >= 0) {
      at = first(record);
      for (int i = index; i > 0 && at != NONE; i--) {
        at = next(record, at);
      }
    } else {
      at = last(record);
      for (int i = index + 1; i < 0 && at != NONE; i++) {
        at = previous(record, at);
      }
    }
    return at;
  }

  /// The position of the first entry that is `needle`, among every `stride`-th from `from` on;
  /// [#NONE] if there is none.
  public static int find(long record, int from, PackedEntries needle, int stride) {
    if (from == NONE) {
      return NONE;
    }
    long list = Record.valueAddress(record);
    byte first = needle.first();
    Bytes wanted = needle.bytes();
    int at = from;
    while (true) {
      byte head = Native.getByte(list + at);
      if (head == first && wholeSize(list + at) == wanted.length()) {
        if (Native.equal(list + at, wanted)) {
          return at;
        }
      } else if (head == (byte) END) {
        return NONE;
      }
      for (int i = 0; i < stride; i++) {
        at += wholeSize(list + at);
        Invariant.check(i == stride - 1 || !ends(list, at), "a packed list of odd length");
      }
    }
  }

  /// Whether the entry is what `needle` is.
  public static boolean is(long record, int at, PackedEntries needle) {
    long entry = Record.valueAddress(record) + at;
    Bytes wanted = needle.bytes();
    return Native.getByte(entry) == needle.first()
        && wholeSize(entry) == wanted.length()
        && Native.equal(entry, wanted);
  }

  /// Whether the entry is a number, which [#number] tells.
  public static boolean isNumber(long record, int at) {
    return isNumber(Record.valueAddress(record) + at);
  }

  private static boolean isNumber(long entry) {
    int head = Native.getByte(entry) & 0xff;
    return head < STRING_6 || (head >= INT_13 && head < STRING_12) || head > STRING_32;
  }

  /// The number an entry is.
  public static long number(long record, int at) {
    return number(Record.valueAddress(record) + at);
  }

  private static long number(long entry) {
    int head = Native.getByte(entry) & 0xff;
    if (head < STRING_6) {
      return head;
    }
    return switch (head) {
      case INT_16 -> Native.getShort(entry + 1);
      // The byte behind it is the one before the highest: there always is one.
      case INT_24 -> Native.getInt(entry) >> 8;
      case INT_32 -> Native.getInt(entry + 1);
      case INT_64 -> Native.getLong(entry + 1);
      default -> {
        Invariant.check(head >= INT_13 && head < STRING_12, "a packed string taken for a number");
        int low = (head & 0x1f) << 8 | (Native.getByte(entry + 1) & 0xff);
        yield low << 19 >> 19;
      }
    };
  }

  /// The string an entry is: a view, or the decimal of a number.
  public static Bytes get(long record, int at) {
    return get(Record.valueAddress(record) + at);
  }

  private static Bytes get(long entry) {
    return isNumber(entry)
        ? Decimal.of(number(entry))
        : new NativeBytes(entry + headSize(entry), stringLength(entry));
  }

  /// Shows the strings that entries are, up to `count` from a position on, towards the end of the
  /// list or towards its beginning; returns how many that were.
  public static int forEach(
      long record, int at, int count, boolean forwards, Consumer<Bytes> visitor) {
    long list = Record.valueAddress(record);
    int position = at;
    int shown = 0;
    while (shown < count && position != NONE) {
      visitor.accept(get(list + position));
      shown++;
      position =
          forwards
              ? unlessEnd(list, position + wholeSize(list + position))
              : previousOf(list, position);
    }
    return shown;
  }

  /// The length of the string an entry is.
  public static int length(long record, int at) {
    return isNumber(record, at)
        ? Decimal.length(number(record, at))
        : stringLength(Record.valueAddress(record) + at);
  }

  /// The size an entry takes in the list.
  public static int size(long record, int at) {
    return wholeSize(Record.valueAddress(record) + at);
  }

  /// Makes the list of `target` that of `source`, but for `removed` bytes from a position on, which
  /// are whole entries, and `fresh` in their place. The two may be the same record.
  ///
  /// - `removedCount`: the number of those entries.
  /// - The value of `target` has room for the new list.
  public static void edit(
      long target, long source, int at, int removed, int removedCount, PackedEntries fresh) {
    int before = size(source);
    int count = count(source);
    int rest = before - at - removed;
    long to = Record.valueAddress(target);
    long from = Record.valueAddress(source);
    if (to != from) {
      Native.copy(from, to, at);
    }
    Native.copy(from + at + removed, to + at + fresh.size(), rest);
    Native.copy(fresh.bytes(), 0, to + at, fresh.size());
    Native.putInt(to, before - removed + fresh.size());
    int after = count - removedCount + fresh.count();
    Native.putShort(to + 4, (short) Math.min(after, COUNT_MANY));
  }

  /// Puts entries in the place of those at a position that take as many bytes and are as many.
  public static void overwrite(long record, int at, PackedEntries fresh) {
    Native.copy(fresh.bytes(), 0, Record.valueAddress(record) + at, fresh.size());
  }

  private static int unlessEnd(long list, int at) {
    return ends(list, at) ? NONE : at;
  }

  private static boolean ends(long list, int at) {
    return Native.getByte(list + at) == (byte) END;
  }

  /// The size of an entry with its length behind it.
  private static int wholeSize(long entry) {
    int size = headSize(entry) + bodySize(entry);
    return size + backLengthSize(size);
  }

  /// Bytes before the string or the number.
  private static int headSize(long entry) {
    int head = Native.getByte(entry) & 0xff;
    if (head == STRING_32) {
      return 1 + Integer.BYTES;
    }
    return head >= STRING_12 && head < STRING_32 ? 2 : 1;
  }

  private static int bodySize(long entry) {
    int head = Native.getByte(entry) & 0xff;
    if (head < STRING_6) {
      return 0;
    }
    if (head < INT_13 || (head >= STRING_12 && head <= STRING_32)) {
      return stringLength(entry);
    }
    return switch (head) {
      case INT_16 -> 2;
      case INT_24 -> 3;
      case INT_32 -> 4;
      case INT_64 -> 8;
      default -> {
        Invariant.check(head < STRING_12, "a packed entry of an encoding there is none of");
        yield 1;
      }
    };
  }

  private static int stringLength(long entry) {
    int head = Native.getByte(entry) & 0xff;
    if (head < INT_13) {
      return head & 0x3f;
    }
    return head == STRING_32
        ? Native.getInt(entry + 1)
        : (head & 0xf) << 8 | (Native.getByte(entry + 1) & 0xff);
  }

  /// The bytes the length of an entry takes behind it: as in Redis one more than it needs where all
  /// its bits are ones, but for a single byte.
  static int backLengthSize(int size) {
    if (size < 1 << 7) {
      return 1;
    }
    if (size < (1 << 14) - 1) {
      return 2;
    }
    return size < (1 << 21) - 1 ? 3 : size < (1 << 28) - 1 ? 4 : 5;
  }
}
