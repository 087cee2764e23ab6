package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import io.karst.memory.Allocator;
import io.karst.memory.Magazine;
import io.karst.memory.Packed;
import io.karst.memory.PackedEntries;
import io.karst.memory.Record;

/// A large list: a sequence of nodes, each some of the elements, packed into the value of a record
/// without a key; or a single element that is larger than a node, by itself.
///
/// This is the directory: which nodes there are, and how many elements each has, in circular arrays
/// on the heap, 12 bytes a node. Adding and taking a node costs a step at the ends and a move of
/// half of the directory elsewhere; finding an element by its index costs a sum over the counts
/// from the nearer end. What is in the nodes is edited by the owner, who tells the counts.
///
/// Nodes that leave the directory are the caller's. Under the lock of the key's slot.
public final class NodeList extends LargeValue {
  private static final int INITIAL = 8;

  /// Powers of two long.
  private long[] nodes = new long[INITIAL];

  private int[] counts = new int[INITIAL];

  /// Where node 0 is.
  private int head;

  private int length;
  private int count;

  /// What the blocks of the nodes take, in bytes.
  private long nodeBytes;

  /// Makes a node of entries.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory].
  public static long packedNode(Magazine magazine, PackedEntries entries) {
    long node = newNode(magazine, Packed.EMPTY_SIZE + entries.size());
    Packed.clear(node);
    Packed.edit(node, node, Packed.end(node), 0, 0, entries);
    return node;
  }

  /// Makes a node of one element as it is.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory].
  public static long plainNode(Magazine magazine, Bytes element) {
    long node = newNode(magazine, element.length());
    Record.raw(node, true);
    Record.write(node, 0, element);
    return node;
  }

  /// Makes a node with room for a packed list, whose content is undefined.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory].
  public static long newNode(Magazine magazine, int size) {
    int type = ValueType.LIST.code();
    return Record.create(magazine, Bytes.EMPTY, type, size, Record.NO_EXPIRY, 0);
  }

  /// Whether a node is one element as it is.
  public static boolean isPlain(long node) {
    return Record.raw(node);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  long elementBytes() {
    if (Invariant.VERIFY) {
      Invariant.check(nodeBytes == summedBytes(), "the bytes of a list were not counted");
    }
    return nodeBytes;
  }

  private long summedBytes() {
    long bytes = 0;
    for (int i = 0; i < length; i++) {
      bytes += Record.blockSize(node(i));
    }
    return bytes;
  }

  /// About how many bytes some elements take: those of the nodes they are in.
  public long bytes(int index, int elements) {
    long location = locate(index);
    long bytes = 0;
    int left = elements + offsetOf(location);
    for (int node = nodeOf(location); left > 0 && node < length; node++) {
      bytes += Record.valueLength(node(node));
      left -= count(node);
    }
    return bytes;
  }

  /// The number of nodes.
  public int nodes() {
    return length;
  }

  /// Node `index`, from the head.
  public long node(int index) {
    return nodes[place(index)];
  }

  /// The number of elements of node `index`.
  public int count(int index) {
    return counts[place(index)];
  }

  /// Puts another node in the place of one, or tells how many elements one has now.
  public void set(int index, long node, int elements) {
    int place = place(index);
    count += elements - counts[place];
    if (nodes[place] != node) {
      nodeBytes += Record.blockSize(node) - Record.blockSize(nodes[place]);
      nodes[place] = node;
    }
    counts[place] = elements;
  }

  /// Gives the list of node `index` another size if its block allows that; whether it does.
  public boolean resize(Magazine magazine, int index, int size) {
    long node = node(index);
    long before = Record.blockSize(node);
    if (!Record.resize(magazine, node, size, false)) {
      return false;
    }
    nodeBytes += Record.blockSize(node) - before;
    return true;
  }

  /// Adds a node before node `index`, or behind the last if that is the number of nodes.
  public void add(int index, long node, int elements) {
    if (length == nodes.length) {
      grow();
    }
    if (index < length / 2) {
      head = (head - 1) & (nodes.length - 1);
      length++;
      move(1, 0, index);
    } else {
      length++;
      move(index, index + 1, length - 1 - index);
    }
    int place = place(index);
    nodes[place] = node;
    counts[place] = elements;
    count += elements;
    nodeBytes += Record.blockSize(node);
  }

  /// Takes nodes out, from `from` up to `to`, whose blocks are still theirs.
  public void remove(int from, int to) {
    for (int i = from; i < to; i++) {
      count -= count(i);
      nodeBytes -= Record.blockSize(node(i));
    }
    int removed = to - from;
    if (from < length - to) {
      move(0, removed, from);
      head = (head + removed) & (nodes.length - 1);
    } else {
      move(to, from, length - to);
    }
    length -= removed;
  }

  /// Where the element of an index is: the number of its node in the upper half, its index within
  /// the node in the lower. There is such an element.
  public long locate(int index) {
    return index < count / 2 ? locateFromHead(index) : locateFromTail(count - index);
  }

  /// The number of the node in what [#locate] answers.
  public static int nodeOf(long location) {
    return (int) (location >>> Integer.SIZE);
  }

  /// The index within the node in what [#locate] answers.
  public static int offsetOf(long location) {
    return (int) location;
  }

  private long locateFromHead(int index) {
    int node = 0;
    int left = index;
    while (left >= count(node)) {
      left -= count(node++);
    }
    return ((long) node << Integer.SIZE) | left;
  }

  /// - `left`: elements up to the tail, the wanted one included.
  private long locateFromTail(int left) {
    int node = length - 1;
    int rest = left;
    while (rest > count(node)) {
      rest -= count(node--);
    }
    return ((long) node << Integer.SIZE) | (count(node) - rest);
  }

  @Override
  void freeElements(Magazine magazine) {
    for (int i = 0; i < length; i++) {
      Record.free(magazine, node(i));
    }
    length = 0;
    count = 0;
    nodeBytes = 0;
  }

  @Override
  int relocateSparseElements(Magazine magazine, Allocator allocator, int index, int limit) {
    int end = Math.min(length, index + limit);
    for (int i = index; i < end; i++) {
      nodes[place(i)] = Record.relocateSparse(magazine, allocator, node(i));
    }
    return end == length ? -1 : end;
  }

  private int place(int index) {
    return (head + index) & (nodes.length - 1);
  }

  private void grow() {
    long[] moreNodes = new long[nodes.length * 2];
    int[] moreCounts = new int[nodes.length * 2];
    int first = nodes.length - head;
    System.arraycopy(nodes, head, moreNodes, 0, first);
    System.arraycopy(nodes, 0, moreNodes, first, head);
    System.arraycopy(counts, head, moreCounts, 0, first);
    System.arraycopy(counts, 0, moreCounts, first, head);
    nodes = moreNodes;
    counts = moreCounts;
    head = 0;
  }

  /// Moves `moved` places of the directory from one index to another.
  private void move(int from, int to, int moved) {
    if (from < to) {
      for (int i = moved - 1; i >= 0; i--) {
        copy(from + i, to + i);
      }
    } else {
      for (int i = 0; i < moved; i++) {
        copy(from + i, to + i);
      }
    }
  }

  private void copy(int from, int to) {
    nodes[place(to)] = nodes[place(from)];
    counts[place(to)] = counts[place(from)];
  }
}
