package io.karst.memory;

import io.karst.base.Bytes;

/// SipHash-1-3 of a key under a secret 128-bit seed.
///
/// Clients choose the keys, so the hash has to stay unpredictable to whoever does not know the
/// seed: a client that could make keys collide could make every look-up in a slot a walk. 64 bits
/// with full avalanche; the tables use both ends of the word. Immutable, thread-safe.
///
/// A table is sorted by hash, so who copies a large one into one that grows fills that from its
/// beginning, where they would all queue for a place. Tables of elements have an order of their
/// own each, therefore ([#of]).
///
/// Source: J.-P. Aumasson, D. J. Bernstein, "SipHash: a fast short-input PRF" (2012); the 1-3
/// variant is the default of Rust's and Python's tables.
public final class Hasher {
  private final long v0;
  private final long v1;
  private final long v2;
  private final long v3;

  /// Odd, so that no two hashes become one; 1 for the plain hash.
  private final long factor;

  public Hasher(long seed0, long seed1) {
    factor = 1;
    v0 = seed0 ^ 0x736f6d6570736575L;
    v1 = seed1 ^ 0x646f72616e646f6dL;
    v2 = seed0 ^ 0x6c7967656e657261L;
    v3 = seed1 ^ 0x7465646279746573L;
  }

  private Hasher(Hasher plain, long factor) {
    this.factor = factor;
    v0 = plain.v0;
    v1 = plain.v1;
    v2 = plain.v2;
    v3 = plain.v3;
  }

  /// One for the elements of a key: the same for the same key, and with another order than that of
  /// any other key.
  public Hasher of(Bytes key) {
    return new Hasher(this, hash(key) | 1);
  }

  public long hash(Bytes bytes) {
    return ofPlain(plain(bytes));
  }

  /// The hash here of what has the hash `plain` by the one that this was made [#of].
  public long ofPlain(long plain) {
    return plain * factor;
  }

  /// The hash by the one that this was made [#of].
  public long plain(Bytes bytes) {
    long a = v0;
    long b = v1;
    long c = v2;
    long d = v3;
    int length = bytes.length();
    int i = 0;
    // One compression round a word, the last word carrying the length, then three to finish;
    // the rounds stand in one loop so that the state stays in registers.
    for (int rounds = (length >>> 3) + 1 + 3; rounds > 0; rounds--) {
      long word = 0;
      if (i <= length - Long.BYTES) {
        word = bytes.longAt(i);
      } else if (rounds == 4) {
        word = lastWord(bytes, i, length);
      } else if (rounds == 3) {
        c ^= 0xff;
      }
      i += Long.BYTES;
      d ^= word;
      a += b;
      b = Long.rotateLeft(b, 13) ^ a;
      a = Long.rotateLeft(a, 32);
      c += d;
      d = Long.rotateLeft(d, 16) ^ c;
      a += d;
      d = Long.rotateLeft(d, 21) ^ a;
      c += b;
      b = Long.rotateLeft(b, 17) ^ c;
      c = Long.rotateLeft(c, 32);
      a ^= word;
    }
    return a ^ b ^ c ^ d;
  }

  private static long lastWord(Bytes bytes, int from, int length) {
    long word = (long) length << 56;
    int rest = length - from;
    if (rest == 0) {
      return word;
    }
    if (from > 0) { // The rest ends a whole word that overlaps what has been read.
      return word | bytes.longAt(length - Long.BYTES) >>> (Long.SIZE - 8 * rest);
    }
    for (int i = from, shift = 0; i < length; i++, shift += 8) {
      word |= (bytes.at(i) & 0xffL) << shift;
    }
    return word;
  }
}
