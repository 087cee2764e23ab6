package io.karst.commands.stream;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.value.StreamId;
import org.jspecify.annotations.Nullable;

/// Ids of entries as clients write them, and the bounds of ranges of them. Without state.
final class Ids {
  private static final int LENGTH_MAX = 127;

  private Ids() {}

  /// Word `index` as an id.
  ///
  /// - `sequence`: what is meant if only milliseconds are written.
  static StreamId id(Args args, int index, long sequence) {
    StreamId id = find(args.bytes(index), sequence);
    if (id == null) {
      throw invalid();
    }
    return id;
  }

  /// As [#id(Args, int, long)], with 0 for a missing sequence.
  static StreamId id(Args args, int index) {
    return id(args, index, 0);
  }

  /// The words from one up to another as ids.
  static StreamId[] ids(Args args, int from, int to) {
    StreamId[] ids = new StreamId[to - from];
    for (int i = from; i < to; i++) {
      ids[i - from] = id(args, i);
    }
    return ids;
  }

  /// The id that a word is, or null.
  static @Nullable StreamId find(Bytes word, long sequence) {
    if (word.length() > LENGTH_MAX) {
      return null;
    }
    String text = word.utf8();
    int dash = text.indexOf('-');
    Long millis = number(dash < 0 ? text : text.substring(0, dash));
    Long written = dash < 0 ? Long.valueOf(sequence) : number(text.substring(dash + 1));
    return millis == null || written == null ? null : new StreamId(millis, written);
  }

  /// Word `index` as an id, or as `-` or `+`.
  static StreamId bound(Args args, int index) {
    return bound(args.bytes(index), 0);
  }

  /// The lower bound of a range, the first id that belongs to it: `-`, `+`, an id, or one behind
  /// `(` that does not belong to it.
  static StreamId lower(Args args, int index) {
    Bytes word = args.bytes(index);
    if (!isExclusive(word)) {
      return bound(word, 0);
    }
    StreamId next = exclusive(word, 0).next();
    if (next == null) {
      throw CommandException.err("invalid start ID for the interval");
    }
    return next;
  }

  /// The upper bound of a range, the last id that belongs to it.
  static StreamId upper(Args args, int index) {
    Bytes word = args.bytes(index);
    if (!isExclusive(word)) {
      return bound(word, -1);
    }
    StreamId previous = exclusive(word, -1).previous();
    if (previous == null) {
      throw CommandException.err("invalid end ID for the interval");
    }
    return previous;
  }

  private static boolean isExclusive(Bytes word) {
    return word.length() > 1 && word.at(0) == '(';
  }

  private static StreamId exclusive(Bytes word, long sequence) {
    StreamId id = find(word.slice(1, word.length() - 1), sequence);
    if (id == null) {
      throw invalid();
    }
    return id;
  }

  private static StreamId bound(Bytes word, long sequence) {
    if (word.length() == 1 && word.at(0) == '-') {
      return StreamId.ZERO;
    }
    if (word.length() == 1 && word.at(0) == '+') {
      return StreamId.MAX;
    }
    StreamId id = find(word, sequence);
    if (id == null) {
      throw invalid();
    }
    return id;
  }

  /// The number of 64 bits without a sign that a text is, or null.
  static @Nullable Long number(String text) {
    if (text.isEmpty() || text.charAt(0) < '0' || text.charAt(0) > '9') {
      return null;
    }
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException none) {
      return null;
    }
  }

  static CommandException invalid() {
    return CommandException.err("Invalid stream ID specified as stream command argument");
  }
}
