package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.memory.Magazine;
import io.karst.memory.Packed;
import io.karst.memory.PackedEntries;
import io.karst.memory.Record;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/// Changes the entries of a [StreamLog]: in their own node where that has room and nobody looks at
/// it, else in a new one. Whatever needs memory gets it before anything is changed.
///
/// Methods throw [io.karst.base.Fault.OutOfMemory]; nothing has changed then. Thread: its owner's,
/// under the lock of the key's slot.
public final class StreamEditor {
  /// What a node that grows gets beyond its need, as a part of that.
  private static final int SPARE_SHIFT = 2;

  private final Magazine magazine;
  private final Encodings encodings;
  private final BooleanSupplier mayOverwrite;
  private final LongConsumer retired;
  private final PackedEntries entry = new PackedEntries();
  private final PackedEntries header = new PackedEntries();

  /// - `mayOverwrite`: whether nobody looks at nodes just now.
  /// - `retired`: takes nodes that have been replaced or are empty.
  public StreamEditor(
      Magazine magazine, Encodings encodings, BooleanSupplier mayOverwrite, LongConsumer retired) {
    this.magazine = magazine;
    this.encodings = encodings;
    this.mayOverwrite = mayOverwrite;
    this.retired = retired;
  }

  /// How many entries a node holds at most, 0 for any number.
  public int nodeEntriesMax() {
    return encodings.streamNodeEntriesMax();
  }

  /// Adds an entry behind all others.
  ///
  /// - `id`: behind the stream's last id.
  /// - `pairs`: fields and values by turns, at least one of each.
  public void append(StreamLog log, StreamId id, List<Bytes> pairs) {
    int last = log.nodes() - 1;
    if (last >= 0 && hasRoom(log.node(last), pairs)) {
      appendTo(log, last, id, pairs);
    } else {
      StreamNode.first(entry.clear(), pairs);
      int size = Packed.EMPTY_SIZE + entry.size();
      log.addNode(id, StreamNode.create(magazine, entry, size));
      if (last >= 0) {
        trim(log, last);
      }
    }
    log.added(id);
  }

  /// Takes from a node what it was given to grow, if there is the memory to change blocks.
  private void trim(StreamLog log, int index) {
    long node = log.node(index);
    int size = Packed.size(node);
    if (Record.valueLength(node) == size
        || (mayOverwrite.getAsBoolean() && log.resize(magazine, index, size))) {
      return;
    }
    try {
      long fresh = StreamNode.create(magazine, size);
      Record.writeFrom(fresh, node, size);
      log.node(index, fresh);
      retired.accept(node);
    } catch (Fault.OutOfMemory full) {
      // It may stay as large as it is.
    }
  }

  /// Takes the entry out that a cursor is at, which is of no use then.
  public void remove(StreamLog log, StreamCursor cursor) {
    int index = cursor.index();
    long node = log.node(index);
    if (StreamNode.count(node) == 1) {
      log.removeNode(index);
      retired.accept(node);
      log.removed(1);
      return;
    }
    header.clear().add(StreamNode.count(node) - 1).add(StreamNode.deleted(node) + 1);
    int first = Packed.first(node);
    int before = Packed.size(node, first);
    before += Packed.size(node, first + before);
    long changed = writable(log, index, Packed.size(node) - before + header.size(), false);
    Packed.overwrite(
        changed, cursor.at(), entry.clear().add(cursor.flags() | StreamNodeReader.DELETED));
    replaceHeader(changed, first, before, 2);
    log.removed(1);
  }

  /// Takes the first node out; returns how many entries that were.
  public long removeFirstNode(StreamLog log) {
    long node = log.node(0);
    long count = StreamNode.count(node);
    log.removeNode(0);
    retired.accept(node);
    log.removed(count);
    return count;
  }

  private boolean hasRoom(long node, List<Bytes> pairs) {
    int entriesMax = encodings.streamNodeEntriesMax();
    if (entriesMax > 0 && StreamNode.count(node) + StreamNode.deleted(node) >= entriesMax) {
      return false;
    }
    long size = Packed.size(node);
    for (int i = 0; i < pairs.size(); i++) {
      size += pairs.get(i).length();
    }
    int sizeMax = encodings.streamNodeSizeMax();
    return size < (sizeMax > 0 ? sizeMax : Integer.MAX_VALUE / 2);
  }

  private void appendTo(StreamLog log, int index, StreamId id, List<Bytes> pairs) {
    long node = log.node(index);
    boolean same = StreamNode.hasHeadFields(node, pairs);
    StreamNode.entry(entry.clear(), log.base(index), id, pairs, same);
    header.clear().add(StreamNode.count(node) + 1);
    int first = Packed.first(node);
    int before = Packed.size(node, first);
    int size = Packed.size(node) + entry.size() + header.size() - before;
    long changed = writable(log, index, size, true);
    Packed.edit(changed, changed, Packed.end(changed), 0, 0, entry);
    replaceHeader(changed, first, before, 1);
  }

  private void replaceHeader(long node, int at, int size, int count) {
    if (header.size() == size) {
      Packed.overwrite(node, at, header);
    } else {
      Packed.edit(node, node, at, size, count, header);
    }
  }

  /// Node `index`, or a copy in its place, with room for a list of a size.
  private long writable(StreamLog log, int index, int size, boolean grows) {
    long node = log.node(index);
    int need = Math.max(size, Packed.size(node));
    if (mayOverwrite.getAsBoolean()
        && (need <= Record.valueLength(node) || log.resize(magazine, index, need))) {
      return node;
    }
    long fresh = StreamNode.create(magazine, grows ? need + (need >>> SPARE_SHIFT) : need);
    Record.writeFrom(fresh, node, Packed.size(node));
    log.node(index, fresh);
    retired.accept(node);
    return fresh;
  }
}
