package io.karst.memory;

import java.util.random.RandomGenerator;

/// Chooses neighbouring records of an array of words from a random place on. The array is in the
/// order of a hash, so neighbours have nothing in common, and to load them is cheap.
///
/// All records of a few words next to each other are taken, or none: so a record's chance does not
/// depend on whether it stands behind a gap. Without state; thread: as the array's.
final class TableSample {
  /// Words that are taken together.
  static final int WINDOW = 8;

  /// Words looked at; where records that expire are wanted, those in blocks that may have some.
  private static final int WORDS_MAX = 256;

  /// Blocks passed by because nothing in them expires.
  private static final int BLOCKS_MAX = 1 << 13;

  private TableSample() {}

  /// Puts some records into `found`, about `wanted` if there are as many in reach, and at most
  /// [#WINDOW] more; returns how many.
  static int any(TableWords words, RandomGenerator random, long[] found, int wanted) {
    int last = words.capacity() - 1;
    int index = random.nextInt(words.capacity());
    int end = Math.min(words.capacity(), WORDS_MAX);
    int count = 0;
    for (int seen = 0; seen < end && (count < wanted || seen % WINDOW != 0); seen++) {
      long record = words.record(index);
      if (record != Record.NONE && !Record.tombstone(record)) {
        found[count++] = record;
      }
      index = (index + 1) & last;
    }
    return count;
  }

  /// As [#any], of the records that have an expiry. Blocks whose bound turns out to be stale are
  /// put right, so that nobody looks there again in vain.
  static int expiring(TableWords words, RandomGenerator random, long[] found, int max) {
    if (!words.anyExpires()) {
      return 0;
    }
    int blocks = words.blocks();
    int block = random.nextInt(blocks);
    int turn = random.nextInt(blockSize(words));
    int end = Math.min(blocks, BLOCKS_MAX);
    int count = 0;
    int seen = 0;
    for (int i = 0; i < end && seen < WORDS_MAX && count < max; i++) {
      if (words.anyExpires(block)) {
        int before = count;
        count = expiring(words, block, turn, found, count, max);
        seen += blockSize(words);
        if (count == before) {
          words.refreshBound(block);
        }
      }
      block = block + 1 == blocks ? 0 : block + 1;
    }
    return count;
  }

  /// Goes through a block, in its order but beginning `turn` words later.
  private static int expiring(
      TableWords words, int block, int turn, long[] found, int from, int max) {
    int size = blockSize(words);
    int first = block << TableWords.BLOCK_BITS;
    int count = from;
    for (int i = 0; i < size && count < max; i++) {
      long record = words.record(first + ((i + turn) & (size - 1)));
      if (record != Record.NONE && Record.expires(record)) {
        found[count++] = record;
      }
    }
    return count;
  }

  private static int blockSize(TableWords words) {
    return Math.min(1 << TableWords.BLOCK_BITS, words.capacity());
  }
}
