package io.karst.value;

import io.karst.base.Bytes;
import io.karst.memory.Magazine;
import io.karst.memory.Record;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes a [StreamLog] of its parts. What is pending in a group is kept on the heap until its
/// consumers are told.
///
/// Methods throw [io.karst.base.Fault.OutOfMemory]; the caller [#discard]s it then. Thread: its
/// owner's.
public final class StreamBuilder implements StreamSink {
  private final Magazine magazine;
  private final StreamEditor editor;
  private final StreamLog log = new StreamLog();
  private final Map<StreamId, Delivery> pending = new HashMap<>();
  private @Nullable StreamGroup group;
  private @Nullable StreamConsumer consumer;

  private record Delivery(long millis, long count) {}

  public StreamBuilder(Magazine magazine, Encodings encodings) {
    this.magazine = magazine;
    editor = new StreamEditor(magazine, encodings, () -> true, node -> Record.free(magazine, node));
  }

  @Override
  public void entry(StreamId id, List<Bytes> fieldsAndValues) {
    editor.append(log, id, fieldsAndValues);
  }

  @Override
  public void state(StreamState state) {
    log.lastId(state.lastId());
    log.maxDeletedId(state.maxDeletedId());
    log.entriesAdded(state.entriesAdded());
  }

  @Override
  public boolean group(Bytes name, StreamId lastDelivered, long entriesRead) {
    release();
    group = new StreamGroup(name.copy(), lastDelivered, entriesRead);
    if (log.group(name) != null) {
      return false;
    }
    log.addGroup(group);
    return true;
  }

  @Override
  public void pending(StreamId id, long deliveredMillis, long deliveries) {
    pending.put(id, new Delivery(deliveredMillis, deliveries));
  }

  @Override
  public boolean consumer(Bytes name, long seenMillis, long activeMillis) {
    StreamGroup own = Objects.requireNonNull(group);
    if (own.consumer(name) != null) {
      return false;
    }
    consumer = own.addConsumer(name.copy(), seenMillis, activeMillis);
    return true;
  }

  @Override
  public void consumerPending(StreamId id) {
    Delivery delivery = Objects.requireNonNull(pending.remove(id));
    Objects.requireNonNull(group)
        .put(magazine, id, Objects.requireNonNull(consumer), delivery.millis(), delivery.count());
  }

  @Override
  public void producers(int durationSeconds, int tokensMax, long added, long duplicates) {
    StreamProducers producers = log.producersForUpdate();
    producers.rule(magazine, durationSeconds, tokensMax);
    producers.counts(added, duplicates);
  }

  @Override
  public void produced(Bytes producer, Bytes token, StreamId id, long addedMillis) {
    StreamProducers producers = log.producersForUpdate();
    long added = producers.added();
    long made = StreamProducers.token(magazine, token, id, addedMillis);
    producers.put(magazine, producer, made);
    producers.counts(added, producers.duplicates());
  }

  /// What is left of the group's pending entries is nobody's.
  private void release() {
    StreamGroup own = group;
    if (own != null) {
      pending.forEach((id, delivery) ->
          own.put(magazine, id, null, StreamPending.RELEASED_MILLIS, delivery.count()));
    }
    pending.clear();
  }

  /// The stream, which is the caller's then.
  public StreamLog end() {
    release();
    return log;
  }

  /// Gives all memory back.
  public void discard() {
    log.free(magazine);
  }
}
