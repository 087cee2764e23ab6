package io.karst.value;

import io.karst.base.Bytes;
import io.karst.memory.Packed;
import java.util.ArrayList;
import java.util.List;

/// A place in a [StreamLog]: at an entry that is not deleted, from which it goes to the next or to
/// the one before. Good until the stream changes.
///
/// Cost: finding a place takes a binary search and a walk through a node; a step, one through an
/// entry. Under the lock of the key's slot.
public final class StreamCursor {
  private final StreamLog log;
  private int index;
  private long node;
  private StreamId base = StreamId.ZERO;

  /// The position of the entry.
  private int at = Packed.NONE;

  private StreamId id = StreamId.ZERO;

  public StreamCursor(StreamLog log) {
    this.log = log;
  }

  /// The id of the last entry of a node, deleted perhaps.
  static StreamId lastOfNode(StreamLog log, int index) {
    StreamCursor cursor = new StreamCursor(log);
    cursor.index = index;
    cursor.enter(false);
    return cursor.id;
  }

  /// Goes to the first entry whose id is not before `from`; whether there is one.
  public boolean seek(StreamId from) {
    index = Math.max(0, log.floor(from));
    if (!enter(false)) {
      return false;
    }
    if (id.isBefore(from)) {
      return next();
    }
    if (isNearEnd(from)) {
      backTo(from);
    } else {
      enter(true);
    }
    boolean found = live() || next();
    while (found && id.isBefore(from)) {
      found = next();
    }
    return found;
  }

  /// Whether an id is likely to be nearer to the end of the node, at which this is: what is read
  /// is mostly what came last.
  private boolean isNearEnd(StreamId wanted) {
    long millis = id.millis() - base.millis();
    return millis == 0
        ? wanted.sequence() - base.sequence() > (id.sequence() - base.sequence()) / 2
        : wanted.millis() - base.millis() > millis / 2;
  }

  /// Goes back to the first entry of the node that is not before `from`, as this one is not.
  private void backTo(StreamId from) {
    int before = StreamNode.entryBefore(node, at);
    while (before != Packed.NONE) {
      int here = at;
      StreamId hereId = id;
      at = before;
      readId();
      if (id.isBefore(from)) {
        at = here;
        id = hereId;
        return;
      }
      before = StreamNode.entryBefore(node, at);
    }
  }

  /// Goes to the last entry whose id is not behind `to`; whether there is one.
  public boolean seekBack(StreamId to) {
    index = log.floor(to);
    if (!enter(false)) {
      return false;
    }
    boolean found = live() || previous();
    while (found && to.isBefore(id)) {
      found = previous();
    }
    return found;
  }

  /// Goes to the entry of an id; whether there is one.
  public boolean find(StreamId wanted) {
    return seek(wanted) && id.equals(wanted);
  }

  /// Goes to the next entry; whether there is one. At an entry.
  public boolean next() {
    do {
      at = behind();
      if (at == Packed.NONE) {
        index++;
        if (!enter(true)) {
          return false;
        }
      } else {
        readId();
      }
    } while (!live());
    return true;
  }

  /// Goes to the entry before; whether there is one. At an entry.
  public boolean previous() {
    do {
      at = StreamNode.entryBefore(node, at);
      if (at == Packed.NONE) {
        index--;
        if (!enter(false)) {
          return false;
        }
      } else {
        readId();
      }
    } while (!live());
    return true;
  }

  public StreamId id() {
    return id;
  }

  /// The fields and values of the entry by turns: views.
  public List<Bytes> pairs() {
    int place = valuesAt();
    List<Bytes> pairs = new ArrayList<>();
    if (sameFields()) {
      int field = StreamNode.headFieldsAt(node);
      for (int left = StreamNode.headFields(node); left > 0; left--) {
        pairs.add(Packed.get(node, field));
        pairs.add(Packed.get(node, place));
        field = Packed.next(node, field);
        place = Packed.next(node, place);
      }
      return pairs;
    }
    long elements = 2 * Packed.number(node, place);
    for (long i = 0; i < elements; i++) {
      place = Packed.next(node, place);
      pairs.add(Packed.get(node, place));
    }
    return pairs;
  }

  /// The index of the node.
  int index() {
    return index;
  }

  /// The position of the entry in its node.
  int at() {
    return at;
  }

  /// The flags of the entry.
  int flags() {
    return (int) Packed.number(node, at);
  }

  /// Goes to the first or the last entry of the node; false if there is no node.
  private boolean enter(boolean first) {
    if (index < 0 || index >= log.nodes()) {
      at = Packed.NONE;
      return false;
    }
    node = log.node(index);
    base = log.base(index);
    at = first ? StreamNode.firstEntry(node) : StreamNode.entryBefore(node, Packed.end(node));
    readId();
    return true;
  }

  private boolean live() {
    return (flags() & StreamNodeReader.DELETED) == 0;
  }

  private boolean sameFields() {
    return (flags() & StreamNodeReader.SAME_FIELDS) != 0;
  }

  private void readId() {
    int millisAt = Packed.next(node, at);
    long millis = base.millis() + Packed.number(node, millisAt);
    long sequence = base.sequence() + Packed.number(node, Packed.next(node, millisAt));
    id = new StreamId(millis, sequence);
  }

  /// The position of the first value, or of the number of fields.
  private int valuesAt() {
    return Packed.next(node, Packed.next(node, Packed.next(node, at)));
  }

  /// The position of the next entry of the node, or [Packed#NONE].
  private int behind() {
    int place = valuesAt();
    long elements = sameFields() ? StreamNode.headFields(node) : 1 + 2 * Packed.number(node, place);
    for (long i = 0; i < elements; i++) {
      place = Packed.next(node, place);
    }
    return Packed.next(node, place);
  }
}
