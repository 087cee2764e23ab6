package io.karst.value;

import io.karst.base.Bytes;

/// Writes a [RdbType#LIST_QUICKLIST_2] from its elements, from head to tail: packs them into nodes
/// of up to eight kilobytes, as Redis does by default, and gives a larger one a node of its own.
///
/// Memory: the value, a second time, until [#end]. Thread: its owner's.
public final class RdbListWriter {
  /// The size of a node that more than one element shares.
  static final int NODE_SIZE_MAX = 8 << 10;

  private final RdbWriter nodes = new RdbWriter(256);
  private final RdbValueWriter values;
  private final boolean compresses;
  private final ListpackWriter pack = new ListpackWriter(256);
  private long count;

  /// - `compresses`: see [RdbValueWriter].
  public RdbListWriter(boolean compresses) {
    this.compresses = compresses;
    values = new RdbValueWriter(nodes, compresses);
  }

  /// Adds an element at the tail.
  public void element(Bytes element) {
    long size = Listpack.size(element);
    if (pack.size() + size > NODE_SIZE_MAX) {
      endNode();
    }
    if (Listpack.OVERHEAD + size > NODE_SIZE_MAX) {
      values.plainNode(element);
      count++;
    } else {
      pack.append(element);
    }
  }

  /// Adds elements that are packed already as a node of its own.
  public void packed(Bytes listpack) {
    endNode();
    values.packedNode(listpack);
    count++;
  }

  /// Writes the value, of at least one element. This is of no more use then.
  public void end(RdbWriter out) {
    endNode();
    new RdbValueWriter(out, compresses).beginList(count);
    out.writeBytes(nodes.bytes());
  }

  private void endNode() {
    if (pack.count() > 0) {
      values.packedNode(pack.end());
      pack.clear();
      count++;
    }
  }
}
