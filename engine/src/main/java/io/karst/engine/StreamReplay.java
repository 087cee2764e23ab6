package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.history.StreamEffect;
import io.karst.keyspace.Key;
import io.karst.value.StreamConsumer;
import io.karst.value.StreamGroup;
import io.karst.value.ValueType;
import org.jspecify.annotations.Nullable;

/// Applies effects on streams: a part of [Replay]. What does not fit what is there, which something
/// to come replaces, does nothing. Without state.
final class StreamReplay {
  private StreamReplay() {}

  static void change(Tx tx, StreamEffect effect, Key key) {
    boolean isStream = tx.type(key) == ValueType.STREAM;
    boolean makes = effect instanceof StreamEffect.Append || effect instanceof StreamEffect.State;
    if (!isStream && !makes) {
      return;
    }
    if (!isStream) {
      tx.delete(key);
    }
    StreamView stream = tx.streamForUpdate(key);
    switch (effect) {
      case StreamEffect.Append append -> {
        if (stream.lastId().isBefore(append.id())) {
          stream.append(append.id(), append.pairs());
        }
      }
      case StreamEffect.Remove remove -> stream.remove(remove.id());
      case StreamEffect.TrimTo trim -> stream.trim(StreamCut.through(trim.id()));
      case StreamEffect.State state ->
          stream.state(state.lastId(), state.entriesAdded(), state.maxDeletedId());
      case StreamEffect.Group group ->
          stream.putGroup(group.group(), group.lastDelivered(), group.entriesRead());
      case StreamEffect.DestroyGroup destroy -> {
        StreamGroup group = stream.group(destroy.group());
        if (group != null) {
          stream.removeGroup(group);
        }
      }
      case StreamEffect.Consumer put -> {
        StreamGroup group = stream.group(put.group());
        if (group != null) {
          stream.putConsumer(group, put.consumer(), put.seenMillis(), put.activeMillis());
        }
      }
      case StreamEffect.DeleteConsumer delete -> {
        StreamGroup group = stream.group(delete.group());
        StreamConsumer consumer = consumer(group, delete.consumer());
        if (group != null && consumer != null) {
          stream.removeConsumer(group, consumer);
        }
      }
      case StreamEffect.Pending pending -> put(stream, pending);
      case StreamEffect.Acknowledge acknowledge -> {
        StreamGroup group = stream.group(acknowledge.group());
        if (group != null) {
          stream.acknowledge(group, acknowledge.id());
        }
      }
      case StreamEffect.Release release -> {
        StreamGroup group = stream.group(release.group());
        if (group != null) {
          stream.release(group, release.id(), release.deliveries());
        }
      }
      case StreamEffect.Produced produced ->
          stream.produced(
              new Production(produced.producer(), produced.token(), produced.addedMillis()),
              produced.id());
      case StreamEffect.Producers producers ->
          stream.producers(
              producers.durationSeconds(), producers.tokensMax(), producers.duplicates());
    }
  }

  private static void put(StreamView stream, StreamEffect.Pending pending) {
    StreamGroup group = stream.group(pending.group());
    StreamConsumer consumer = consumer(group, pending.consumer());
    if (group != null && consumer != null) {
      stream.putPending(
          group, consumer, pending.id(), pending.deliveredMillis(), pending.deliveries());
    }
  }

  private static @Nullable StreamConsumer consumer(@Nullable StreamGroup group, Bytes name) {
    return group == null ? null : group.consumer(name);
  }
}
