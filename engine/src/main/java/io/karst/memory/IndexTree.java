package io.karst.memory;

import io.karst.base.Fault;
import io.karst.base.Invariant;

/// The shape of an [OrderedIndex]: nodes, and how they are split and merged. It knows nothing of
/// the order but where it is told to put an entry.
///
/// *Room.* Making room is a series of steps, each of which changes one node and leaves the entries
/// as they were: a node gets a larger block, is split, or the tree a root above the root. A step
/// allocates before it changes anything, so a tree that could not be given room is whole.
///
/// - What is split at its end leaves the left half full: ascending entries make full leaves.
/// - A node that is a quarter full or less joins a neighbour if both fit into three quarters of
///   one. Nothing is borrowed from fuller neighbours: a block is as large as what is in it.
/// - Where there is no memory for a smaller block or for joining two, they stay as they are.
final class IndexTree {
  private final int leafMax;
  private final int innerMax;
  private long root = IndexNode.NONE;

  /// The level of the root.
  private int height;

  private long overhead;

  /// - `leafMax`: the most entries of a leaf, a power of two from 8 to 256.
  /// - `innerMax`: the most children of an inner node, a power of two from 8 to 64.
  IndexTree(int leafMax, int innerMax) {
    this.leafMax = leafMax;
    this.innerMax = innerMax;
  }

  long root() {
    return root;
  }

  int height() {
    return height;
  }

  /// Bytes taken by the nodes.
  long overhead() {
    return overhead;
  }

  boolean isEmpty() {
    return root == IndexNode.NONE;
  }

  /// The node that a path passes at a level.
  long node(long path, int level) {
    long node = root;
    for (int above = height; above > level; above--) {
      node = IndexNode.child(node, IndexPath.slot(path, above));
    }
    return node;
  }

  /// The path behind the last entry.
  long end() {
    long path = 0;
    long node = root;
    for (int level = height; level > 0; level--) {
      int last = IndexNode.fill(node) - 1;
      path |= IndexPath.step(level, last);
      node = IndexNode.child(node, last);
    }
    return path | IndexPath.step(0, IndexNode.fill(node));
  }

  /// Whether an entry can be put at the end of a path.
  boolean hasRoom(long path) {
    return !isEmpty() && !IndexNode.full(node(path, 0));
  }

  /// Takes a step towards room at the end of a path; returns whether the path is still right.
  ///
  /// - throws [Fault.OutOfMemory]; nothing is changed then.
  boolean makeRoom(Magazine magazine, long path) {
    if (isEmpty()) {
      root = allocate(magazine, 0, 1);
      return true;
    }
    for (int level = 0; ; level++) {
      long node = node(path, level);
      int fill = IndexNode.fill(node);
      if (fill < max(level)) {
        move(magazine, path, level, fill + 1);
        return true;
      }
      if (level == height) {
        raise(magazine);
        return true;
      }
      if (!IndexNode.full(node(path, level + 1))) {
        split(magazine, path, level);
        return false;
      }
    }
  }

  /// Puts an entry at the end of a path, where there is room.
  void insert(long path, long rank, long record) {
    long node = root;
    for (int level = height; level > 0; level--) {
      int slot = IndexPath.slot(path, level);
      IndexNode.count(node, slot, IndexNode.count(node, slot) + 1);
      if (IndexPath.first(path, level)) {
        IndexNode.entry(node, slot, rank, record);
      }
      node = IndexNode.child(node, slot);
    }
    int position = IndexPath.position(path);
    long leaf = IndexNode.open(0, node, position);
    IndexNode.entry(leaf, position, rank, record);
    put(path, 0, leaf);
  }

  /// Takes out the entry at the end of a path.
  void remove(Magazine magazine, long path) {
    addCount(path, -1);
    int position = IndexPath.position(path);
    put(path, 0, IndexNode.close(0, node(path, 0), position));
    if (position == 0) {
      renewFirst(path, 0);
    }
    tidy(magazine, path, 0);
    lowerRoot(magazine);
  }

  /// Takes out the last leaf with all that is in it, and returns how many entries those were.
  int removeLastLeaf(Magazine magazine) {
    long path = end();
    long leaf = node(path, 0);
    int fill = IndexNode.fill(leaf);
    addCount(path, -fill);
    put(path, 0, IndexNode.cut(leaf, 0));
    tidy(magazine, path, 0);
    lowerRoot(magazine);
    return fill;
  }

  /// Lets the entry at the end of a path be of another record, with the same key.
  void replace(long path, long record) {
    long node = root;
    for (int level = height; level > 0; level--) {
      int slot = IndexPath.slot(path, level);
      if (IndexPath.first(path, level)) {
        IndexNode.record(node, slot, record);
      }
      node = IndexNode.child(node, slot);
    }
    IndexNode.record(node, IndexPath.position(path), record);
  }

  /// Moves nodes on a path that lie in sparse slabs.
  ///
  /// - throws [Fault.OutOfMemory]; those that were moved before are in order.
  void relocateSparse(Magazine magazine, Allocator allocator, long path) {
    for (int level = height; level >= 0; level--) {
      long node = node(path, level);
      if (allocator.sparse(IndexNode.address(node))) {
        move(magazine, path, level, IndexNode.capacity(node));
      }
    }
  }

  /// Splits a full node whose parent has room.
  private void split(Magazine magazine, long path, int level) {
    long node = node(path, level);
    int fill = IndexNode.fill(node);
    int at = atEnd(path, level) ? fill - 1 : path == 0 ? 1 : fill >>> 1;
    long fresh = allocate(magazine, level, fill - at + 1);
    fresh = IndexNode.append(level, node, at, fresh);
    put(path, level, IndexNode.cut(node, at));
    adopt(path, level + 1, fresh);
    trim(magazine, path, level);
  }

  /// Puts a node beside the one that a path passes below `level`, whose entries it took over.
  private void adopt(long path, int level, long fresh) {
    int slot = IndexPath.slot(path, level);
    long taken = entries(level - 1, fresh);
    long parent = IndexNode.open(level, node(path, level), slot + 1);
    IndexNode.count(parent, slot, IndexNode.count(parent, slot) - taken);
    IndexNode.child(parent, slot + 1, fresh, taken);
    put(path, level, parent);
  }

  /// Puts a root above the root.
  private void raise(Magazine magazine) {
    Invariant.check(height < IndexPath.HEIGHT_MAX, "an index of too many levels");
    long fresh = IndexNode.open(height + 1, allocate(magazine, height + 1, 1), 0);
    IndexNode.child(fresh, 0, root, entries(height, root));
    root = fresh;
    height++;
  }

  /// Sees to a node that has lost something, then to those above it that do for that reason.
  private void tidy(Magazine magazine, long path, int from) {
    for (int level = from; ; level++) {
      int fill = IndexNode.fill(node(path, level));
      if (fill == 0) {
        drop(magazine, path, level);
      } else if (fill > max(level) / 4 || !join(magazine, path, level)) {
        trim(magazine, path, level);
        return;
      }
      if (level >= height) {
        return;
      }
    }
  }

  /// Takes an empty node out.
  private void drop(Magazine magazine, long path, int level) {
    free(magazine, level, node(path, level));
    if (level == height) {
      root = IndexNode.NONE;
      height = 0;
      return;
    }
    int slot = IndexPath.slot(path, level + 1);
    put(path, level + 1, IndexNode.close(level + 1, node(path, level + 1), slot));
    if (slot == 0) {
      renewFirst(path, level + 1);
    }
  }

  /// Joins a node with the one behind or before it, if both are small enough and it can be done.
  private boolean join(Magazine magazine, long path, int level) {
    if (level == height) {
      return false;
    }
    long parent = node(path, level + 1);
    int slot = IndexPath.slot(path, level + 1);
    if (!joinable(parent, slot, level)) {
      slot--;
    }
    return joinable(parent, slot, level) && join(magazine, path, level + 1, slot);
  }

  /// Joins the child in a slot of the node that a path passes at a level with the one behind it;
  /// false if there was no memory for that.
  private boolean join(Magazine magazine, long path, int level, int slot) {
    long parent = node(path, level);
    long left = IndexNode.child(parent, slot);
    long right = IndexNode.child(parent, slot + 1);
    int fill = IndexNode.fill(left) + IndexNode.fill(right);
    if (fill > IndexNode.capacity(left)) {
      try {
        left = copy(magazine, level - 1, left, fill);
      } catch (Fault.OutOfMemory full) {
        return false;
      }
    }
    IndexNode.child(parent, slot, IndexNode.append(level - 1, right, 0, left));
    free(magazine, level - 1, right);
    IndexNode.count(parent, slot, IndexNode.countBetween(parent, slot, slot + 2));
    put(path, level, IndexNode.close(level, parent, slot + 1));
    return true;
  }

  /// Whether the child in a slot and the one behind it fit into one, with room to spare.
  private boolean joinable(long parent, int slot, int level) {
    if (slot < 0 || slot + 1 >= IndexNode.fill(parent)) {
      return false;
    }
    int left = IndexNode.fill(IndexNode.child(parent, slot));
    int right = IndexNode.fill(IndexNode.child(parent, slot + 1));
    return left + right <= max(level) * 3 / 4;
  }

  /// Gives a node that has become small a smaller block, if there is one to be had. It keeps a step
  /// to spare, so that it does not move whenever an entry comes or goes.
  private void trim(Magazine magazine, long path, int level) {
    long node = node(path, level);
    int capacity = IndexNode.capacity(node);
    int spare = capacity - IndexNode.capacityFor(IndexNode.fill(node));
    if (spare < 2 * IndexNode.step(capacity)) {
      return;
    }
    try {
      move(magazine, path, level, IndexNode.fill(node) + 1);
    } catch (Fault.OutOfMemory full) {
      // The large block does as well; the next removal tries again.
    }
  }

  /// Moves a node to a block with room for `least`.
  private void move(Magazine magazine, long path, int level, int least) {
    put(path, level, copy(magazine, level, node(path, level), least));
  }

  /// A copy of a node with room for `least`, in its place.
  private long copy(Magazine magazine, int level, long node, int least) {
    long fresh = allocate(magazine, level, least);
    fresh = IndexNode.append(level, node, 0, fresh);
    free(magazine, level, node);
    return fresh;
  }

  /// As long as the root has one child only, that is the root.
  private void lowerRoot(Magazine magazine) {
    while (height > 0 && IndexNode.fill(root) == 1) {
      long child = IndexNode.child(root, 0);
      free(magazine, height, root);
      root = child;
      height--;
    }
  }

  /// Tells the nodes above a level what the first entry of the one at that level is now.
  private void renewFirst(long path, int level) {
    for (int above = level + 1; above <= height; above++) {
      long parent = node(path, above);
      int slot = IndexPath.slot(path, above);
      long child = IndexNode.child(parent, slot);
      if (IndexNode.fill(child) > 0) {
        IndexNode.entry(parent, slot, IndexNode.rank(child, 0), IndexNode.record(child, 0));
      }
      if (slot > 0) {
        return;
      }
    }
  }

  private void addCount(long path, long delta) {
    long node = root;
    for (int level = height; level > 0; level--) {
      int slot = IndexPath.slot(path, level);
      IndexNode.count(node, slot, IndexNode.count(node, slot) + delta);
      node = IndexNode.child(node, slot);
    }
  }

  /// Puts a node in the place of the one that a path passes at a level.
  private void put(long path, int level, long node) {
    if (level == height) {
      root = node;
    } else {
      IndexNode.child(node(path, level + 1), IndexPath.slot(path, level + 1), node);
    }
  }

  /// Whether what a path leads to at a level is the end of the last node of that level.
  private boolean atEnd(long path, int level) {
    long node = root;
    for (int above = height; above >= level && above > 0; above--) {
      int slot = IndexPath.slot(path, above);
      if (slot < IndexNode.fill(node) - 1) {
        return false;
      }
      node = IndexNode.child(node, slot);
    }
    return level > 0 || IndexPath.position(path) == IndexNode.fill(node);
  }

  /// The most that a node of a level holds.
  private int max(int level) {
    return level == 0 ? leafMax : innerMax;
  }

  private static long entries(int level, long node) {
    int fill = IndexNode.fill(node);
    return level == 0 ? fill : IndexNode.countBetween(node, 0, fill);
  }

  private long allocate(Magazine magazine, int level, int least) {
    long node = IndexNode.allocate(magazine, level, IndexNode.capacityFor(least));
    overhead += IndexNode.size(level, node);
    return node;
  }

  private void free(Magazine magazine, int level, long node) {
    IndexNode.free(magazine, level, node);
    overhead -= IndexNode.size(level, node);
  }
}
