package io.karst.history;

import io.karst.base.Bytes;
import io.karst.value.StreamId;
import java.util.ArrayList;
import java.util.List;

/// The effects on streams as bytes: a part of [EffectCodec].
final class StreamEffects {
  private StreamEffects() {}

  static void write(StreamEffect effect, EffectOutput out) {
    switch (effect) {
      case StreamEffect.Append append -> writeAppend(append, out);
      case StreamEffect.Remove remove -> {
        begin(WalFormat.STREAM_REMOVE, remove, out);
        putId(remove.id(), out);
      }
      case StreamEffect.TrimTo trim -> {
        begin(WalFormat.STREAM_TRIM, trim, out);
        putId(trim.id(), out);
      }
      case StreamEffect.State state -> {
        begin(WalFormat.STREAM_STATE, state, out);
        putId(state.lastId(), out);
        out.putNumber(state.entriesAdded());
        putId(state.maxDeletedId(), out);
      }
      case StreamEffect.Group group -> {
        begin(WalFormat.STREAM_GROUP, group, out);
        out.putBytes(group.group());
        putId(group.lastDelivered(), out);
        out.putNumber(group.entriesRead() + 1);
      }
      case StreamEffect.DestroyGroup destroy -> {
        begin(WalFormat.STREAM_DESTROY_GROUP, destroy, out);
        out.putBytes(destroy.group());
      }
      case StreamEffect.Consumer consumer -> {
        begin(WalFormat.STREAM_CONSUMER, consumer, out);
        out.putBytes(consumer.group());
        out.putBytes(consumer.consumer());
        out.putNumber(consumer.seenMillis());
        out.putNumber(consumer.activeMillis() + 1);
      }
      case StreamEffect.DeleteConsumer delete -> {
        begin(WalFormat.STREAM_DELETE_CONSUMER, delete, out);
        out.putBytes(delete.group());
        out.putBytes(delete.consumer());
      }
      case StreamEffect.Pending pending -> writePending(pending, out);
      case StreamEffect.Acknowledge acknowledge -> {
        begin(WalFormat.STREAM_ACKNOWLEDGE, acknowledge, out);
        out.putBytes(acknowledge.group());
        putId(acknowledge.id(), out);
      }
      case StreamEffect.Release release -> {
        begin(WalFormat.STREAM_RELEASE, release, out);
        out.putBytes(release.group());
        putId(release.id(), out);
        out.putNumber(release.deliveries());
      }
      case StreamEffect.Produced produced -> writeProduced(produced, out);
      case StreamEffect.Producers producers -> {
        begin(WalFormat.STREAM_PRODUCERS, producers, out);
        out.putNumber(producers.durationSeconds());
        out.putNumber(producers.tokensMax());
        out.putNumber(producers.duplicates());
      }
    }
  }

  private static void writeAppend(StreamEffect.Append append, EffectOutput out) {
    begin(WalFormat.STREAM_APPEND, append, out);
    putId(append.id(), out);
    List<Bytes> pairs = append.pairs();
    out.putNumber(pairs.size() >>> 1);
    for (int i = 0; i < pairs.size(); i++) {
      out.putBytes(pairs.get(i));
    }
  }

  private static void writePending(StreamEffect.Pending pending, EffectOutput out) {
    begin(WalFormat.STREAM_PENDING, pending, out);
    out.putBytes(pending.group());
    out.putBytes(pending.consumer());
    putId(pending.id(), out);
    out.putNumber(pending.deliveredMillis());
    out.putNumber(pending.deliveries());
  }

  private static void writeProduced(StreamEffect.Produced produced, EffectOutput out) {
    begin(WalFormat.STREAM_PRODUCED, produced, out);
    out.putBytes(produced.producer());
    out.putBytes(produced.token());
    putId(produced.id(), out);
    out.putNumber(produced.addedMillis());
  }

  /// Whether a verb is one of an effect on a stream.
  static boolean has(int verb) {
    return verb >= WalFormat.STREAM_APPEND && verb <= WalFormat.STREAM_PRODUCERS;
  }

  static Effect read(int verb, int database, EffectInput in) {
    Bytes key = in.getBytes();
    return switch (verb) {
      case WalFormat.STREAM_APPEND -> readAppend(database, key, in);
      case WalFormat.STREAM_REMOVE -> new StreamEffect.Remove(database, key, id(in));
      case WalFormat.STREAM_TRIM -> new StreamEffect.TrimTo(database, key, id(in));
      case WalFormat.STREAM_STATE ->
          new StreamEffect.State(database, key, id(in), in.getNumber(), id(in));
      case WalFormat.STREAM_GROUP ->
          new StreamEffect.Group(database, key, in.getBytes(), id(in), in.getNumber() - 1);
      case WalFormat.STREAM_DESTROY_GROUP ->
          new StreamEffect.DestroyGroup(database, key, in.getBytes());
      case WalFormat.STREAM_CONSUMER ->
          new StreamEffect.Consumer(
              database, key, in.getBytes(), in.getBytes(), in.getNumber(), in.getNumber() - 1);
      case WalFormat.STREAM_DELETE_CONSUMER ->
          new StreamEffect.DeleteConsumer(database, key, in.getBytes(), in.getBytes());
      case WalFormat.STREAM_PENDING ->
          new StreamEffect.Pending(
              database, key, in.getBytes(), in.getBytes(), id(in), in.getNumber(), in.getNumber());
      case WalFormat.STREAM_ACKNOWLEDGE ->
          new StreamEffect.Acknowledge(database, key, in.getBytes(), id(in));
      case WalFormat.STREAM_RELEASE ->
          new StreamEffect.Release(database, key, in.getBytes(), id(in), in.getNumber());
      case WalFormat.STREAM_PRODUCED ->
          new StreamEffect.Produced(
              database, key, in.getBytes(), in.getBytes(), id(in), in.getNumber());
      case WalFormat.STREAM_PRODUCERS ->
          new StreamEffect.Producers(database, key, in.getInt(), in.getInt(), in.getNumber());
      default -> throw new EffectCodec.MalformedException("there is no verb " + verb);
    };
  }

  private static Effect readAppend(int database, Bytes key, EffectInput in) {
    StreamId id = id(in);
    int count = in.getInt();
    if (count <= 0) {
      throw new EffectCodec.MalformedException("an entry without fields");
    }
    List<Bytes> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pairs.add(in.getBytes());
      pairs.add(in.getBytes());
    }
    return new StreamEffect.Append(database, key, id, pairs);
  }

  private static void begin(int verb, StreamEffect effect, EffectOutput out) {
    EffectCodec.begin(verb, effect, out);
    out.putBytes(effect.key());
  }

  private static void putId(StreamId id, EffectOutput out) {
    out.putNumber(id.millis());
    out.putNumber(id.sequence());
  }

  private static StreamId id(EffectInput in) {
    long millis = in.getNumber();
    return new StreamId(millis, in.getNumber());
  }
}
