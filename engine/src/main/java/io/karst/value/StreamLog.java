package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import io.karst.memory.Allocator;
import io.karst.memory.Magazine;
import io.karst.memory.Record;
import java.util.Arrays;
import java.util.Collection;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A stream: entries in nodes, in the order of their ids, and groups of consumers.
///
/// The directory of the nodes is on the heap, 24 bytes a node: the id that those of a node count
/// from, its *base*, and the node ([StreamNode]). A node is found by a binary search; those at the
/// head go without the others being moved. Nodes are changed by [StreamEditor], who tells what
/// becomes of the entries; nodes that leave the directory are the caller's.
///
/// Under the lock of the key's slot.
public final class StreamLog extends LargeValue {
  private static final int INITIAL = 4;

  /// The first moves nodes, those from there downwards the pending entries of the groups.
  private static final int PENDING_INDEX = -2;

  private long[] millis = new long[INITIAL];
  private long[] sequences = new long[INITIAL];
  private long[] nodes = new long[INITIAL];

  /// The nodes are at the places from here on, up to `end`.
  private int head;

  private int end;

  /// What the blocks of the nodes take, in bytes.
  private long nodeBytes;

  private long length;
  private StreamId lastId = StreamId.ZERO;
  private StreamId maxDeletedId = StreamId.ZERO;
  private long entriesAdded;

  /// Null if it is not known: the entry has been deleted.
  private @Nullable StreamId firstId = StreamId.ZERO;

  private final TreeMap<Bytes, StreamGroup> groups = new TreeMap<>();

  /// Null until somebody says who produces an entry.
  private @Nullable StreamProducers producers;

  // ---- state ----

  /// The number of entries.
  public long length() {
    return length;
  }

  public StreamState state() {
    return new StreamState(length, lastId, firstId(), maxDeletedId, entriesAdded);
  }

  public StreamId lastId() {
    return lastId;
  }

  public StreamId maxDeletedId() {
    return maxDeletedId;
  }

  public long entriesAdded() {
    return entriesAdded;
  }

  /// The id of the first entry, [StreamId#ZERO] if there is none.
  public StreamId firstId() {
    StreamId first = firstId;
    if (first == null) {
      StreamCursor cursor = new StreamCursor(this);
      first = cursor.seek(StreamId.ZERO) ? cursor.id() : StreamId.ZERO;
      firstId = first;
    }
    return first;
  }

  public void lastId(StreamId id) {
    lastId = id;
  }

  public void entriesAdded(long count) {
    entriesAdded = count;
  }

  public void maxDeletedId(StreamId id) {
    maxDeletedId = id;
  }

  /// Notes that an entry has been added behind all others.
  void added(StreamId id) {
    lastId = id;
    entriesAdded++;
    if (length++ == 0) {
      firstId = id;
    }
  }

  /// Notes that entries are gone, the first of them perhaps.
  void removed(long count) {
    length -= count;
    firstId = length == 0 ? StreamId.ZERO : null;
  }

  // ---- nodes ----

  /// The number of nodes.
  public int nodes() {
    return end - head;
  }

  /// Node `index`, from the first.
  public long node(int index) {
    return nodes[head + index];
  }

  /// What the ids of node `index` count from.
  public StreamId base(int index) {
    return new StreamId(millis[head + index], sequences[head + index]);
  }

  /// The index of the last node whose base is not behind an id, -1 if there is none.
  int floor(StreamId id) {
    int low = head;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order = StreamId.compare(millis[middle], sequences[middle], id.millis(), id.sequence());
      if (order <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1 - head;
  }

  /// The number of entries of the first node; there is one.
  public int countOfFirstNode() {
    return StreamNode.count(node(0));
  }

  /// The last id of the first node, that of a deleted entry perhaps.
  public StreamId lastIdOfFirstNode() {
    return StreamCursor.lastOfNode(this, 0);
  }

  /// Puts another node of the same entries in the place of one, whose block is still its own.
  void node(int index, long node) {
    nodeBytes += Record.blockSize(node) - Record.blockSize(node(index));
    nodes[head + index] = node;
  }

  /// Gives the list of node `index` another size if its block allows that; whether it does.
  boolean resize(Magazine magazine, int index, int size) {
    long node = node(index);
    long before = Record.blockSize(node);
    if (!Record.resize(magazine, node, size, false)) {
      return false;
    }
    nodeBytes += Record.blockSize(node) - before;
    return true;
  }

  /// Adds a node behind the last.
  void addNode(StreamId base, long node) {
    if (end == nodes.length) {
      makeRoom();
    }
    millis[end] = base.millis();
    sequences[end] = base.sequence();
    nodes[end++] = node;
    nodeBytes += Record.blockSize(node);
  }

  /// Takes node `index` out, whose block is still its own.
  void removeNode(int index) {
    nodeBytes -= Record.blockSize(node(index));
    if (index == 0) {
      head++;
    } else {
      int at = head + index;
      int behind = end - at - 1;
      System.arraycopy(millis, at + 1, millis, at, behind);
      System.arraycopy(sequences, at + 1, sequences, at, behind);
      System.arraycopy(nodes, at + 1, nodes, at, behind);
      end--;
    }
    if (head == end) {
      head = 0;
      end = 0;
    }
  }

  private void makeRoom() {
    int count = nodes();
    int capacity = count > nodes.length / 2 ? nodes.length * 2 : nodes.length;
    millis = Arrays.copyOf(Arrays.copyOfRange(millis, head, end), capacity);
    sequences = Arrays.copyOf(Arrays.copyOfRange(sequences, head, end), capacity);
    nodes = Arrays.copyOf(Arrays.copyOfRange(nodes, head, end), capacity);
    head = 0;
    end = count;
  }

  // ---- groups ----

  /// By name.
  public Collection<StreamGroup> groups() {
    return groups.values();
  }

  public @Nullable StreamGroup group(Bytes name) {
    return groups.get(name);
  }

  /// Adds a group of a name that none has.
  public void addGroup(StreamGroup group) {
    Invariant.check(groups.put(group.name(), group) == null, "a second group of a name");
  }

  /// Takes a group out, and gives back its memory.
  public void removeGroup(Magazine magazine, StreamGroup group) {
    groups.remove(group.name());
    group.free(magazine);
  }

  // ---- producers ----

  /// What is remembered of producers; null if none has ever named itself.
  public @Nullable StreamProducers producers() {
    return producers;
  }

  /// As [#producers()], made if it is not there.
  public StreamProducers producersForUpdate() {
    StreamProducers present = producers;
    if (present == null) {
      present = new StreamProducers();
      producers = present;
    }
    return present;
  }

  // ---- a large value ----

  @Override
  public int count() {
    return (int) Math.min(length, Integer.MAX_VALUE);
  }

  @Override
  long elementBytes() {
    if (Invariant.VERIFY) {
      Invariant.check(nodeBytes == summedBytes(), "the bytes of a stream were not counted");
    }
    long bytes = nodeBytes;
    for (StreamGroup group : groups.values()) {
      bytes += group.bytes();
    }
    return producers == null ? bytes : bytes + producers.bytes();
  }

  private long summedBytes() {
    long bytes = 0;
    for (int i = head; i < end; i++) {
      bytes += Record.blockSize(nodes[i]);
    }
    return bytes;
  }

  @Override
  void freeElements(Magazine magazine) {
    for (int i = head; i < end; i++) {
      Record.free(magazine, nodes[i]);
    }
    head = 0;
    end = 0;
    nodeBytes = 0;
    length = 0;
    groups.values().forEach(group -> group.free(magazine));
    groups.clear();
    if (producers != null) {
      producers.clear(magazine);
    }
  }

  @Override
  int relocateSparseElements(Magazine magazine, Allocator allocator, int index, int count) {
    if (index >= 0) {
      int to = Math.min(nodes(), index + count);
      for (int i = index; i < to; i++) {
        nodes[head + i] = Record.relocateSparse(magazine, allocator, node(i));
      }
      return to < nodes() ? to : PENDING_INDEX;
    }
    long before = 0;
    for (StreamGroup group : groups.values()) {
      long from = (long) PENDING_INDEX - index - before;
      long size = group.pendingCount();
      if (from >= 0 && from < size) {
        group.relocateSparse(magazine, allocator, from, count);
        return index - (int) Math.min(count, size - from);
      }
      before += size;
    }
    if (producers != null) {
      producers.relocateSparse(magazine, allocator);
    }
    return -1;
  }
}
