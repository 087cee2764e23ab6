package io.karst.commands.stream;

import io.karst.commands.Reply;
import io.karst.engine.StreamView;
import io.karst.value.StreamConsumer;
import io.karst.value.StreamCursor;
import io.karst.value.StreamGroup;
import io.karst.value.StreamId;
import io.karst.value.StreamPending;
import io.karst.value.StreamProducers;
import io.karst.value.StreamSink;
import io.karst.value.StreamState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `XINFO STREAM` tells. Without state.
final class StreamReport {
  private StreamReport() {}

  static Reply brief(StreamView stream, long now) {
    return head(stream, now)
        .put("groups", Reply.of(stream.groups().size()))
        .put("first-entry", edge(stream, true))
        .put("last-entry", edge(stream, false))
        .reply();
  }

  /// - `count`: how many entries, and pending ones of each group and consumer, at most.
  static Reply full(StreamView stream, long count, long now) {
    List<Reply> groups = new ArrayList<>();
    for (StreamGroup group : stream.groups()) {
      groups.add(group(stream, group, count));
    }
    return head(stream, now)
        .put("entries", new Reply.Array(Entries.range(stream, StreamId.ZERO, StreamId.MAX, count)))
        .put("groups", new Reply.Array(groups))
        .reply();
  }

  private static Report head(StreamView stream, long now) {
    StreamState state = stream.state();
    Report head =
        new Report()
            .put("length", Reply.of(state.length()))
            .put("radix-tree-keys", Reply.of(stream.nodes()))
            .put("radix-tree-nodes", Reply.of(stream.nodes() + 1))
            .put("last-generated-id", Entries.id(state.lastId()))
            .put("max-deleted-entry-id", Entries.id(state.maxDeletedId()))
            .put("entries-added", Reply.of(state.entriesAdded()))
            .put("recorded-first-entry-id", Entries.id(state.firstId()));
    StreamProducers producers = stream.producers();
    if (producers != null) {
      head.put("idmp-duration", Reply.of(producers.durationSeconds()))
          .put("idmp-maxsize", Reply.of(producers.tokensMax()))
          .put("pids-tracked", Reply.of(producers.producersAt(now)))
          .put("iids-tracked", Reply.of(producers.tokensAt(now)))
          .put("iids-added", Reply.of(producers.added()))
          .put("iids-duplicates", Reply.of(producers.duplicates()));
    }
    return head;
  }

  private static Reply edge(StreamView stream, boolean first) {
    StreamCursor cursor = stream.cursor();
    boolean found =
        cursor != null && (first ? cursor.seek(StreamId.ZERO) : cursor.seekBack(StreamId.MAX));
    return found && cursor != null ? Entries.entry(cursor) : Reply.NIL;
  }

  private static Reply group(StreamView stream, StreamGroup group, long count) {
    List<Reply> consumers = new ArrayList<>();
    for (StreamConsumer consumer : group.consumers()) {
      consumers.add(
          new Report()
              .put("name", Reply.bulk(consumer.name()))
              .put("seen-time", Reply.of(consumer.seenMillis()))
              .put("active-time", Reply.of(consumer.activeMillis()))
              .put("pel-count", Reply.of(consumer.pendingCount()))
              .put("pending", pending(group, consumer, count))
              .reply());
    }
    Report report =
        new Report()
            .put("name", Reply.bulk(group.name()))
            .put("last-delivered-id", Entries.id(group.lastDelivered()))
            .put("entries-read", entriesRead(group))
            .put("lag", lag(stream, group))
            .put("pel-count", Reply.of(group.pendingCount()));
    if (group.releasedCount() > 0) {
      report.put("nacked-count", Reply.of(group.releasedCount()));
    }
    return report
        .put("pending", pending(group, null, count))
        .put("consumers", new Reply.Array(consumers))
        .reply();
  }

  private static Reply pending(StreamGroup group, @Nullable StreamConsumer of, long count) {
    List<Reply> pending = new ArrayList<>();
    group.forEach(
        of,
        StreamId.ZERO,
        (id, owner, record) -> {
          Reply time = Reply.of(StreamPending.deliveredMillis(record));
          Reply deliveries = Reply.of(StreamPending.deliveries(record));
          pending.add(
              of == null
                  ? Reply.array(Entries.id(id), Consumers.name(owner), time, deliveries)
                  : Reply.array(Entries.id(id), time, deliveries));
          return pending.size() < count;
        });
    return new Reply.Array(pending);
  }

  static Reply entriesRead(StreamGroup group) {
    return count(group.entriesRead());
  }

  /// How many entries a group has not read, nil if that is not known.
  static Reply lag(StreamView stream, StreamGroup group) {
    long added = stream.state().entriesAdded();
    if (added == 0) {
      return Reply.ZERO;
    }
    long read = group.entriesRead();
    if (read == StreamSink.ENTRIES_READ_UNKNOWN || stream.hasGapFrom(group.lastDelivered())) {
      read = stream.entriesUpTo(group.lastDelivered());
    }
    return read == StreamSink.ENTRIES_READ_UNKNOWN ? Reply.NIL : Reply.of(added - read);
  }

  private static Reply count(long count) {
    return count == StreamSink.ENTRIES_READ_UNKNOWN ? Reply.NIL : Reply.of(count);
  }
}
