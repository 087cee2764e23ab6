package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.history.StreamEffect;
import io.karst.keyspace.Key;
import io.karst.memory.Magazine;
import io.karst.memory.Record;
import io.karst.value.StreamConsumer;
import io.karst.value.StreamCursor;
import io.karst.value.StreamEditor;
import io.karst.value.StreamGroup;
import io.karst.value.StreamId;
import io.karst.value.StreamLog;
import io.karst.value.StreamPending;
import io.karst.value.StreamProducers;
import io.karst.value.StreamSink;
import io.karst.value.StreamState;
import io.karst.value.ValueType;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The stream at a key, or none: entries in the order of their ids, and groups of consumers. A key
/// stays when its last entry goes.
///
/// Good for one command, within its transaction; others' changes to the key are not seen. Every
/// change either happens whole or, with a [Fault], not at all. Groups and consumers that are given
/// are of this stream; all that is asked of a stream beyond [#exists] and the looks at its entries
/// needs one.
public final class StreamView {
  /// What a string takes in an effect besides its bytes, at most.
  private static final int STRING_OVERHEAD = 5;

  private final Records records;
  private final StreamEditor editor;
  private final int database;
  private final Key key;
  private long record;
  private @Nullable StreamLog log;

  /// - `found`: the record of the key, of any type, or NONE.
  StreamView(Records records, int database, Key key, long found) {
    this.records = records;
    this.editor = records.large().streams();
    this.database = database;
    this.key = key;
    record = TypeCheck.ofType(found, ValueType.STREAM);
    log = record == Record.NONE ? null : records.large().stream(record);
  }

  // ---- reads ----

  /// Notes that so many entries have been looked at, or are about to be.
  ///
  /// - throws [LongWorkException] if the command was asked to be brief and they are too many.
  public void weigh(long entries) {
    records.brevity.weigh(entries);
  }

  public boolean exists() {
    return log != null;
  }

  /// The number of entries, 0 if there is no key.
  public long length() {
    return log == null ? 0 : log.length();
  }

  /// The largest id given so far, [StreamId#ZERO] if there is no key.
  public StreamId lastId() {
    return log == null ? StreamId.ZERO : log.lastId();
  }

  public StreamState state() {
    return stream().state();
  }

  /// The number of nodes the entries are in.
  public int nodes() {
    return stream().nodes();
  }

  /// A place before all entries, to look at some of them; null if there is no key. What it shows is
  /// good until the transaction ends, it itself until the stream changes.
  public @Nullable StreamCursor cursor() {
    if (log == null) {
      return null;
    }
    records.viewed();
    return new StreamCursor(log);
  }

  /// Whether there is an entry of an id.
  public boolean contains(StreamId id) {
    return log != null && new StreamCursor(log).find(id);
  }

  /// What is remembered of producers; null if none has ever named itself, or there is no key.
  public @Nullable StreamProducers producers() {
    return log == null ? null : log.producers();
  }

  /// By name.
  public Collection<StreamGroup> groups() {
    return stream().groups();
  }

  /// The group of a name; null if there is none, or no key.
  public @Nullable StreamGroup group(Bytes name) {
    return log == null ? null : log.group(name);
  }

  /// How many entries there were up to an id, as far as the counts tell;
  /// [StreamSink#ENTRIES_READ_UNKNOWN] if they do not.
  public long entriesUpTo(StreamId id) {
    StreamState state = stream().state();
    if (state.entriesAdded() == 0) {
      return 0;
    }
    int toLast = id.compareTo(state.lastId());
    if (toLast == 0 || (toLast < 0 && state.length() == 0)) {
      return state.entriesAdded();
    }
    boolean unread = id.equals(StreamId.ZERO);
    if (toLast > 0 || (!unread && id.isBefore(state.maxDeletedId()))) {
      return StreamSink.ENTRIES_READ_UNKNOWN;
    }
    int toFirst = id.compareTo(state.firstId());
    if (toFirst > 0 || !state.maxDeletedId().isBefore(state.firstId())) {
      return StreamSink.ENTRIES_READ_UNKNOWN;
    }
    return state.entriesAdded() - state.length() + (toFirst == 0 ? 1 : 0);
  }

  /// Whether an entry from an id on may have been deleted, those before the first one aside: the
  /// counts do not tell the place of an entry then.
  public boolean hasGapFrom(StreamId id) {
    StreamState state = stream().state();
    return state.length() > 0
        && !state.maxDeletedId().isBefore(state.firstId())
        && !state.maxDeletedId().isBefore(id);
  }

  // ---- entries ----

  /// Adds an entry behind all others, to a stream that is made if there is none.
  ///
  /// - `id`: behind [#lastId].
  /// - `pairs`: fields and values by turns, at least one of each.
  public void append(StreamId id, List<Bytes> pairs) {
    records.reserve(size(pairs));
    put(id, pairs);
  }

  /// As [#append(StreamId, List)], and remembers who did.
  public void append(StreamId id, List<Bytes> pairs, Production production) {
    records.reserveAll(2, size(pairs) + size(production));
    Magazine magazine = records.magazine();
    long token = StreamProducers.token(magazine, production.token(), id, production.millis());
    try {
      put(id, pairs);
    } catch (Fault failure) {
      Record.free(magazine, token);
      throw failure;
    }
    remember(production, id, token);
  }

  private long size(List<Bytes> pairs) {
    long size = key.bytes().length();
    for (int i = 0; i < pairs.size(); i++) {
      size += pairs.get(i).length() + STRING_OVERHEAD;
    }
    return size;
  }

  private void put(StreamId id, List<Bytes> pairs) {
    if (log == null) {
      StreamLog fresh = new StreamLog();
      editor.append(fresh, id, pairs);
      install(fresh);
    } else {
      editor.append(log, id, pairs);
      changed();
    }
    if (records.keepsEffects()) {
      pairs.forEach(records::pin);
      records.effect(record, new StreamEffect.Append(id(), key.bytes(), id, pairs));
    }
  }

  /// Takes an entry out; whether it was there.
  public boolean remove(StreamId id) {
    if (log == null) {
      return false;
    }
    StreamCursor cursor = new StreamCursor(log);
    if (!cursor.find(id)) {
      return false;
    }
    records.reserve(key.bytes().length());
    editor.remove(log, cursor);
    if (log.maxDeletedId().isBefore(id)) {
      log.maxDeletedId(id);
    }
    changed();
    if (records.keepsEffects()) {
      records.effect(record, new StreamEffect.Remove(id(), key.bytes(), id));
    }
    return true;
  }

  /// Takes entries out from the first on; returns how many.
  public long trim(StreamCut cut) {
    StreamLog entries = log;
    if (entries == null) {
      return 0;
    }
    records.reserve(key.bytes().length());
    StreamTrim trim = new StreamTrim(editor, entries, cut, this::changed);
    try {
      trim.run();
    } finally {
      StreamId last = trim.last();
      if (last != null && records.keepsEffects()) {
        records.effect(record, new StreamEffect.TrimTo(id(), key.bytes(), last));
      }
    }
    return trim.removed();
  }

  /// How many entries a cut takes out at most, 0 for any number.
  public long limit(StreamCut cut) {
    return cut.limit(editor.nodeEntriesMax());
  }

  /// Sets what the stream knows of itself; makes the stream if there is none.
  ///
  /// - `lastId`: not before that of the last entry.
  /// - `entriesAdded`: at least as many as there are.
  public void state(StreamId lastId, long entriesAdded, StreamId maxDeletedId) {
    records.reserve(key.bytes().length());
    if (log == null) {
      install(new StreamLog());
    }
    StreamLog stream = stream();
    stream.lastId(lastId);
    stream.entriesAdded(entriesAdded);
    stream.maxDeletedId(maxDeletedId);
    changed();
    if (records.keepsEffects()) {
      records.effect(
          record, new StreamEffect.State(id(), key.bytes(), lastId, entriesAdded, maxDeletedId));
    }
  }

  // ---- producers ----

  /// Remembers who added an entry, which need not be there.
  public void produced(Production production, StreamId id) {
    records.reserve(size(production));
    Magazine magazine = records.magazine();
    long token = StreamProducers.token(magazine, production.token(), id, production.millis());
    remember(production, id, token);
  }

  private void remember(Production production, StreamId id, long token) {
    stream().producersForUpdate().put(records.magazine(), production.producer(), token);
    changed();
    if (records.keepsEffects()) {
      Bytes producer = production.producer();
      records.pin(producer);
      records.pin(production.token());
      records.effect(
          record,
          new StreamEffect.Produced(
              id(), key.bytes(), producer, production.token(), id, production.millis()));
    }
  }

  private long size(Production production) {
    return (long) key.bytes().length()
        + production.producer().length()
        + production.token().length();
  }

  /// Sets how much is remembered of producers, and how many duplicates there were.
  public void producers(int durationSeconds, int tokensMax, long duplicates) {
    records.reserve(key.bytes().length());
    StreamProducers producers = stream().producersForUpdate();
    producers.rule(records.magazine(), durationSeconds, tokensMax);
    producers.counts(producers.added(), duplicates);
    changed();
    if (records.keepsEffects()) {
      records.effect(
          record,
          new StreamEffect.Producers(id(), key.bytes(), durationSeconds, tokensMax, duplicates));
    }
  }

  // ---- groups ----

  /// Makes a group, or sets where one stands.
  ///
  /// - `entriesRead`: perhaps [StreamSink#ENTRIES_READ_UNKNOWN].
  public void putGroup(Bytes name, StreamId lastDelivered, long entriesRead) {
    records.reserve(key.bytes().length() + name.length());
    StreamGroup group = stream().group(name);
    if (group == null) {
      stream().addGroup(new StreamGroup(name.copy(), lastDelivered, entriesRead));
    } else {
      group.position(lastDelivered, entriesRead);
    }
    changed();
    if (records.keepsEffects()) {
      records.effect(
          record, new StreamEffect.Group(id(), key.bytes(), name, lastDelivered, entriesRead));
    }
  }

  public void removeGroup(StreamGroup group) {
    records.reserve(key.bytes().length() + group.name().length());
    stream().removeGroup(records.magazine(), group);
    changed();
    if (records.keepsEffects()) {
      records.effect(record, new StreamEffect.DestroyGroup(id(), key.bytes(), group.name()));
    }
  }

  /// Makes a consumer, or notes when one was seen and active.
  public StreamConsumer putConsumer(
      StreamGroup group, Bytes name, long seenMillis, long activeMillis) {
    StreamConsumer consumer = group.consumer(name);
    if (consumer != null
        && consumer.seenMillis() == seenMillis
        && consumer.activeMillis() == activeMillis) {
      return consumer;
    }
    records.reserve(size(group) + name.length());
    if (consumer == null) {
      consumer = group.addConsumer(name.copy(), seenMillis, activeMillis);
    } else {
      consumer.times(seenMillis, activeMillis);
    }
    changed();
    if (records.keepsEffects()) {
      records.effect(
          record,
          new StreamEffect.Consumer(
              id(), key.bytes(), group.name(), consumer.name(), seenMillis, activeMillis));
    }
    return consumer;
  }

  /// Takes a consumer out, and what is pending for it; returns how much that was.
  public long removeConsumer(StreamGroup group, StreamConsumer consumer) {
    records.reserve(size(group) + consumer.name().length());
    long pending = group.removeConsumer(records.magazine(), consumer);
    changed();
    if (records.keepsEffects()) {
      records.effect(
          record,
          new StreamEffect.DeleteConsumer(id(), key.bytes(), group.name(), consumer.name()));
    }
    return pending;
  }

  /// Makes an entry, which need not be there, pending for a consumer, whether it is pending already
  /// or not.
  public void putPending(
      StreamGroup group,
      StreamConsumer consumer,
      StreamId id,
      long deliveredMillis,
      long deliveries) {
    records.reserve(size(group) + consumer.name().length());
    group.put(records.magazine(), id, consumer, deliveredMillis, deliveries);
    changed();
    if (records.keepsEffects()) {
      records.effect(
          record,
          new StreamEffect.Pending(
              id(), key.bytes(), group.name(), consumer.name(), id, deliveredMillis, deliveries));
    }
  }

  /// Makes an entry, which need not be there, pending for nobody, whether it is pending already or
  /// not.
  public void release(StreamGroup group, StreamId id, long deliveries) {
    records.reserve(size(group));
    long delivered = StreamPending.RELEASED_MILLIS;
    group.put(records.magazine(), id, null, delivered, deliveries);
    changed();
    if (records.keepsEffects()) {
      records.effect(
          record, new StreamEffect.Release(id(), key.bytes(), group.name(), id, deliveries));
    }
  }

  /// Shows what is pending in a group from the longest without a delivery on, until the visitor has
  /// enough. The first time it takes time in proportion to what is pending.
  ///
  /// - throws [LongWorkException].
  public void forEachByDelivery(StreamGroup group, StreamGroup.Visitor visitor) {
    if (!group.keepsDeliveryOrder()) {
      records.brevity.weigh(group.pendingCount());
      group.keepDeliveryOrder(records.magazine());
    }
    group.forEachByDelivery(visitor);
  }

  /// Lets an entry not be pending any more; whether it was.
  public boolean acknowledge(StreamGroup group, StreamId id) {
    long found = group.find(id);
    if (found == Record.NONE) {
      return false;
    }
    records.reserve(size(group));
    group.acknowledge(records.magazine(), id, found);
    changed();
    if (records.keepsEffects()) {
      records.effect(record, new StreamEffect.Acknowledge(id(), key.bytes(), group.name(), id));
    }
    return true;
  }

  private long size(StreamGroup group) {
    return (long) key.bytes().length() + group.name().length();
  }

  private StreamLog stream() {
    return Objects.requireNonNull(log);
  }

  private void install(StreamLog fresh) {
    try {
      record =
          records.large().install(database, key, ValueType.STREAM, record, fresh, Long.MAX_VALUE);
    } catch (Fault.OutOfMemory full) {
      fresh.free(records.magazine());
      throw full;
    }
    log = fresh;
  }

  private void changed() {
    records.accesses.wrote(record);
    records.dirty(database, key, record);
  }

  private int id() {
    return records.id(database);
  }
}
