package io.karst.commands.stream;

import io.karst.base.Bytes;
import io.karst.commands.Reply;
import io.karst.engine.StreamView;
import io.karst.value.StreamCursor;
import io.karst.value.StreamId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Entries as replies: an array of the id and the array of fields and values. Without state.
final class Entries {
  private Entries() {}

  static Reply id(StreamId id) {
    return Reply.bulk(id.toString());
  }

  /// The entry that a cursor is at.
  static Reply entry(StreamCursor cursor) {
    List<Reply> pairs = new ArrayList<>();
    for (Bytes each : cursor.pairs()) {
      pairs.add(Reply.bulk(each));
    }
    return Reply.array(id(cursor.id()), new Reply.Array(pairs));
  }

  /// The entry of an id, or null if there is none.
  static @Nullable Reply entry(StreamView stream, StreamId id) {
    StreamCursor cursor = stream.cursor();
    return cursor != null && cursor.find(id) ? entry(cursor) : null;
  }

  /// Entries from one id to another, both included, in this order.
  ///
  /// - `count`: at most how many.
  static List<Reply> range(StreamView stream, StreamId from, StreamId to, long count) {
    List<Reply> entries = new ArrayList<>();
    StreamCursor cursor = stream.cursor();
    if (cursor == null || to.isBefore(from)) {
      return entries;
    }
    boolean found = cursor.seek(from);
    while (found && entries.size() < count && !to.isBefore(cursor.id())) {
      entries.add(entry(cursor));
      stream.weigh(entries.size());
      found = cursor.next();
    }
    return entries;
  }

  /// As [#range], from the last to the first.
  static List<Reply> reverse(StreamView stream, StreamId from, StreamId to, long count) {
    List<Reply> entries = new ArrayList<>();
    StreamCursor cursor = stream.cursor();
    if (cursor == null || to.isBefore(from)) {
      return entries;
    }
    boolean found = cursor.seekBack(to);
    while (found && entries.size() < count && !cursor.id().isBefore(from)) {
      entries.add(entry(cursor));
      stream.weigh(entries.size());
      found = cursor.previous();
    }
    return entries;
  }
}
