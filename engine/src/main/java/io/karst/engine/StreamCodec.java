package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Fault;
import io.karst.keyspace.KeySlot;
import io.karst.memory.Magazine;
import io.karst.memory.Packed;
import io.karst.memory.Record;
import io.karst.value.RdbStreamWriter;
import io.karst.value.RdbType;
import io.karst.value.RdbValueReader;
import io.karst.value.RdbWriter;
import io.karst.value.StreamBuilder;
import io.karst.value.StreamConsumer;
import io.karst.value.StreamGroup;
import io.karst.value.StreamId;
import io.karst.value.StreamLog;
import io.karst.value.StreamPending;
import io.karst.value.StreamProducers;
import io.karst.value.StreamSink;
import io.karst.value.ValueSink;
import io.karst.value.ValueType;
import org.jspecify.annotations.Nullable;

/// Streams in their serialised form, and back: a part of [ValueCodec].
final class StreamCodec {
  private final Engine engine;
  private final Magazine magazine;

  StreamCodec(Engine engine, Magazine magazine) {
    this.engine = engine;
    this.magazine = magazine;
  }

  static RdbType write(StreamLog log, RdbWriter out, boolean travels) {
    RdbType form =
        travels ? RdbType.STREAM_2 : needsOwn(log) ? RdbType.STREAM_PRODUCED : RdbType.STREAM_3;
    RdbStreamWriter writer = new RdbStreamWriter(form, travels);
    for (int i = 0; i < log.nodes(); i++) {
      writer.node(log.base(i), Packed.list(log.node(i)));
    }
    writer.state(log.state());
    for (StreamGroup group : log.groups()) {
      writeGroup(group, writer, travels);
    }
    StreamProducers producers = log.producers();
    if (producers != null && form == RdbType.STREAM_PRODUCED) {
      writer.producers(
          producers.durationSeconds(),
          producers.tokensMax(),
          producers.added(),
          producers.duplicates());
      producers.forEach(writer::produced);
    }
    writer.end(out);
    return form;
  }

  /// Whether Redis 7.2 has nothing like it.
  private static boolean needsOwn(StreamLog log) {
    boolean needs = log.producers() != null;
    for (StreamGroup group : log.groups()) {
      needs |= group.releasedCount() > 0;
    }
    return needs;
  }

  /// - `travels`: whether what is nobody's is to be a consumer's, whose name is empty.
  private static void writeGroup(StreamGroup group, RdbStreamWriter writer, boolean travels) {
    writer.group(group.name(), group.lastDelivered(), group.entriesRead());
    group.forEach(
        null,
        StreamId.ZERO,
        (id, consumer, pending) -> {
          writer.pending(
              id, StreamPending.deliveredMillis(pending), StreamPending.deliveries(pending));
          return true;
        });
    boolean adopts = travels && group.releasedCount() > 0;
    if (adopts && group.consumer(Bytes.EMPTY) == null) {
      writer.consumer(Bytes.EMPTY, StreamPending.RELEASED_MILLIS, StreamConsumer.NEVER);
      writeOwned(group, null, true, writer);
    }
    for (StreamConsumer consumer : group.consumers()) {
      writer.consumer(consumer.name(), consumer.seenMillis(), consumer.activeMillis());
      writeOwned(group, consumer, adopts && consumer.name().isEmpty(), writer);
    }
  }

  /// Writes the ids of what is a consumer's, and with `released` of what is nobody's.
  private static void writeOwned(
      StreamGroup group,
      @Nullable StreamConsumer consumer,
      boolean released,
      RdbStreamWriter writer) {
    group.forEach(
        released ? null : consumer,
        StreamId.ZERO,
        (id, owner, pending) -> {
          if (owner == null ? released : owner == consumer) {
            writer.consumerPending(id);
          }
          return true;
        });
  }

  /// See [ValueCodec#read].
  long read(RdbType type, Bytes body, Bytes key, long expiryMillis, int access) {
    StreamBuilder builder = new StreamBuilder(magazine, engine.encodings());
    ValueSink sink =
        new ValueSink() {
          @Override
          public StreamSink stream() {
            return builder;
          }
        };
    try {
      RdbValueReader.read(type, body, sink);
      int code = ValueType.STREAM.code();
      long record = Record.create(magazine, key, code, Record.OBJECT_SIZE, expiryMillis, access);
      long number = engine.values().add(builder.end(), KeySlot.of(key));
      Record.object(record, number, Long.MAX_VALUE);
      return record;
    } catch (CommandException | Fault failure) {
      builder.discard();
      throw failure;
    }
  }
}
