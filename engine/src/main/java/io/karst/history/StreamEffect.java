package io.karst.history;

import io.karst.base.Bytes;
import io.karst.value.StreamId;
import java.util.List;

/// An effect on a stream. Those that make a stream, if it is missing, are [Append] and [State]; all
/// others mean nothing where there is no such stream, group or consumer.
///
/// Bytes: docs/formats/wal.md §4.
public sealed interface StreamEffect extends Effect.OnKey {
  /// `XADD key id field value [field value ...]`; nothing if the id is not behind the last.
  ///
  /// - `pairs`: fields and values by turns, at least one of each.
  record Append(int database, Bytes key, StreamId id, List<Bytes> pairs) implements StreamEffect {
    @Override
    public Effect copy() {
      return new Append(database, key.copy(), id, pairs.stream().map(Bytes::copy).toList());
    }
  }

  /// `XDEL key id`.
  record Remove(int database, Bytes key, StreamId id) implements StreamEffect {
    @Override
    public Effect copy() {
      return new Remove(database, key.copy(), id);
    }
  }

  /// `XTRIM key MINID`: takes out the entries up to an id, this included.
  record TrimTo(int database, Bytes key, StreamId id) implements StreamEffect {
    @Override
    public Effect copy() {
      return new TrimTo(database, key.copy(), id);
    }
  }

  /// `XSETID key lastId ENTRIESADDED entriesAdded MAXDELETEDID maxDeletedId`.
  record State(int database, Bytes key, StreamId lastId, long entriesAdded, StreamId maxDeletedId)
      implements StreamEffect {
    @Override
    public Effect copy() {
      return new State(database, key.copy(), lastId, entriesAdded, maxDeletedId);
    }
  }

  /// `XGROUP CREATE` or `SETID key group lastDelivered ENTRIESREAD entriesRead`.
  ///
  /// - `entriesRead`: perhaps [io.karst.value.StreamSink#ENTRIES_READ_UNKNOWN].
  record Group(int database, Bytes key, Bytes group, StreamId lastDelivered, long entriesRead)
      implements StreamEffect {
    @Override
    public Effect copy() {
      return new Group(database, key.copy(), group.copy(), lastDelivered, entriesRead);
    }
  }

  /// `XGROUP DESTROY key group`.
  record DestroyGroup(int database, Bytes key, Bytes group) implements StreamEffect {
    @Override
    public Effect copy() {
      return new DestroyGroup(database, key.copy(), group.copy());
    }
  }

  /// `XGROUP CREATECONSUMER key group consumer`, and when it was seen and active last.
  ///
  /// - `activeMillis`: perhaps [io.karst.value.StreamConsumer#NEVER].
  record Consumer(
      int database, Bytes key, Bytes group, Bytes consumer, long seenMillis, long activeMillis)
      implements StreamEffect {
    @Override
    public Effect copy() {
      return new Consumer(
          database, key.copy(), group.copy(), consumer.copy(), seenMillis, activeMillis);
    }
  }

  /// `XGROUP DELCONSUMER key group consumer`.
  record DeleteConsumer(int database, Bytes key, Bytes group, Bytes consumer)
      implements StreamEffect {
    @Override
    public Effect copy() {
      return new DeleteConsumer(database, key.copy(), group.copy(), consumer.copy());
    }
  }

  /// `XCLAIM key group consumer 0 id TIME deliveredMillis RETRYCOUNT deliveries FORCE JUSTID`,
  /// whether there is such an entry or not.
  record Pending(
      int database,
      Bytes key,
      Bytes group,
      Bytes consumer,
      StreamId id,
      long deliveredMillis,
      long deliveries)
      implements StreamEffect {
    @Override
    public Effect copy() {
      return new Pending(
          database, key.copy(), group.copy(), consumer.copy(), id, deliveredMillis, deliveries);
    }
  }

  /// `XACK key group id`.
  record Acknowledge(int database, Bytes key, Bytes group, StreamId id) implements StreamEffect {
    @Override
    public Effect copy() {
      return new Acknowledge(database, key.copy(), group.copy(), id);
    }
  }

  /// `XNACK key group FAIL IDS 1 id RETRYCOUNT deliveries FORCE`, whether there is such an entry or
  /// not.
  record Release(int database, Bytes key, Bytes group, StreamId id, long deliveries)
      implements StreamEffect {
    @Override
    public Effect copy() {
      return new Release(database, key.copy(), group.copy(), id, deliveries);
    }
  }

  /// `XIDMPRECORD key producer token id`: the producer has added the entry, with a token.
  ///
  /// - `addedMillis`: when; what is past its time then is forgotten.
  record Produced(
      int database, Bytes key, Bytes producer, Bytes token, StreamId id, long addedMillis)
      implements StreamEffect {
    @Override
    public Effect copy() {
      return new Produced(database, key.copy(), producer.copy(), token.copy(), id, addedMillis);
    }
  }

  /// `XCFGSET key IDMP-DURATION durationSeconds IDMP-MAXSIZE tokensMax`, and how many duplicates
  /// there ever were. Another rule than before forgets all tokens.
  record Producers(int database, Bytes key, int durationSeconds, int tokensMax, long duplicates)
      implements StreamEffect {
    @Override
    public Effect copy() {
      return new Producers(database, key.copy(), durationSeconds, tokensMax, duplicates);
    }
  }
}
