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
import io.karst.value.StreamSink;
import io.karst.value.ValueSink;
import io.karst.value.ValueType;

/// Streams in their serialised form, and back: a part of [ValueCodec].
final class StreamCodec {
  private final Engine engine;
  private final Magazine magazine;

  StreamCodec(Engine engine, Magazine magazine) {
    this.engine = engine;
    this.magazine = magazine;
  }

  static RdbType write(StreamLog log, RdbWriter out, boolean travels) {
    RdbType form = travels ? RdbType.STREAM_2 : RdbType.STREAM_3;
    RdbStreamWriter writer = new RdbStreamWriter(form, travels);
    for (int i = 0; i < log.nodes(); i++) {
      writer.node(log.base(i), Packed.list(log.node(i)));
    }
    writer.state(log.state());
    for (StreamGroup group : log.groups()) {
      writeGroup(group, writer);
    }
    writer.end(out);
    return form;
  }

  private static void writeGroup(StreamGroup group, RdbStreamWriter writer) {
    writer.group(group.name(), group.lastDelivered(), group.entriesRead());
    group.forEach(
        null,
        StreamId.ZERO,
        (id, consumer, pending) -> {
          writer.pending(
              id, StreamPending.deliveredMillis(pending), StreamPending.deliveries(pending));
          return true;
        });
    for (StreamConsumer consumer : group.consumers()) {
      writer.consumer(consumer.name(), consumer.seenMillis(), consumer.activeMillis());
      group.forEach(
          consumer,
          StreamId.ZERO,
          (id, owner, pending) -> {
            writer.consumerPending(id);
            return true;
          });
    }
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
