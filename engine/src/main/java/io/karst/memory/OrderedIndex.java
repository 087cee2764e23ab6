package io.karst.memory;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The order of many records, by a rank and then by key: what a large sorted set has beside the
/// table of its members, and a group of a stream beside that of its pending entries.
///
/// An entry is a rank and a record. Ranks are compared as signed numbers, keys as unsigned bytes
/// (`memcmp`). No two entries have the same rank and key; a record may stand here with two ranks,
/// so that a change of rank adds the new entry before it removes the old one, and cannot lose it.
///
/// *How it works.* A counted B+ tree: inner nodes know how many entries are below each child, so
/// that a position is found, and told, in one descent. [IndexTree] is its shape, [IndexNode] the
/// layout of a node, [IndexSearch] the search in one, [IndexPath] a way through it. What an inner
/// node says of a child is its first entry, always one that is in the tree.
///
/// *Cost.* An operation takes a descent: three levels of inner nodes below eight million entries.
/// About 18 bytes an entry, whatever the order in which they came.
///
/// Source: D. Knuth, TAOCP vol. 3, 6.2.3 (positions by counts) and 6.2.4 (B-trees).
///
/// Thread: under the lock of the slot it belongs to. Methods that may allocate take the caller's
/// magazine; when they throw [io.karst.base.Fault.OutOfMemory] the entries are what they were.
public final class OrderedIndex {
  /// The most entries of a leaf, and children of an inner node: 2 KiB each. Measured; see ADR 14.
  private static final int LEAF_MAX = 128;

  private static final int INNER_MAX = 64;

  private final IndexTree tree;
  private long count;

  public OrderedIndex() {
    this(LEAF_MAX, INNER_MAX);
  }

  /// With nodes of another size, as [IndexTree] takes them.
  OrderedIndex(int leafMax, int innerMax) {
    tree = new IndexTree(leafMax, innerMax);
  }

  /// The number of entries.
  public long count() {
    return count;
  }

  /// Bytes of native memory taken by the index itself, without the records.
  public long overhead() {
    return tree.overhead();
  }

  /// Adds an entry that is not here.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory].
  public void add(Magazine magazine, long rank, long record) {
    long path = search(rank, record, record);
    if (Native.VERIFY) {
      Invariant.check(!equalAt(path, rank, record), "added to an index: what is there");
    }
    while (!tree.hasRoom(path)) {
      if (!tree.makeRoom(magazine, path)) {
        path = search(rank, record, record);
      }
    }
    tree.insert(path, rank, record);
    count++;
  }

  /// Adds an entry that comes behind all others, without a search: entries that come in their order
  /// fill their nodes.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory].
  public void append(Magazine magazine, long rank, long record) {
    long path = tree.end();
    Invariant.check(count == 0 || comesLast(path, rank, record), "appended out of order");
    while (!tree.hasRoom(path)) {
      if (!tree.makeRoom(magazine, path)) {
        path = tree.end();
      }
    }
    tree.insert(path, rank, record);
    count++;
  }

  /// Takes an entry out that is here.
  public void remove(Magazine magazine, long rank, long record) {
    tree.remove(magazine, find(rank, record, record));
    count--;
  }

  /// Lets an entry be of `moved`, which has the same key as `record`. That one is not looked at,
  /// and may be gone.
  public void relocate(long rank, long record, long moved) {
    tree.replace(find(rank, moved, record), moved);
  }

  /// The position of an entry that is here, from 0 on.
  public long indexOf(long rank, long record) {
    return position(find(rank, record, record));
  }

  /// The record of the entry of a rank and a key, or [Record#NONE].
  public long record(long rank, Bytes key) {
    long path = search(rank, Record.NONE, Record.NONE, key, false);
    long leaf = tree.node(path, 0);
    int position = IndexPath.position(path);
    if (position == IndexNode.fill(leaf) || IndexNode.rank(leaf, position) != rank) {
      return Record.NONE;
    }
    long record = IndexNode.record(leaf, position);
    return Record.keyEquals(record, key) ? record : Record.NONE;
  }

  /// The number of entries that come before `rank` and `key`; without a key, before all of that
  /// rank.
  public long lowerBound(long rank, @Nullable Bytes key) {
    return position(search(rank, Record.NONE, Record.NONE, key, false));
  }

  /// The number of entries of `rank` and of lower ones.
  public long upperBound(long rank) {
    return rank == Long.MAX_VALUE ? count : lowerBound(rank + 1, null);
  }

  /// The number of entries that come before `rank` and `key`, or are just that.
  public long upperBound(long rank, Bytes key) {
    return position(search(rank, Record.NONE, Record.NONE, key, true));
  }

  /// The record at a position, 0 to `count() - 1`.
  public long recordAt(long index) {
    long path = pathTo(index);
    return IndexNode.record(tree.node(path, 0), IndexPath.position(path));
  }

  /// The rank at a position, 0 to `count() - 1`.
  public long rankAt(long index) {
    long path = pathTo(index);
    return IndexNode.rank(tree.node(path, 0), IndexPath.position(path));
  }

  /// Shows entries one after the other; returns whether the visitor let it go on to the end.
  ///
  /// - `from`: the position of the first that is shown.
  /// - `limit`: at most how many; fewer if there are no more.
  /// - `reverse`: whether to go towards position 0.
  public boolean visit(long from, long limit, boolean reverse, EntryVisitor visitor) {
    if (from < 0 || from >= count) {
      return true;
    }
    long left = Math.min(limit, reverse ? from + 1 : count - from);
    long position = from;
    while (left > 0) {
      long path = pathTo(position);
      long leaf = tree.node(path, 0);
      int index = IndexPath.position(path);
      int shown = (int) Math.min(left, reverse ? index + 1 : IndexNode.fill(leaf) - index);
      if (!show(leaf, index, shown, reverse ? -1 : 1, visitor)) {
        return false;
      }
      position += reverse ? -shown : shown;
      left -= shown;
    }
    return true;
  }

  /// Takes the last entries out until about `nodes` nodes have been freed; returns whether there
  /// are more. So an index is freed in the background, by many calls, each under the lock.
  public boolean free(Magazine magazine, int nodes) {
    for (int freed = 0; freed < nodes && count > 0; freed++) {
      count -= tree.removeLastLeaf(magazine);
    }
    return count > 0;
  }

  /// Takes all entries out, and gives the nodes back.
  public void clear(Magazine magazine) {
    free(magazine, Integer.MAX_VALUE);
  }

  /// Moves nodes out of sparse slabs, those that hold about `limit` entries from a position on;
  /// returns the position to go on with, or -1 when all have been seen. The records stay where
  /// they are.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory].
  public long relocateSparse(Magazine magazine, Allocator allocator, long from, int limit) {
    long position = from;
    while (position < count && position - from < limit) {
      long path = pathTo(position);
      tree.relocateSparse(magazine, allocator, path);
      position += IndexNode.fill(tree.node(path, 0)) - IndexPath.position(path);
    }
    return position < count ? position : -1;
  }

  /// The shape, for tests.
  IndexTree tree() {
    return tree;
  }

  private static boolean show(
      long leaf, int index, int count, int direction, EntryVisitor visitor) {
    int at = index;
    for (int i = 0; i < count; i++) {
      if (!visitor.visit(IndexNode.rank(leaf, at), IndexNode.record(leaf, at))) {
        return false;
      }
      at += direction;
    }
    return true;
  }

  /// The path to an entry that is here.
  private long find(long rank, long record, long known) {
    long path = search(rank, record, known);
    long leaf = tree.node(path, 0);
    int position = IndexPath.position(path);
    boolean found =
        position < IndexNode.fill(leaf)
            && IndexNode.rank(leaf, position) == rank
            && IndexNode.record(leaf, position) == known;
    Invariant.check(found, "an entry is not in the index it belongs to");
    return path;
  }

  private long search(long rank, long record, long known) {
    return search(rank, record, known, null, false);
  }

  /// The path to the first entry that does not come before a target, or behind the last that does.
  /// The arguments are those of [IndexSearch#before].
  private long search(long rank, long record, long known, @Nullable Bytes key, boolean inclusive) {
    long path = 0;
    long node = tree.root();
    for (int level = tree.height(); level > 0; level--) {
      int slot = Math.max(0, IndexSearch.before(node, rank, record, known, key, true) - 1);
      path |= IndexPath.step(level, slot);
      node = IndexNode.child(node, slot);
    }
    return path | IndexSearch.before(node, rank, record, known, key, inclusive);
  }

  /// How many entries are before the end of a path.
  private long position(long path) {
    long before = IndexPath.position(path);
    long node = tree.root();
    for (int level = tree.height(); level > 0; level--) {
      int slot = IndexPath.slot(path, level);
      before += IndexNode.countBetween(node, 0, slot);
      node = IndexNode.child(node, slot);
    }
    return before;
  }

  /// The path to the entry at a position.
  private long pathTo(long index) {
    long before = Objects.checkIndex(index, count);
    long path = 0;
    long node = tree.root();
    for (int level = tree.height(); level > 0; level--) {
      int slot = 0;
      for (long below = IndexNode.count(node, 0); before >= below; slot++) {
        before -= below;
        below = IndexNode.count(node, slot + 1);
      }
      path |= IndexPath.step(level, slot);
      node = IndexNode.child(node, slot);
    }
    return path | before;
  }

  private boolean equalAt(long path, long rank, long record) {
    long leaf = tree.node(path, 0);
    int position = IndexPath.position(path);
    return position < IndexNode.fill(leaf)
        && IndexNode.rank(leaf, position) == rank
        && IndexSearch.compareKeys(IndexNode.record(leaf, position), record) == 0;
  }

  private boolean comesLast(long end, long rank, long record) {
    long leaf = tree.node(end, 0);
    int last = IndexPath.position(end) - 1;
    long before = IndexNode.rank(leaf, last);
    return before < rank
        || (before == rank && IndexSearch.compareKeys(IndexNode.record(leaf, last), record) < 0);
  }
}
