package io.karst.commands.generic;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.engine.KeyRange;
import org.jspecify.annotations.Nullable;

/// Bounds of a range of keys, written as those of `ZRANGE … BYLEX`: `[key` with it, `(key` without
/// it, `-` and `+` for the ends.
final class KeyBounds {
  private KeyBounds() {}

  /// The range between two words.
  ///
  /// - throws [CommandException] if one of them is no bound.
  static KeyRange read(Args args, int lowest, int highest) {
    Bytes low = args.bytes(lowest);
    Bytes high = args.bytes(highest);
    check(low);
    check(high);
    if (isEnd(low, '+') || isEnd(high, '-')) {
      return new KeyRange(Bytes.EMPTY, false, Bytes.EMPTY, false); // Holds nothing.
    }
    return new KeyRange(key(low), included(low), key(high), included(high));
  }

  private static void check(Bytes word) {
    boolean end = isEnd(word, '-') || isEnd(word, '+');
    boolean key = !word.isEmpty() && (word.at(0) == '[' || word.at(0) == '(');
    if (!end && !key) {
      throw CommandException.err("min or max not valid string range item");
    }
  }

  private static boolean isEnd(Bytes word, char end) {
    return word.length() == 1 && word.at(0) == end;
  }

  private static @Nullable Bytes key(Bytes word) {
    return isEnd(word, '-') || isEnd(word, '+') ? null : word.slice(1, word.length() - 1).copy();
  }

  private static boolean included(Bytes word) {
    return word.at(0) != '(';
  }
}
