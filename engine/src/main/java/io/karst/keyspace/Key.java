package io.karst.keyspace;

import io.karst.base.Bytes;
import io.karst.memory.Hasher;

/// A key on its way to its record: the bytes, the slot, and the hash within the slot's table.
///
/// Reused from command to command ([#set]); the hash is filled in by the keyspace it is used with,
/// always the same. Thread: its owner's.
public final class Key {
  private Bytes bytes = Bytes.EMPTY;
  private int slot;
  private long hash;
  private boolean hashed;

  public static Key of(Bytes bytes) {
    Key key = new Key();
    key.set(bytes);
    return key;
  }

  public static Key of(String utf8) {
    return of(Bytes.utf8(utf8));
  }

  /// Names another key from now on; `bytes` is not copied.
  public void set(Bytes newBytes) {
    bytes = newBytes;
    slot = KeySlot.of(newBytes);
    hashed = false;
  }

  /// Names the key of a record in a table, whose slot is known.
  public void set(Bytes newBytes, int knownSlot, Hasher hasher) {
    bytes = newBytes;
    slot = knownSlot;
    hash = hasher.hash(newBytes);
    hashed = true;
  }

  /// Names the same key as another from now on; `sameBytes` is not copied.
  public void set(Bytes sameBytes, Key other) {
    bytes = sameBytes;
    slot = other.slot;
    hash = other.hash;
    hashed = other.hashed;
  }

  /// The same key, with bytes that last.
  public Key copy() {
    Key copy = new Key();
    copy.bytes = bytes.copy();
    copy.slot = slot;
    copy.hash = hash;
    copy.hashed = hashed;
    return copy;
  }

  public Bytes bytes() {
    return bytes;
  }

  /// The slot, 0 to 16383.
  public int slot() {
    return slot;
  }

  /// The seeded hash of the bytes.
  public long hash() {
    return hash;
  }

  /// Computes the hash, if it is not known yet, under the seed of the keyspace the key is for.
  public void hash(Hasher hasher) {
    if (!hashed) {
      hash = hasher.hash(bytes);
      hashed = true;
    }
  }

  @Override
  public String toString() {
    return bytes + "@" + slot;
  }
}
