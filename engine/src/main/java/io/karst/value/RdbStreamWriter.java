package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import java.util.List;

/// Writes a stream part by part, as a [RdbType#STREAM_2] for Redis from 7.0 on, as a
/// [RdbType#STREAM_3], which has one thing more: when a consumer was active last, or as Karst's own
/// [RdbType#STREAM_PRODUCED], which has producers, and pending entries that are nobody's.
///
/// ```java
/// RdbStreamWriter stream = new RdbStreamWriter(RdbType.STREAM_2, true);
/// stream.entry(id, List.of(field, value));
/// stream.state(state);
/// stream.end(out);
/// ```
///
/// Memory: the value, a second time, until [#end]. Thread: its owner's.
public final class RdbStreamWriter implements StreamSink {
  private final RdbType form;
  private final RdbStreamNodes nodes;
  private final RdbWriter state = new RdbWriter(64);
  private final Counted groups = new Counted();
  private final Counted pending = new Counted();
  private final Counted consumers = new Counted();
  private final Counted owned = new Counted();
  private final RdbWriter rule = new RdbWriter(32);
  private final Counted tokens = new Counted();

  /// - `form`: `STREAM_2`, `STREAM_3` or `STREAM_PRODUCED`.
  /// - `compresses`: see [RdbValueWriter].
  public RdbStreamWriter(RdbType form, boolean compresses) {
    Invariant.check(
        form == RdbType.STREAM_2 || form == RdbType.STREAM_3 || form == RdbType.STREAM_PRODUCED,
        "no form of streams to write");
    this.form = form;
    nodes = new RdbStreamNodes(compresses);
  }

  @Override
  public void entry(StreamId id, List<Bytes> fieldsAndValues) {
    nodes.entry(id, fieldsAndValues);
  }

  /// Adds entries that are packed already: a node as Redis keeps it.
  ///
  /// - `base`: the id that those of the entries count from.
  /// - `listpack`: see [StreamNodeReader]; not without entries.
  public void node(StreamId base, Bytes listpack) {
    nodes.node(base, listpack);
  }

  @Override
  public void state(StreamState value) {
    state.writeLength(value.length());
    id(state, value.lastId());
    id(state, value.firstId());
    id(state, value.maxDeletedId());
    state.writeLength(value.entriesAdded());
  }

  @Override
  public boolean group(Bytes name, StreamId lastDelivered, long entriesRead) {
    endGroup();
    RdbWriter out = groups.next();
    RdbStringCodec.writePlain(out, name);
    id(out, lastDelivered);
    out.writeLength(entriesRead);
    return true;
  }

  @Override
  public void pending(StreamId id, long deliveredMillis, long deliveries) {
    RdbWriter out = pending.next();
    rawId(out, id);
    out.writeLittleEndian(deliveredMillis, Long.BYTES);
    out.writeLength(deliveries);
  }

  @Override
  public boolean consumer(Bytes name, long seenMillis, long activeMillis) {
    endConsumer();
    RdbWriter out = consumers.next();
    RdbStringCodec.writePlain(out, name);
    out.writeLittleEndian(seenMillis, Long.BYTES);
    if (form != RdbType.STREAM_2) {
      out.writeLittleEndian(activeMillis, Long.BYTES);
    }
    return true;
  }

  @Override
  public void consumerPending(StreamId id) {
    rawId(owned.next(), id);
  }

  @Override
  public void producers(int durationSeconds, int tokensMax, long added, long duplicates) {
    Invariant.check(form == RdbType.STREAM_PRODUCED, "a form of streams without producers");
    rule.writeLength(durationSeconds);
    rule.writeLength(tokensMax);
    rule.writeLength(added);
    rule.writeLength(duplicates);
  }

  @Override
  public void produced(Bytes producer, Bytes token, StreamId id, long addedMillis) {
    RdbWriter out = tokens.next();
    RdbStringCodec.writePlain(out, producer);
    RdbStringCodec.writePlain(out, token);
    id(out, id);
    out.writeLittleEndian(addedMillis, Long.BYTES);
  }

  /// Writes the value, whose state has been told. This is of no more use then.
  public void end(RdbWriter out) {
    endGroup();
    nodes.end(out);
    out.writeBytes(state.bytes());
    groups.moveTo(out);
    if (form == RdbType.STREAM_PRODUCED) {
      boolean any = rule.size() > 0;
      out.writeLength(any ? 1 : 0);
      if (any) {
        out.writeBytes(rule.bytes());
        tokens.moveTo(out);
      }
    }
  }

  private void endGroup() {
    if (groups.count > 0) {
      endConsumer();
      pending.moveTo(groups.parts);
      consumers.moveTo(groups.parts);
    }
  }

  private void endConsumer() {
    if (consumers.count > 0) {
      owned.moveTo(consumers.parts);
    }
  }

  private static void id(RdbWriter out, StreamId id) {
    out.writeLength(id.millis());
    out.writeLength(id.sequence());
  }

  static void rawId(RdbWriter out, StreamId id) {
    out.writeLittleEndian(Long.reverseBytes(id.millis()), Long.BYTES);
    out.writeLittleEndian(Long.reverseBytes(id.sequence()), Long.BYTES);
  }

  /// Parts of which only the end tells how many there are.
  private static final class Counted {
    private static final int CAPACITY = 64;

    private final RdbWriter parts = new RdbWriter(CAPACITY);
    private long count;

    RdbWriter next() {
      count++;
      return parts;
    }

    /// Writes count and parts, and begins anew.
    void moveTo(RdbWriter out) {
      out.writeLength(count);
      out.writeBytes(parts.bytes());
      parts.clear(Integer.MAX_VALUE);
      count = 0;
    }
  }
}
