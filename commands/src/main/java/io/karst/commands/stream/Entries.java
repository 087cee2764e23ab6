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
  static Reply.Array entry(StreamCursor cursor) {
    List<Reply> pairs = new ArrayList<>();
    for (Bytes each : cursor.pairs()) {
      pairs.add(Reply.bulk(each));
    }
    return new Reply.Array(List.of(id(cursor.id()), new Reply.Array(pairs)));
  }

  /// An entry with what was known of its delivery: the time since, and how many there were.
  static Reply delivered(Reply.Array entry, Reply idleMillis, Reply deliveries) {
    List<? extends Reply> parts = entry.items();
    return Reply.array(parts.getFirst(), parts.getLast(), idleMillis, deliveries);
  }

  /// The entry of an id, or null if there is none.
  static Reply.@Nullable Array entry(StreamView stream, StreamId id) {
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

  /// Entries from one id on, in their order, as far as there may be more.
  ///
  /// - `count`: at most how many.
  static List<Reply> range(StreamView stream, StreamId from, long count, ReadBudget budget) {
    List<Reply> entries = new ArrayList<>();
    StreamCursor cursor = stream.cursor();
    boolean found = cursor != null && !budget.isSpent() && cursor.seek(from);
    while (cursor != null && found && entries.size() < count && budget.takes(cursor)) {
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
