package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.Limits;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads the groups of a stream, one after the other.
///
/// Memory: the ids pending in the group at hand, to find each consumer's among them.
final class RdbGroupReader {
  private final RdbReader in;
  private final StreamSink sink;
  private final RdbType type;
  private final StreamState state;
  private final List<StreamId> pending = new ArrayList<>();

  /// Which of them have been found to be a consumer's.
  private final BitSet owned = new BitSet();

  RdbGroupReader(RdbReader in, StreamSink sink, RdbType type, StreamState state) {
    this.in = in;
    this.sink = sink;
    this.type = type;
    this.state = state;
  }

  void read() {
    Bytes name = name();
    StreamId lastDelivered = RdbStreamReader.id(in);
    long read = type == RdbType.STREAM ? estimatedRead(lastDelivered) : in.readNumber();
    if (read < StreamSink.ENTRIES_READ_UNKNOWN) {
      throw in.malformed("a count of entries read that is none");
    }
    if (!sink.group(name, lastDelivered, read)) {
      throw in.malformed("a group that is there already");
    }
    readPending();
    for (long left = in.readLength(Long.MAX_VALUE); left > 0; left--) {
      readConsumer();
    }
    int released = type == RdbType.STREAM_5 ? readReleased() : 0;
    if (type != RdbType.STREAM_PRODUCED && owned.cardinality() + released != pending.size()) {
      throw in.malformed("a pending entry of no consumer");
    }
  }

  /// Reads the ids of entries that were given back to the group; returns how many.
  private int readReleased() {
    Set<StreamId> released = new HashSet<>();
    for (long left = in.readLength(Long.MAX_VALUE); left > 0; left--) {
      StreamId id = RdbStreamReader.rawId(in);
      int index = Collections.binarySearch(pending, id);
      if (index < 0 || owned.get(index) || !released.add(id)) {
        throw in.malformed("a released entry that is not pending, or a consumer's");
      }
    }
    return released.size();
  }

  private void readPending() {
    pending.clear();
    owned.clear();
    for (long left = in.readLength(Long.MAX_VALUE); left > 0; left--) {
      StreamId id = RdbStreamReader.rawId(in);
      if (!pending.isEmpty() && id.compareTo(pending.getLast()) <= 0) {
        throw in.malformed("pending entries that are not in the order of their ids");
      }
      long deliveredMillis = in.readLittleEndian(Long.BYTES);
      pending.add(id);
      sink.pending(id, deliveredMillis, in.readLength(Long.MAX_VALUE));
    }
  }

  private void readConsumer() {
    Bytes name = name();
    long seenMillis = in.readLittleEndian(Long.BYTES);
    boolean hasActive = type != RdbType.STREAM && type != RdbType.STREAM_2;
    long activeMillis = hasActive ? in.readLittleEndian(Long.BYTES) : seenMillis;
    if (!sink.consumer(name, seenMillis, activeMillis)) {
      throw in.malformed("a consumer that is there already");
    }
    int before = -1;
    for (long left = in.readLength(Long.MAX_VALUE); left > 0; left--) {
      before = readOwned(before);
    }
  }

  /// Reads a pending id of a consumer, which stands behind the one `before` in the group.
  private int readOwned(int before) {
    StreamId id = RdbStreamReader.rawId(in);
    int index = Collections.binarySearch(pending, id);
    if (index < 0 || owned.get(index)) {
      throw in.malformed("a consumer's entry that is not pending, or another's");
    }
    if (index < before) {
      throw in.malformed("pending entries that are not in the order of their ids");
    }
    owned.set(index);
    sink.consumerPending(id);
    return index;
  }

  /// How many entries a group has read whose last id is `id`, where the entries of the stream tell:
  /// nothing is known of those that were deleted.
  private long estimatedRead(StreamId id) {
    int toLast = id.compareTo(state.lastId());
    if (state.entriesAdded() == 0 || toLast == 0) {
      return state.entriesAdded();
    }
    int toFirst = id.compareTo(state.firstId());
    if (toLast > 0 || toFirst > 0) {
      return StreamSink.ENTRIES_READ_UNKNOWN;
    }
    return toFirst == 0 ? 1 : 0;
  }

  private Bytes name() {
    return RdbStringCodec.read(in, Limits.STRING_SIZE_MAX);
  }
}
