package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.memory.Packed;
import io.karst.memory.PackedEntries;
import io.karst.memory.Record;
import io.karst.value.Listpack;
import io.karst.value.NodeLimit;
import io.karst.value.NodeList;
import java.util.List;

/// Changes the nodes of large lists: in their blocks where these have room and nobody looks at
/// them, else in new ones.
///
/// Every change happens whole or, with a [Fault.OutOfMemory], not at all: what takes memory is made
/// first, and put into the directory when all of it is there. Taking elements out takes none, if
/// the nodes it concerns are *owned* ([#own]): nobody looks at them.
///
/// Thread: its transaction's, under the lock of the key.
final class NodeEditor {
  /// A block with more room to spare than it uses, and than this, is exchanged for a smaller one.
  private static final int SLACK_MAX = 32;

  private final Records records;
  private final PackedEntries entries = new PackedEntries();
  private final Matches matches = new Matches();

  NodeEditor(Records records) {
    this.records = records;
  }

  /// What looks for an element; one at a time.
  Matches matches(Bytes element) {
    matches.of(element);
    return matches;
  }

  // ---- adding ----

  /// Adds elements at an end, one after the other.
  void push(NodeList list, NodeLimit limit, boolean atHead, List<Bytes> elements) {
    int fitting = list.nodes() == 0 ? 0 : fitting(list, limit, atHead, elements);
    NodeList fresh = nodesOf(limit, atHead, elements, fitting);
    if (fitting > 0) {
      int end = atHead ? 0 : list.nodes() - 1;
      long node = list.node(end);
      int at = atHead ? Packed.EMPTY_SIZE - 1 : Packed.end(node);
      encode(atHead, elements, 0, fitting);
      try {
        edit(list, end, at, 0, 0);
      } catch (Fault.OutOfMemory full) {
        fresh.free(records.magazine());
        throw full;
      }
    }
    for (int i = 0; i < fresh.nodes(); i++) {
      list.add(atHead ? 0 : list.nodes(), fresh.node(i), fresh.count(i));
    }
  }

  /// How many of the elements the node at an end takes.
  private static int fitting(NodeList list, NodeLimit limit, boolean atHead, List<Bytes> elements) {
    int end = atHead ? 0 : list.nodes() - 1;
    return NodeList.isPlain(list.node(end))
        ? 0
        : fitting(limit, elements, 0, Packed.size(list.node(end)), list.count(end));
  }

  /// How many of the elements from one on a node takes that has this size and this many.
  private static int fitting(
      NodeLimit limit, List<Bytes> elements, int from, long sizeBefore, int countBefore) {
    long size = sizeBefore;
    int fitting = 0;
    while (from + fitting < elements.size()) {
      size += Listpack.size(elements.get(from + fitting));
      if (!limit.fitsNode(size, countBefore + fitting + 1L)) {
        break;
      }
      fitting++;
    }
    return fitting;
  }

  /// Nodes of the elements from one on, the first pushed first.
  private NodeList nodesOf(NodeLimit limit, boolean atHead, List<Bytes> elements, int from) {
    NodeList fresh = new NodeList();
    try {
      for (int i = from; i < elements.size(); ) {
        int fitting = fitting(limit, elements, i, Packed.EMPTY_SIZE, 0);
        if (fitting == 0) {
          addPlain(fresh, elements.get(i++));
        } else {
          encode(atHead, elements, i, i + fitting);
          addPacked(fresh);
          i += fitting;
        }
      }
      return fresh;
    } catch (Fault.OutOfMemory full) {
      fresh.free(records.magazine());
      throw full;
    }
  }

  private void encode(boolean atHead, List<Bytes> elements, int from, int to) {
    entries.clear();
    for (int i = from; i < to; i++) {
      entries.add(elements.get(atHead ? from + to - 1 - i : i));
    }
  }

  private void addPlain(NodeList to, Bytes element) {
    to.add(to.nodes(), NodeList.plainNode(records.magazine(), element), 1);
  }

  private void addPacked(NodeList to) {
    to.add(to.nodes(), NodeList.packedNode(records.magazine(), entries), entries.count());
  }

  // ---- changing in the middle ----

  /// Puts an element before the one at an index, or in its place.
  ///
  /// - `removed`: 0 or 1 elements, which go.
  void put(NodeList list, NodeLimit limit, int index, int removed, Bytes element) {
    long location = list.locate(index);
    int number = NodeList.nodeOf(location);
    int offset = NodeList.offsetOf(location);
    long size = Listpack.size(element);
    Range gone = new Range(offset, removed);
    if (fits(list, limit, number, gone, size)) {
      long node = list.node(number);
      int at = position(node, offset, list.count(number));
      entries.clear().add(element);
      edit(list, number, at, removed == 0 ? 0 : Packed.size(node, at), removed);
    } else if (!gone.replaces() && number > 0 && fits(list, limit, number - 1, gone, size)) {
      entries.clear().add(element);
      edit(list, number - 1, Packed.end(list.node(number - 1)), 0, 0);
    } else {
      split(list, limit, number, gone, element);
    }
    merge(list, limit, number);
    if (number > 0) {
      merge(list, limit, number - 1);
    }
  }

  /// Whether a node has room for an entry of a size, perhaps in the place of another.
  private static boolean fits(NodeList list, NodeLimit limit, int number, Range gone, long size) {
    long node = list.node(number);
    if (NodeList.isPlain(node)) {
      return false;
    }
    int count = list.count(number);
    int freed = gone.count == 0 ? 0 : Packed.size(node, position(node, gone.from, count));
    return limit.fitsNode(Packed.size(node) - freed + size, count - gone.count + 1L);
  }

  /// Puts what is before and what is behind the new element into nodes of their own; the element
  /// goes with either, or is a node itself.
  private void split(NodeList list, NodeLimit limit, int number, Range gone, Bytes element) {
    NodeList pieces = new NodeList();
    try {
      pieces(pieces, list, limit, number, gone, element);
    } catch (Fault.OutOfMemory full) {
      pieces.free(records.magazine());
      throw full;
    }
    if (gone.replaces()) {
      retire(list, number, number + 1);
    }
    for (int i = 0; i < pieces.nodes(); i++) {
      list.add(number + i, pieces.node(i), pieces.count(i));
    }
  }

  private void pieces(
      NodeList pieces, NodeList list, NodeLimit limit, int number, Range gone, Bytes element) {
    long node = list.node(number);
    boolean placed = false;
    if (gone.from > 0) {
      int at = position(node, gone.from, list.count(number));
      entries.clear().add(node, Packed.first(node), at, gone.from);
      placed = joins(limit, element);
      if (placed) {
        entries.add(element);
      }
      addPacked(pieces);
    }
    int rest = gone.replaces() ? list.count(number) - gone.to() : 0;
    entries.clear();
    if (!placed) {
      if (joins(limit, element)) {
        entries.add(element);
      } else {
        addPlain(pieces, element);
      }
    }
    if (rest > 0) {
      int at = position(node, gone.to(), list.count(number));
      int size = Packed.end(node) - at;
      if (entries.count() > 0
          && !limit.fitsNode(Packed.EMPTY_SIZE + entries.size() + size, rest + 1L)) {
        addPacked(pieces);
        entries.clear();
      }
      entries.add(node, at, Packed.end(node), rest);
    }
    if (entries.count() > 0) {
      addPacked(pieces);
    }
  }

  /// Whether an element may stand behind the entries.
  private boolean joins(NodeLimit limit, Bytes element) {
    long size = Packed.EMPTY_SIZE + entries.size() + Listpack.size(element);
    return limit.fitsNode(size, entries.count() + 1L);
  }

  /// Makes one node of two neighbours that are small, if there is the memory.
  private void merge(NodeList list, NodeLimit limit, int number) {
    if (number < 0 || number + 1 >= list.nodes()) {
      return;
    }
    long left = list.node(number);
    long right = list.node(number + 1);
    int elements = list.count(number + 1);
    if (NodeList.isPlain(left) || NodeList.isPlain(right)) {
      return;
    }
    int added = Packed.size(right) - Packed.EMPTY_SIZE;
    if (!limit.half().fits((long) Packed.size(left) + added, list.count(number) + elements)) {
      return;
    }
    entries.clear().add(right, Packed.first(right), Packed.end(right), elements);
    try {
      edit(list, number, Packed.end(left), 0, 0);
    } catch (Fault.OutOfMemory full) {
      return; // Two nodes do as well.
    }
    retire(list, number + 1, number + 2);
  }

  // ---- taking out ----

  /// Sees to it that taking elements out takes no memory: nodes that lose a part of their elements
  /// are made anew if somebody looks at them.
  void own(NodeList list, int from, int count) {
    if (records.mayOverwrite()) {
      return;
    }
    long first = list.locate(from);
    long last = list.locate(from + count - 1);
    int begin = NodeList.nodeOf(first);
    int end = NodeList.nodeOf(last);
    if (NodeList.offsetOf(first) > 0) {
      renew(list, begin);
    }
    boolean partly = NodeList.offsetOf(last) < list.count(end) - 1;
    if (partly && (begin != end || NodeList.offsetOf(first) == 0)) {
      renew(list, end);
    }
  }

  private void renew(NodeList list, int number) {
    long node = list.node(number);
    int size = NodeList.isPlain(node) ? Record.valueLength(node) : Packed.size(node);
    long fresh = NodeList.newNode(records.magazine(), size);
    Record.writeFrom(fresh, node, size);
    Record.raw(fresh, NodeList.isPlain(node));
    list.set(number, fresh, list.count(number));
    records.retire(node);
  }

  /// Takes elements out that are owned.
  void cut(NodeList list, int from, int count) {
    long first = list.locate(from);
    long last = list.locate(from + count - 1);
    int begin = NodeList.nodeOf(first);
    int end = NodeList.nodeOf(last);
    int offset = NodeList.offsetOf(first);
    int behind = NodeList.offsetOf(last) + 1;
    if (begin == end && behind - offset < list.count(begin)) {
      cutNode(list, begin, offset, behind - offset);
      return;
    }
    int goesTo = end + 1;
    if (behind < list.count(end)) {
      cutNode(list, end, 0, behind);
      goesTo = end;
    }
    int goesFrom = begin;
    if (offset > 0) {
      cutNode(list, begin, offset, list.count(begin) - offset);
      goesFrom = begin + 1;
    }
    retire(list, goesFrom, goesTo);
  }

  /// Takes some of a node's elements out, not all.
  private void cutNode(NodeList list, int number, int offset, int removed) {
    long node = list.node(number);
    int count = list.count(number);
    int at = position(node, offset, count);
    int end = position(node, offset + removed, count);
    Packed.edit(node, node, at, end - at, removed, entries.clear());
    list.set(number, node, count - removed);
    shrink(list, number);
  }

  /// Takes out the elements that equal one, up to `max` of them from the head or from the tail.
  ///
  /// - returns: how many that were.
  int removeEqual(NodeList list, NodeLimit limit, boolean fromHead, int max, Bytes element) {
    matches.of(element);
    if (!records.mayOverwrite()) {
      ownMatching(list);
    }
    int left = max;
    for (int i = 0, nodes = list.nodes(); i < nodes && left > 0; i++) {
      int number = fromHead ? i : nodes - 1 - i;
      int found = matches.count(list.node(number));
      if (found > 0) {
        int removed = Math.min(found, left);
        removeMatches(list, number, fromHead ? 0 : found - removed, removed);
        left -= removed;
      }
    }
    if (left < max) {
      tidy(list, limit);
    }
    return max - left;
  }

  private void ownMatching(NodeList list) {
    for (int i = 0; i < list.nodes(); i++) {
      if (matches.count(list.node(i)) > 0) {
        renew(list, i);
      }
    }
  }

  /// Takes matches out of a node; one that is empty then stays, for [#tidy].
  private void removeMatches(NodeList list, int number, int skipped, int removed) {
    long node = list.node(number);
    int count = list.count(number);
    if (removed < count) {
      PackedEntries kept = matches.without(node, skipped, removed);
      int first = Packed.first(node);
      Packed.edit(node, node, first, Packed.end(node) - first, count, kept);
    }
    list.set(number, node, count - removed);
  }

  /// Takes empty nodes out of the directory, and makes small neighbours one.
  private void tidy(NodeList list, NodeLimit limit) {
    for (int i = list.nodes() - 1; i >= 0; i--) {
      if (list.count(i) == 0) {
        retire(list, i, i + 1);
      } else {
        shrink(list, i);
        merge(list, limit, i);
      }
    }
  }

  // ---- pieces ----

  /// Puts the entries in the place of some of a node.
  private void edit(NodeList list, int number, int at, int removed, int removedCount) {
    long node = list.node(number);
    int count = list.count(number) - removedCount + entries.count();
    int size = Packed.size(node) - removed + entries.size();
    long target = node;
    if (!records.mayOverwrite() || !hasRoom(list, number, size)) {
      target = NodeList.newNode(records.magazine(), size);
    }
    Packed.edit(target, node, at, removed, removedCount, entries);
    list.set(number, target, count);
    if (target != node) {
      records.retire(node);
    }
  }

  private boolean hasRoom(NodeList list, int number, int size) {
    return size <= Record.valueLength(list.node(number))
        || list.resize(records.magazine(), number, size);
  }

  /// Moves an owned node to a smaller block if that is worth it.
  private void shrink(NodeList list, int number) {
    long node = list.node(number);
    if (NodeList.isPlain(node)) {
      return;
    }
    int size = Packed.size(node);
    if (Record.valueLength(node) - size <= Math.max(SLACK_MAX, size)) {
      return;
    }
    try {
      renew(list, number);
    } catch (Fault.OutOfMemory full) {
      // The larger block does as well.
    }
  }

  private void retire(NodeList list, int from, int to) {
    for (int i = from; i < to; i++) {
      records.retire(list.node(i));
    }
    list.remove(from, to);
  }

  /// The position of an element in a packed node of so many; behind the last, its end.
  static int position(long node, int offset, int count) {
    if (offset == count) {
      return Packed.end(node);
    }
    return Packed.at(node, offset <= count / 2 ? offset : offset - count);
  }

  /// Elements of a node that go: `count` of them, perhaps none, from an index on.
  private record Range(int from, int count) {
    int to() {
      return from + count;
    }

    /// Whether the node is replaced; otherwise the new element goes before it.
    boolean replaces() {
      return from + count > 0;
    }
  }
}
