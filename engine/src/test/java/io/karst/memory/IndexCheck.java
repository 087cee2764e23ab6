package io.karst.memory;

import static org.assertj.core.api.Assertions.fail;

/// Looks at an [OrderedIndex] from the inside: whether each node says of those below it what is so.
final class IndexCheck {
  private final IndexTree tree;
  private final Allocator allocator;
  private long size;
  private int sparse;

  private IndexCheck(OrderedIndex index, Allocator allocator) {
    this.tree = index.tree();
    this.allocator = allocator;
  }

  /// Fails unless the index is whole; returns how many nodes lie in sparse slabs.
  static int check(OrderedIndex index, Allocator allocator) {
    IndexCheck check = new IndexCheck(index, allocator);
    long count =
        check.tree.isEmpty() ? 0 : check.entriesBelow(check.tree.height(), index.tree().root());
    same("entries", count, index.count());
    same("overhead", check.size, index.overhead());
    return check.sparse;
  }

  private long entriesBelow(int level, long node) {
    int fill = IndexNode.fill(node);
    if (fill < 1 || fill > IndexNode.capacity(node)) {
      fail("a node of level %d: %d of %d", level, fill, IndexNode.capacity(node));
    }
    size += IndexNode.size(level, node);
    sparse += allocator.sparse(IndexNode.address(node)) ? 1 : 0;
    if (level == 0) {
      return fill;
    }
    long sum = 0;
    for (int slot = 0; slot < fill; slot++) {
      long child = IndexNode.child(node, slot);
      long below = entriesBelow(level - 1, child);
      same("the count of a child", IndexNode.count(node, slot), below);
      same("the first rank of a child", IndexNode.rank(node, slot), IndexNode.rank(child, 0));
      same("the first record of a child", IndexNode.record(node, slot), IndexNode.record(child, 0));
      sum += below;
    }
    return sum;
  }

  private static void same(String what, long said, long real) {
    if (said != real) {
      fail("%s: %d instead of %d", what, said, real);
    }
  }
}
