package io.karst.commands;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Commands by their own name, found from the bytes a client sent in upper or lower case.
///
/// Open addressing with linear probing over two words a name: its first and its last eight bytes
/// in upper case (one word, padded with zeros, if it is shorter than eight). With the length they
/// are the whole name up to 16 bytes; a longer one is compared once more. A look-up takes a few
/// nanoseconds and allocates nothing. Immutable.
final class NameTable {
  private static final long LOW_SEVENS = 0x7f7f7f7f7f7f7f7fL;
  private static final long HIGH_BITS = ~LOW_SEVENS;
  private static final long ONES = 0x0101010101010101L;
  private static final long MIX_FIRST = 0x9E3779B97F4A7C15L;
  private static final long MIX_LAST = 0xC2B2AE3D27D4EB4FL;
  private static final int WHOLE_IN_WORDS = 2 * Long.BYTES;

  /// At most a quarter of the buckets are taken, so a probe for a name that is not there ends.
  private static final int BUCKETS_PER_NAME = 4;

  private final long[] words;
  private final int[] lengths;
  private final @Nullable Command[] commands;
  private final String[] names;
  private final int mask;

  /// Commands by the names they are declared with.
  static NameTable of(List<Command> all) {
    Map<String, Command> byName = new LinkedHashMap<>();
    for (Command command : all) {
      Invariant.check(
          byName.put(command.name(), command) == null,
          () -> "command " + command.fullName() + ": declared twice");
    }
    return new NameTable(byName);
  }

  /// - `byName`: names in lower case.
  NameTable(Map<String, Command> byName) {
    int buckets = Integer.highestOneBit(Math.max(byName.size(), 1) * BUCKETS_PER_NAME) * 2;
    words = new long[buckets * 2];
    lengths = new int[buckets];
    commands = new @Nullable Command[buckets];
    names = new String[buckets];
    mask = buckets - 1;
    byName.forEach(this::add);
  }

  private void add(String lowerName, Command command) {
    String name = lowerName.toUpperCase(Locale.ROOT);
    Bytes bytes = Bytes.utf8(name);
    long first = firstWord(bytes);
    long last = lastWord(bytes);
    int bucket = bucket(first, last, bytes.length());
    while (commands[bucket] != null) {
      bucket = bucket + 1 & mask;
    }
    words[2 * bucket] = first;
    words[2 * bucket + 1] = last;
    lengths[bucket] = bytes.length();
    commands[bucket] = command;
    names[bucket] = name;
  }

  /// The command called `name`, null if there is none.
  @Nullable Command find(Bytes name) {
    int length = name.length();
    long first = firstWord(name);
    long last = lastWord(name);
    for (int i = bucket(first, last, length); ; i = i + 1 & mask) {
      Command command = commands[i];
      if (command == null) {
        return null;
      }
      if (words[2 * i] == first && words[2 * i + 1] == last && lengths[i] == length) {
        if (length <= WHOLE_IN_WORDS || name.equalsIgnoreCase(names[i])) {
          return command;
        }
      }
    }
  }

  private int bucket(long first, long last, int length) {
    long hash = (first + length) * MIX_FIRST ^ last * MIX_LAST;
    return (int) (hash ^ hash >>> 32) & mask;
  }

  private static long firstWord(Bytes name) {
    int length = name.length();
    if (length >= Long.BYTES) {
      return upperCase(name.longAt(0));
    }
    long word = 0;
    for (int i = 0; i < length; i++) {
      word |= (name.at(i) & 0xffL) << (i * Byte.SIZE);
    }
    return upperCase(word);
  }

  private static long lastWord(Bytes name) {
    int length = name.length();
    return length > Long.BYTES ? upperCase(name.longAt(length - Long.BYTES)) : 0;
  }

  /// Every byte from `a` to `z` without its bit of 0x20; the sums cannot carry into the next byte.
  private static long upperCase(long word) {
    long ascii = word & LOW_SEVENS;
    long fromA = ascii + ONES * (0x80 - 'a');
    long aboveZ = ascii + ONES * (0x7f - 'z');
    long lower = (fromA ^ aboveZ) & ~word & HIGH_BITS;
    return word ^ lower >>> 2;
  }
}
