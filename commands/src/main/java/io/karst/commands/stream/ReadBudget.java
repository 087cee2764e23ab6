package io.karst.commands.stream;

import io.karst.base.Bytes;
import io.karst.value.StreamCursor;
import io.karst.value.StreamId;
import java.util.List;

/// How many entries of all streams of an `XREAD` may still be shown, and how many bytes of reply
/// they may take; the first one is shown whatever it takes. Thread: its owner's, for one command.
final class ReadBudget {
  static final long UNLIMITED = Long.MAX_VALUE;

  /// What an array or a string takes in a reply besides its bytes and the digits of its length.
  private static final int ARRAY_OVERHEAD = 3;

  private static final int STRING_OVERHEAD = 5;

  private long entries;
  private long bytes;
  private boolean shown;

  /// - `entries`, `bytes`: perhaps [#UNLIMITED].
  ReadBudget(long entries, long bytes) {
    this.entries = entries;
    this.bytes = bytes;
  }

  /// Whether the entry that a cursor is at may be shown; it is counted then. Once one may not, none
  /// may.
  boolean takes(StreamCursor cursor) {
    return takes(bytes == UNLIMITED ? 0 : size(cursor.id(), cursor.pairs()));
  }

  /// As [#takes(StreamCursor)], of a pending entry that is in its stream no more.
  boolean takes(StreamId deleted) {
    return takes(bytes == UNLIMITED ? 0 : size(deleted, List.of()));
  }

  /// Whether nothing more may be shown.
  boolean isSpent() {
    return entries == 0;
  }

  private boolean takes(long size) {
    if (entries == 0 || (shown && size > bytes)) {
      entries = 0;
      return false;
    }
    shown = true;
    entries -= entries == UNLIMITED ? 0 : 1;
    bytes -= bytes == UNLIMITED ? 0 : Math.min(size, bytes);
    return true;
  }

  private static long size(StreamId id, List<Bytes> pairs) {
    int idLength = id.toString().length();
    long size = 2L * ARRAY_OVERHEAD + 1 + digits(pairs.size()) + string(idLength);
    for (Bytes each : pairs) {
      size += string(each.length());
    }
    return size;
  }

  private static long string(int length) {
    return (long) STRING_OVERHEAD + digits(length) + length;
  }

  private static int digits(int number) {
    return Integer.toString(number).length();
  }
}
