package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.memory.Packed;
import io.karst.memory.Record;
import io.karst.value.NodeList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A place in a list, which moves from element to element in one direction, until it is at none.
/// Good until the list changes.
final class ListCursor {
  private final @Nullable NodeList nodes;
  private final boolean forwards;

  /// The number of the node, if there are several.
  private int number;

  /// The record it is in: the key's, or a node.
  private long node;

  /// The position in there; 0 in a node of one element as it is.
  private int at;

  /// - `record`: the key's.
  /// - `nodes`: the list it stands for, if it does.
  /// - `index`: of an element that is there.
  ListCursor(long record, @Nullable NodeList nodes, int index, boolean forwards) {
    this.nodes = nodes;
    this.forwards = forwards;
    if (nodes == null) {
      node = record;
      at = NodeEditor.position(record, index, Packed.count(record));
    } else {
      long location = nodes.locate(index);
      number = NodeList.nodeOf(location);
      node = nodes.node(number);
      at =
          NodeList.isPlain(node)
              ? 0
              : NodeEditor.position(node, NodeList.offsetOf(location), nodes.count(number));
    }
  }

  /// Whether it is at an element.
  boolean valid() {
    return at != Packed.NONE;
  }

  /// The element: a view, or the decimal of a number.
  Bytes element() {
    return NodeList.isPlain(node) ? Record.value(node) : Packed.get(node, at);
  }

  /// Whether the element is the one that matches look for.
  boolean matches(Matches wanted) {
    return wanted.at(node, at);
  }

  /// Shows the next `count` elements, of which there are as many.
  void forEach(int count, Consumer<Bytes> visitor) {
    int left = count;
    while (true) {
      if (NodeList.isPlain(node)) {
        visitor.accept(Record.value(node));
        left--;
      } else {
        left -= Packed.forEach(node, at, left, forwards, visitor);
      }
      if (left == 0 || nodes == null) {
        return;
      }
      enterNext(nodes);
    }
  }

  void advance() {
    if (NodeList.isPlain(node)) {
      at = Packed.NONE;
    } else {
      at = forwards ? Packed.next(node, at) : Packed.previous(node, at);
    }
    if (at == Packed.NONE && nodes != null) {
      enterNext(nodes);
    }
  }

  private void enterNext(NodeList list) {
    number += forwards ? 1 : -1;
    if (number < 0 || number == list.nodes()) {
      return;
    }
    node = list.node(number);
    if (NodeList.isPlain(node)) {
      at = 0;
    } else {
      at = forwards ? Packed.first(node) : Packed.last(node);
    }
  }
}
