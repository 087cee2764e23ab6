package io.karst.value;

import io.karst.base.Bytes;
import java.util.List;

/// Takes a stream part by part: the entries in the order of their ids; once, also if there are no
/// entries, the state; then the groups, each followed by what is pending in it, and by its
/// consumers, each of these by what is pending for it; and last what is remembered of producers.
///
/// Whoever calls keeps to this order, and to what the methods say. [RdbValueReader] is one that
/// does, [RdbStreamWriter] one that is called.
public interface StreamSink {
  /// What stands for the number of entries a group has read where it is not known.
  long ENTRIES_READ_UNKNOWN = -1;

  /// An entry that has not been deleted; its id is larger than that of the entry before.
  ///
  /// - `fieldsAndValues`: in turn, at least one of each. The list is good until this returns; for
  ///   its content see [ValueSink].
  void entry(StreamId id, List<Bytes> fieldsAndValues);

  void state(StreamState state);

  /// A group of consumers.
  ///
  /// - `lastDelivered`: the largest id delivered, perhaps larger than that of any entry.
  /// - `entriesRead`: 0 or more, or [#ENTRIES_READ_UNKNOWN].
  /// - returns: whether there was none of that name before.
  boolean group(Bytes name, StreamId lastDelivered, long entriesRead);

  /// An entry delivered to a consumer of the group and not yet acknowledged, in the order of the
  /// ids. There may be none of that id in the stream any more.
  ///
  /// - `deliveredMillis`: since 1970, when it was delivered last.
  /// - `deliveries`: how many times that happened, 0 or more.
  void pending(StreamId id, long deliveredMillis, long deliveries);

  /// A consumer of the group.
  ///
  /// - `seenMillis`: since 1970, when it last tried something.
  /// - `activeMillis`: when it last got something, or -1 if it never did.
  /// - returns: whether there was none of that name in the group before.
  boolean consumer(Bytes name, long seenMillis, long activeMillis);

  /// That a pending entry of the group is the consumer's, in the order of the ids. Each pending
  /// entry is exactly one consumer's or, in Karst's own form, nobody's.
  void consumerPending(StreamId id);

  /// How much is remembered of producers, and how often they have named themselves. Only in Karst's
  /// own form.
  ///
  /// - `added`, `duplicates`: see [StreamProducers].
  void producers(int durationSeconds, int tokensMax, long added, long duplicates);

  /// A token of a producer, those of one from the oldest to the latest.
  void produced(Bytes producer, Bytes token, StreamId id, long addedMillis);
}
