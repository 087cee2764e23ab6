package io.karst.value;

import io.karst.base.Bytes;
import io.karst.memory.Magazine;
import io.karst.memory.PackedEntries;

/// Makes the nodes of a list of its elements, from head to tail, each as full as it may be.
/// Thread: its owner's.
public final class ListBuilder {
  private final Magazine magazine;
  private final NodeLimit limit;
  private final PackedEntries entries = new PackedEntries();
  private final NodeList nodes = new NodeList();

  public ListBuilder(Magazine magazine, NodeLimit limit) {
    this.magazine = magazine;
    this.limit = limit;
  }

  /// Adds an element at the tail.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory]; then [#discard] is all that may follow.
  public void add(Bytes element) {
    long size = Listpack.size(element);
    if (!limit.fitsNode(Listpack.OVERHEAD + size, 1)) {
      endNode();
      nodes.add(nodes.nodes(), NodeList.plainNode(magazine, element), 1);
      return;
    }
    if (!limit.fitsNode(Listpack.OVERHEAD + entries.size() + size, entries.count() + 1L)) {
      endNode();
    }
    entries.add(element);
  }

  /// The nodes, which are the caller's from then on.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory]; then [#discard] is all that may follow.
  public NodeList end() {
    endNode();
    return nodes;
  }

  /// Gives back what it has taken.
  public void discard() {
    nodes.free(magazine);
  }

  private void endNode() {
    if (entries.count() > 0) {
      nodes.add(nodes.nodes(), NodeList.packedNode(magazine, entries), entries.count());
      entries.clear();
    }
  }
}
