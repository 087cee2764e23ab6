package io.karst.memory;

import org.jspecify.annotations.Nullable;

/// A list whose elements carry their own links, so that one leaves it in constant time and
/// without knowing which list it is in. Not thread-safe.
final class Ring<T extends Ring.Link> {
  /// What an element extends. Linked to itself while it is in no ring.
  abstract static class Link {
    private Link previous = this;
    private Link next = this;

    final void leaveRing() {
      previous.next = next;
      next.previous = previous;
      previous = this;
      next = this;
    }
  }

  private static final class Head extends Link {}

  private final Link head = new Head();

  /// Puts an element that is in no ring in front.
  void addFirst(T element) {
    Link link = element;
    link.previous = head;
    link.next = head.next;
    link.next.previous = link;
    head.next = link;
  }

  @Nullable T first() {
    return elementOrNull(head.next);
  }

  /// The element behind one of this ring.
  @Nullable T after(T element) {
    Link link = element;
    return elementOrNull(link.next);
  }

  @SuppressWarnings("unchecked") // every link but the head came in as a T
  private @Nullable T elementOrNull(Link link) {
    return link instanceof Head ? null : (T) link;
  }
}
