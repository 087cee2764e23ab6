package io.karst.transfer;

import io.karst.base.Bytes;
import io.karst.engine.StreamView;
import io.karst.value.StreamCursor;
import io.karst.value.StreamGroup;
import io.karst.value.StreamId;
import io.karst.value.StreamPending;
import io.karst.value.StreamState;

/// The [Digest] of a stream: entries, what it knows of itself, its groups and what pends there.
final class StreamDigest {
  private StreamDigest() {}

  static byte[] of(StreamView stream, Sum sum, Sum ofGroup) {
    StreamCursor cursor = stream.cursor();
    boolean found = cursor != null && cursor.seek(StreamId.ZERO);
    while (found && cursor != null) {
      put(cursor.id(), sum);
      for (Bytes word : cursor.pairs()) {
        sum.put(word);
      }
      found = cursor.next();
    }
    StreamState state = stream.state();
    put(state.lastId(), sum);
    put(state.maxDeletedId(), sum);
    sum.put(state.entriesAdded());
    byte[] groups = new byte[sum.put(stream.groups().size()).end().length];
    for (StreamGroup group : stream.groups()) {
      Digest.mix(groups, of(group, ofGroup));
    }
    return groups;
  }

  private static byte[] of(StreamGroup group, Sum sum) {
    sum.put(group.name()).put(group.entriesRead());
    put(group.lastDelivered(), sum);
    group.consumers().forEach(consumer -> sum.put(consumer.name()));
    group.forEach(
        null,
        StreamId.ZERO,
        (id, owner, record) -> {
          put(id, sum);
          sum.put(owner == null ? Bytes.EMPTY : owner.name());
          sum.put(StreamPending.deliveredMillis(record)).put(StreamPending.deliveries(record));
          return true;
        });
    return sum.end();
  }

  private static void put(StreamId id, Sum sum) {
    sum.put(id.millis()).put(id.sequence());
  }
}
