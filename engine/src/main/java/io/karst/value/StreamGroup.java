package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.base.Invariant;
import io.karst.memory.Allocator;
import io.karst.memory.Magazine;
import io.karst.memory.OrderedIndex;
import io.karst.memory.Record;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A group of consumers of a stream, and what is pending: delivered to one of them and not yet
/// acknowledged. A consumer may give an entry back to the group; it is pending for nobody then.
///
/// A pending entry is a record ([StreamPending]) that stands in two indices in the order of the
/// ids, that of the group and that of its consumer if it has one, and, once somebody has asked for
/// it, in a [DeliveryOrder] of the group. Under the lock of the key's slot.
public final class StreamGroup {
  private final Bytes name;
  private StreamId lastDelivered;
  private long entriesRead;
  private final OrderedIndex pending = new OrderedIndex();
  private final DeliveryOrder byDelivery = new DeliveryOrder();

  /// What the indices of the consumers take, in bytes.
  private long consumersBytes;

  private long released;
  private final TreeMap<Bytes, StreamConsumer> consumers = new TreeMap<>();
  private @Nullable StreamConsumer[] byNumber = new @Nullable StreamConsumer[2];

  /// Is shown pending entries in the order of their ids; changes nothing.
  @FunctionalInterface
  public interface Visitor {
    /// Returns whether to go on.
    ///
    /// - `consumer`: whose the entry is; null if it is nobody's.
    /// - `record`: see [StreamPending].
    boolean visit(StreamId id, @Nullable StreamConsumer consumer, long record);
  }

  /// - `name`: on the heap.
  public StreamGroup(Bytes name, StreamId lastDelivered, long entriesRead) {
    this.name = name;
    this.lastDelivered = lastDelivered;
    this.entriesRead = entriesRead;
  }

  public Bytes name() {
    return name;
  }

  /// The largest id that was delivered.
  public StreamId lastDelivered() {
    return lastDelivered;
  }

  /// How many entries up to that there were, or [StreamSink#ENTRIES_READ_UNKNOWN].
  public long entriesRead() {
    return entriesRead;
  }

  public void position(StreamId last, long read) {
    lastDelivered = last;
    entriesRead = read;
  }

  // ---- consumers ----

  /// By name.
  public Collection<StreamConsumer> consumers() {
    return consumers.values();
  }

  public @Nullable StreamConsumer consumer(Bytes consumerName) {
    return consumers.get(consumerName);
  }

  /// Adds a consumer of a name that none has.
  ///
  /// - `consumerName`: on the heap.
  public StreamConsumer addConsumer(Bytes consumerName, long seenMillis, long activeMillis) {
    int number = 0;
    while (number < byNumber.length && byNumber[number] != null) {
      number++;
    }
    if (number == byNumber.length) {
      byNumber = Arrays.copyOf(byNumber, 2 * number);
    }
    StreamConsumer consumer = new StreamConsumer(consumerName, number, seenMillis, activeMillis);
    byNumber[number] = consumer;
    consumers.put(consumerName, consumer);
    return consumer;
  }

  /// Takes a consumer out, and what is pending for it; returns how much that was.
  public long removeConsumer(Magazine magazine, StreamConsumer consumer) {
    long count = consumer.pendingCount();
    while (consumer.pending.count() > 0) {
      long record = consumer.pending.recordAt(0);
      acknowledge(magazine, StreamPending.id(record), record);
    }
    consumers.remove(consumer.name());
    byNumber[consumer.number] = null;
    return count;
  }

  // ---- pending entries ----

  /// How many entries are pending.
  public long pendingCount() {
    return pending.count();
  }

  /// How many of them are nobody's.
  public long releasedCount() {
    return released;
  }

  /// The record of a pending entry, [Record#NONE] if it is not pending.
  public long find(StreamId id) {
    return pending.record(StreamPending.rank(id), StreamPending.key(id));
  }

  /// Whose a pending entry is; null if it is nobody's.
  public @Nullable StreamConsumer owner(long record) {
    int number = StreamPending.consumer(record);
    return number == StreamPending.NOBODY ? null : Objects.requireNonNull(byNumber[number]);
  }

  /// Makes an entry pending for a consumer, whether it is pending already or not.
  ///
  /// - `consumer`: null for nobody.
  /// - throws [Fault.OutOfMemory]; nothing has changed then.
  public void put(
      Magazine magazine,
      StreamId id,
      @Nullable StreamConsumer consumer,
      long deliveredMillis,
      long deliveries) {
    long record = find(id);
    int number = consumer == null ? StreamPending.NOBODY : consumer.number;
    if (record == Record.NONE) {
      record = StreamPending.create(magazine, id);
      StreamPending.write(record, number, deliveredMillis, deliveries);
      add(magazine, record, consumer);
    } else {
      move(magazine, record, consumer, deliveredMillis);
      StreamPending.write(record, number, deliveredMillis, deliveries);
    }
  }

  private void add(Magazine magazine, long record, @Nullable StreamConsumer consumer) {
    long rank = StreamPending.rank(StreamPending.id(record));
    long delivered = StreamPending.deliveredMillis(record);
    int added = 0;
    try {
      pending.add(magazine, rank, record);
      added++;
      byDelivery.add(magazine, delivered, record);
      added++;
      if (consumer != null) {
        add(magazine, consumer, rank, record);
      }
    } catch (Fault.OutOfMemory full) {
      if (added > 0) {
        pending.remove(magazine, rank, record);
      }
      if (added > 1) {
        byDelivery.remove(magazine, delivered, record);
      }
      Record.free(magazine, record);
      throw full;
    }
    released += consumer == null ? 1 : 0;
  }

  private void add(Magazine magazine, StreamConsumer consumer, long rank, long record) {
    long before = consumer.pending.overhead();
    consumer.pending.add(magazine, rank, record);
    consumersBytes += consumer.pending.overhead() - before;
  }

  private void remove(Magazine magazine, StreamConsumer consumer, long rank, long record) {
    long before = consumer.pending.overhead();
    consumer.pending.remove(magazine, rank, record);
    consumersBytes += consumer.pending.overhead() - before;
  }

  /// Puts a pending entry where it belongs with another consumer and delivery.
  private void move(
      Magazine magazine, long record, @Nullable StreamConsumer to, long deliveredMillis) {
    StreamConsumer from = owner(record);
    long rank = StreamPending.rank(StreamPending.id(record));
    long before = StreamPending.deliveredMillis(record);
    StreamConsumer gains = to == from ? null : to;
    if (gains != null) {
      add(magazine, gains, rank, record);
    }
    if (before != deliveredMillis) {
      try {
        byDelivery.add(magazine, deliveredMillis, record);
      } catch (Fault.OutOfMemory full) {
        if (gains != null) {
          remove(magazine, gains, rank, record);
        }
        throw full;
      }
      byDelivery.remove(magazine, before, record);
    }
    if (from != null && from != to) {
      remove(magazine, from, rank, record);
    }
    released += (to == null ? 1 : 0) - (from == null ? 1 : 0);
  }

  /// Lets an entry not be pending any more; whether it was.
  public boolean acknowledge(Magazine magazine, StreamId id) {
    long record = find(id);
    if (record == Record.NONE) {
      return false;
    }
    acknowledge(magazine, id, record);
    return true;
  }

  /// Lets an entry that is pending not be so any more.
  ///
  /// - `record`: see [#find].
  public void acknowledge(Magazine magazine, StreamId id, long record) {
    long rank = StreamPending.rank(id);
    StreamConsumer owner = owner(record);
    if (owner == null) {
      released--;
    } else {
      remove(magazine, owner, rank, record);
    }
    pending.remove(magazine, rank, record);
    byDelivery.remove(magazine, StreamPending.deliveredMillis(record), record);
    Record.free(magazine, record);
  }

  /// Shows what is pending for all consumers, or for one, from an id on, until the visitor has
  /// enough.
  public void forEach(@Nullable StreamConsumer of, StreamId from, Visitor visitor) {
    OrderedIndex index = of == null ? pending : of.pending;
    long at = index.lowerBound(StreamPending.rank(from), StreamPending.key(from));
    index.visit(
        at,
        Long.MAX_VALUE,
        false,
        (rank, record) -> visitor.visit(StreamPending.id(record), owner(record), record));
  }

  /// Whether the order of deliveries is at hand.
  public boolean keepsDeliveryOrder() {
    return byDelivery.isKept();
  }

  /// Keeps the order of deliveries from now on, if it is not kept yet.
  ///
  /// - throws [Fault.OutOfMemory]; it is not kept then.
  public void keepDeliveryOrder(Magazine magazine) {
    if (!byDelivery.isKept()) {
      byDelivery.keep(magazine, pending);
    }
  }

  /// Shows what is pending from the longest without a delivery on, until the visitor has enough;
  /// that order is kept.
  public void forEachByDelivery(Visitor visitor) {
    byDelivery.visit(
        (millis, record) -> visitor.visit(StreamPending.id(record), owner(record), record));
  }

  /// When the entry was delivered that has been longest without a delivery; there is one, and that
  /// order is kept.
  public long firstDeliveredMillis() {
    return byDelivery.firstMillis();
  }

  /// The smallest id that is pending; there is one.
  public StreamId firstPending() {
    return StreamPending.id(pending.recordAt(0));
  }

  /// The largest id that is pending; there is one.
  public StreamId lastPending() {
    return StreamPending.id(pending.recordAt(pending.count() - 1));
  }

  // ---- memory ----

  long bytes() {
    if (Invariant.VERIFY) {
      long summed = consumers.values().stream().mapToLong(each -> each.pending.overhead()).sum();
      Invariant.check(consumersBytes == summed, "the bytes of consumers were not counted");
    }
    long bytes = pending.overhead() + byDelivery.overhead() + consumersBytes;
    if (pending.count() > 0) {
      bytes += pending.count() * Record.blockSize(pending.recordAt(0));
    }
    return bytes;
  }

  void free(Magazine magazine) {
    for (StreamConsumer consumer : consumers.values()) {
      consumer.pending.clear(magazine);
    }
    pending.visit(
        0,
        Long.MAX_VALUE,
        false,
        (rank, record) -> {
          Record.free(magazine, record);
          return true;
        });
    pending.clear(magazine);
    byDelivery.clear(magazine);
    consumers.clear();
    consumersBytes = 0;
    released = 0;
  }

  /// Moves what lies in sparse slabs of some pending entries.
  void relocateSparse(Magazine magazine, Allocator allocator, long from, int count) {
    // Entries get other records while they are shown; the nodes stay what they are.
    pending.visit(
        from,
        count,
        false,
        (rank, record) -> {
          long moved = Record.relocateSparse(magazine, allocator, record);
          if (moved != record) {
            pending.relocate(rank, record, moved);
            byDelivery.relocate(record, moved);
            StreamConsumer owner = owner(moved);
            if (owner != null) {
              owner.pending.relocate(rank, record, moved);
            }
          }
          return true;
        });
    pending.relocateSparse(magazine, allocator, from, count);
    if (from + count >= pending.count()) {
      byDelivery.relocateSparse(magazine, allocator);
      for (StreamConsumer consumer : consumers.values()) {
        consumer.pending.relocateSparse(magazine, allocator, 0, Integer.MAX_VALUE);
      }
    }
  }
}
