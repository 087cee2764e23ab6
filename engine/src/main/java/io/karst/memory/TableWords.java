package io.karst.memory;

import io.karst.base.Bytes;

/// One array of words of a [RecordTable]: 2^bits of them, open addressing with linear probing,
/// in the order of the hash.
///
/// A word is 0 when empty, else a 16-bit tag over the 48-bit address of a record. The home of a
/// hash is its top `bits` bits, so that the array is sorted by hash up to displacement whatever
/// its size: that is what lets a scan's cursor, a position in hash order, outlive every resize.
///
/// *What a word knows of its home.* The tag is a window of the hash that begins within the home
/// ([#windowOf]): it has the low bits of the home, eight at least, and some behind it. Where the
/// word stands tells the rest, as long as no word is displaced by more than those bits can count
/// ([#farthest]). So closing the gap after a removal, and a scan, read no record; and neither does
/// a resize between two sizes that have the same window, three in four of them. Arrays of up to
/// 2^12 words all have the window at the top of the hash, with their whole home in it.
///
/// Next to the words, only while a record with an expiry is among them, its own or that of an
/// element, stands for each 64 words a lower bound of the expiries in them ([#earliest]).
///
/// Cost: a look-up touches one or two cache lines of words and, but for a false tag in some
/// hundreds, one record. Thread: as its table.
final class TableWords {
  static final int BITS_MIN = 3;

  /// Up to this many bits a word has its whole home, and some bits of its hash besides.
  static final int SMALL_BITS_MAX = 12;

  /// The bits of its home that a word of a larger array has at least.
  private static final int HOME_BITS_MIN = 8;

  /// Sizes in a row that have the same window.
  private static final int SIZES_PER_WINDOW = 4;

  /// Words that share a bound.
  static final int BLOCK_BITS = 6;

  private static final int ADDRESS_BITS = 48;
  private static final long ADDRESS_MASK = (1L << ADDRESS_BITS) - 1;
  private static final long NEVER = Long.MAX_VALUE; // The bound of a block where nothing expires.

  final int bits;
  private final Hasher hasher;
  private final long words;
  private final int mask;

  /// The lower bounds, one a block of 64 words, or NULL as long as nothing here expires.
  private long bounds;

  private int count;

  /// Where in the hash the tags begin.
  private final int window;

  /// How far from its home a word was put, at most; words only come nearer later.
  private int farthest;

  /// - throws [io.karst.base.Fault.OutOfMemory].
  TableWords(Magazine magazine, Hasher hasher, int bits) {
    this.bits = bits;
    this.hasher = hasher;
    this.mask = (1 << bits) - 1;
    this.window = windowOf(bits);
    this.words = magazine.allocate(wordsSize());
    Native.fill(words, wordsSize(), (byte) 0);
  }

  /// Gives the arrays back; the records are not touched.
  void free(Magazine magazine) {
    magazine.free(words, wordsSize());
    if (bounds != Native.NULL) {
      magazine.free(bounds, boundsSize());
      bounds = Native.NULL;
    }
  }

  int capacity() {
    return mask + 1;
  }

  int count() {
    return count;
  }

  /// Bytes taken by the arrays.
  long size() {
    return wordsSize() + (bounds == Native.NULL ? 0 : boundsSize());
  }

  /// The index of the word of `key`, or -1.
  int find(long hash, Bytes key) {
    long tag = tag(hash);
    for (int i = home(hash); ; i = (i + 1) & mask) {
      long word = word(i);
      if (word == 0) {
        return -1;
      }
      if (word >>> ADDRESS_BITS == tag && Record.keyEquals(word & ADDRESS_MASK, key)) {
        return i;
      }
    }
  }

  /// The index of the word of the key that `other`, a record elsewhere, has, or -1.
  int findSame(long hash, long other) {
    long tag = tag(hash);
    for (int i = home(hash); ; i = (i + 1) & mask) {
      long word = word(i);
      if (word == 0) {
        return -1;
      }
      if (word >>> ADDRESS_BITS == tag && Record.sameKey(word & ADDRESS_MASK, other)) {
        return i;
      }
    }
  }

  /// The index of the word that points to `record`, or -1.
  int indexOf(long hash, long record) {
    long wanted = tag(hash) << ADDRESS_BITS | record;
    for (int i = home(hash); ; i = (i + 1) & mask) {
      long word = word(i);
      if (word == wanted) {
        return i;
      }
      if (word == 0) {
        return -1;
      }
    }
  }

  /// The record at an index, or [Record#NONE].
  long record(int index) {
    return word(index) & ADDRESS_MASK;
  }

  /// Loads the line a look-up of `hash` begins with.
  long touchHome(long hash) {
    return word(home(hash));
  }

  /// Loads the first line of the record a look-up of `hash` is likely to end at.
  long touchRecord(long hash) {
    long tag = tag(hash);
    for (int i = home(hash); ; i = (i + 1) & mask) {
      long word = word(i);
      if (word == 0) {
        return 0;
      }
      if (word >>> ADDRESS_BITS == tag) {
        return Native.getLong(word & ADDRESS_MASK);
      }
    }
  }

  /// Adds a record whose key is not here; at least one word is empty.
  void add(Magazine magazine, long hash, long record) {
    long earliest = Record.earliest(record);
    if (earliest != NEVER) {
      needBounds(magazine);
    }
    int home = home(hash);
    int i = home;
    while (word(i) != 0) {
      i = (i + 1) & mask;
    }
    farthest = Math.max(farthest, (i - home) & mask);
    put(i, tag(hash) << ADDRESS_BITS | record);
    count++;
    if (earliest != NEVER) {
      lower(i, earliest);
    }
  }

  /// Lets the word at `index` point to another record of the same key.
  void replace(Magazine magazine, int index, long record) {
    long earliest = Record.earliest(record);
    if (earliest != NEVER) {
      needBounds(magazine);
      lower(index, earliest);
    }
    put(index, (word(index) & ~ADDRESS_MASK) | record);
  }

  /// Notes that the record at `index`, or an element of it, expires at `expiryMillis`.
  void expires(Magazine magazine, int index, long expiryMillis) {
    needBounds(magazine);
    lower(index, expiryMillis);
  }

  /// Removes the word at `index` and closes the gap: every later word of the run that may stand
  /// nearer to its home moves up. Source: D. Knuth, TAOCP vol. 3, 6.4, algorithm R.
  void remove(int index) {
    int gap = index;
    for (int i = (gap + 1) & mask; ; i = (i + 1) & mask) {
      long word = word(i);
      if (word == 0) {
        break;
      }
      if (((i - homeOf(i, word)) & mask) >= ((i - gap) & mask)) {
        put(gap, word);
        inheritBound(gap, i);
        gap = i;
      }
    }
    put(gap, 0);
    count--;
  }

  /// Moves words from `index` on, at least `atLeast` and then to the end of the run, to `target`;
  /// returns the index to go on with, the capacity at the end. Never stops within a run: what
  /// stays here is reachable from its home.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory] before anything has moved, if at all.
  int moveTo(Magazine magazine, TableWords target, int index, int atLeast) {
    if (bounds != Native.NULL) {
      target.needBounds(magazine);
    }
    int i = index;
    while (i <= mask && (i - index < atLeast || word(i) != 0)) {
      long word = word(i);
      if (word != 0) {
        target.add(magazine, hashFor(i, target), word & ADDRESS_MASK);
        put(i, 0);
        count--;
      }
      i++;
    }
    return i;
  }

  /// Shows every record whose home is in `[from, to)`; returns how many.
  int visit(int from, int to, RecordVisitor visitor) {
    int visited = 0;
    for (int n = 0, i = from; n <= mask; n++, i++) {
      long word = word(i & mask);
      if (word == 0) {
        if (i >= to - 1) {
          break;
        }
        continue;
      }
      int home = homeOf(i & mask, word);
      if (home >= from && home < to) {
        visitor.visit(word & ADDRESS_MASK);
        visited++;
      }
    }
    return visited;
  }

  /// Shows every record as long as `visitor` wants more; whether it did to the end.
  boolean visitWhile(RecordPredicate visitor) {
    for (int i = 0; i <= mask; i++) {
      long word = word(i);
      if (word != 0 && !visitor.wantsMore(word & ADDRESS_MASK)) {
        return false;
      }
    }
    return true;
  }

  /// A lower bound of all expiries, [Long#MAX_VALUE] if nothing expires.
  long earliest() {
    long earliest = NEVER;
    if (bounds != Native.NULL) {
      for (int block = 0; block < blocks(); block++) {
        earliest = Math.min(earliest, bound(block));
      }
    }
    return earliest;
  }

  /// Collects records that are due, or have an element that is, into `due` from `count` on,
  /// looking only at blocks that may hold one, and returns the new count. The caller removes all
  /// it gets, under the same lock.
  int collectDue(long nowMillis, long[] due, int from) {
    int found = from;
    if (!anyExpires()) {
      return found;
    }
    for (int block = 0; block < blocks() && found < due.length; block++) {
      if (bound(block) <= nowMillis) {
        found = collectDue(block, nowMillis, due, found);
      }
    }
    return found;
  }

  private int collectDue(int block, long nowMillis, long[] due, int from) {
    int found = from;
    long earliest = NEVER;
    int end = Math.min((block + 1) << BLOCK_BITS, capacity());
    for (int i = block << BLOCK_BITS; i < end; i++) {
      long record = record(i);
      if (record == Record.NONE) {
        continue;
      }
      long first = Record.earliest(record);
      if (first > nowMillis) {
        earliest = Math.min(earliest, first);
      } else if (found < due.length) {
        due[found++] = record;
      } else {
        return found; // The bound stays: there is more in this block.
      }
    }
    bound(block, earliest);
    return found;
  }

  /// Whether a record with an expiry may be here.
  boolean anyExpires() {
    return bounds != Native.NULL;
  }

  /// Whether a record with an expiry may be in a block; only if [#anyExpires].
  boolean anyExpires(int block) {
    return bound(block) != NEVER;
  }

  /// Brings the bound of a block up to date with its records.
  void refreshBound(int block) {
    long earliest = NEVER;
    int end = Math.min((block + 1) << BLOCK_BITS, capacity());
    for (int i = block << BLOCK_BITS; i < end; i++) {
      long record = record(i);
      if (record != Record.NONE) {
        earliest = Math.min(earliest, Record.earliest(record));
      }
    }
    bound(block, earliest);
  }

  int blocks() {
    return Math.max(1, capacity() >>> BLOCK_BITS);
  }

  /// Moves records that lie in sparse slabs, for the words of `[from, to)`.
  void relocateSparse(
      Magazine magazine, Allocator allocator, int from, int to, Relocation relocation) {
    for (int i = from; i < to; i++) {
      long word = word(i);
      long record = word & ADDRESS_MASK;
      if (word != 0 && allocator.sparse(record)) {
        long moved = Record.relocate(magazine, record);
        put(i, (word & ~ADDRESS_MASK) | moved);
        relocation.moved(record, moved);
      }
    }
  }

  /// Whether the array itself lies in a sparse slab.
  boolean sparse(Allocator allocator) {
    return allocator.sparse(words);
  }

  private int home(long hash) {
    return (int) (hash >>> (Long.SIZE - bits));
  }

  /// Where the tags of an array of so many bits begin in the hash.
  private static int windowOf(int bits) {
    int beyond = bits - SMALL_BITS_MAX - 1;
    return beyond < 0
        ? 0
        : SMALL_BITS_MAX + 1 - HOME_BITS_MIN + beyond / SIZES_PER_WINDOW * SIZES_PER_WINDOW;
  }

  /// Whether a word and its place tell its home.
  private boolean tellsHome() {
    return farthest < 1 << (bits - window);
  }

  /// The home of the word at an index.
  private int homeOf(int index, long word) {
    if (!tellsHome()) {
      return home(hashOf(word));
    }
    int known = bits - window;
    int low = (int) (word >>> (Long.SIZE - known));
    int displacement = (index - low) & ((1 << known) - 1);
    return (index - displacement) & mask;
  }

  /// The hash of the word at an index, or as much of it as `target` needs.
  private long hashFor(int index, TableWords target) {
    long word = word(index);
    if (target.window != window || !tellsHome()) {
      return hashOf(word);
    }
    long home = homeOf(index, word);
    return home << (Long.SIZE - bits) | (word & ~ADDRESS_MASK) >>> window;
  }

  private long hashOf(long word) {
    return hasher.hash(Record.key(word & ADDRESS_MASK));
  }

  private long tag(long hash) {
    return hash << window >>> ADDRESS_BITS;
  }

  private long word(int index) {
    return Native.getLong(words + ((long) index << 3));
  }

  private void put(int index, long word) {
    Native.putLong(words + ((long) index << 3), word);
  }

  /// Makes room for the bounds, so that noting an expiry does not fail.
  void needBounds(Magazine magazine) {
    if (bounds == Native.NULL) {
      bounds = magazine.allocate(boundsSize());
      for (int block = 0; block < blocks(); block++) {
        bound(block, NEVER);
      }
    }
  }

  private void inheritBound(int to, int from) {
    if (bounds != Native.NULL && to >>> BLOCK_BITS != from >>> BLOCK_BITS) {
      lower(to, bound(from >>> BLOCK_BITS));
    }
  }

  private void lower(int index, long expiryMillis) {
    int block = index >>> BLOCK_BITS;
    if (expiryMillis < bound(block)) {
      bound(block, expiryMillis);
    }
  }

  private long bound(int block) {
    return Native.getLong(bounds + ((long) block << 3));
  }

  private void bound(int block, long expiryMillis) {
    Native.putLong(bounds + ((long) block << 3), expiryMillis);
  }

  private long wordsSize() {
    return (long) capacity() << 3;
  }

  private long boundsSize() {
    return (long) blocks() << 3;
  }
}
