package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.memory.Packed;
import io.karst.memory.PackedEntries;
import io.karst.memory.Record;
import io.karst.value.NodeList;

/// Finds the elements of a piece of a list that equal one, and makes the piece without them.
/// Reused from use to use; under the lock of the key.
final class Matches {
  private final PackedEntries needle = new PackedEntries();
  private final PackedEntries kept = new PackedEntries();
  private Bytes element = Bytes.EMPTY;

  /// Looks for this element from now on, as long as its bytes are good.
  void of(Bytes wanted) {
    element = wanted;
    needle.clear().add(wanted);
  }

  /// Whether the element at a position is it.
  boolean at(long node, int position) {
    return NodeList.isPlain(node)
        ? Record.value(node).equals(element)
        : Packed.is(node, position, needle);
  }

  /// How often it is there.
  int count(long node) {
    if (NodeList.isPlain(node)) {
      return Record.value(node).equals(element) ? 1 : 0;
    }
    int count = 0;
    int at = Packed.find(node, Packed.first(node), needle, 1);
    while (at != Packed.NONE) {
      count++;
      at = Packed.find(node, Packed.next(node, at), needle, 1);
    }
    return count;
  }

  /// The entries of a packed node without some matches, valid until the next use.
  ///
  /// - `skipped`: matches that stay, before those that go.
  /// - `removed`: matches that go.
  PackedEntries without(long node, int skipped, int removed) {
    kept.clear();
    int seen = 0;
    int from = Packed.first(node);
    int run = 0;
    for (int at = from; at != Packed.NONE; at = Packed.next(node, at)) {
      boolean goes = Packed.is(node, at, needle) && seen++ >= skipped && seen <= skipped + removed;
      if (goes) {
        kept.add(node, from, at, run);
        from = at + Packed.size(node, at);
        run = 0;
      } else {
        run++;
      }
    }
    return kept.add(node, from, Packed.end(node), run);
  }
}
