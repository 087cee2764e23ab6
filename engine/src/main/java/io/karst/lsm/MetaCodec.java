package io.karst.lsm;

import static io.karst.lsm.TierFormat.BLOCK_SIZE;
import static io.karst.lsm.TierFormat.BLOCK_SLOTS;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The values in the family `meta`: the state of the store, and how many keys each slot has.
final class MetaCodec {
  private static final int STATE_SIZE = 3 * Long.BYTES + 2 * Integer.BYTES;

  private MetaCodec() {}

  static byte[] encodeState(TierMeta meta) {
    ByteBuffer value = ByteBuffer.allocate(STATE_SIZE + meta.ids().size() * Integer.BYTES);
    value.putLong(meta.checkpointLsn()).putLong(meta.mappingLsn()).putLong(meta.millis());
    value.putInt(meta.nextId()).putInt(meta.ids().size());
    meta.ids().forEach(value::putInt);
    return value.array();
  }

  static TierMeta decodeState(byte[] array) {
    ByteBuffer value = ByteBuffer.wrap(array);
    try {
      long checkpointLsn = value.getLong();
      long mappingLsn = value.getLong();
      long millis = value.getLong();
      int nextId = value.getInt();
      int count = value.getInt();
      if (value.remaining() != count * (long) Integer.BYTES) {
        throw new BufferUnderflowException();
      }
      List<Integer> ids = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        ids.add(value.getInt());
      }
      return new TierMeta(checkpointLsn, mappingLsn, List.copyOf(ids), nextId, millis);
    } catch (BufferUnderflowException e) {
      throw new DamagedException("the tier's state has a wrong size", e);
    }
  }

  /// Writes a slot's counts into its block.
  static void putCount(byte[] block, TierBatch.Count count) {
    int at = count.slot() % BLOCK_SLOTS * 2 * Integer.BYTES;
    ByteBuffer.wrap(block).putInt(at, count.keys()).putInt(at + Integer.BYTES, count.expiring());
  }

  /// Adds the counts of a block of slots to the counts of a database.
  ///
  /// - `counts`: keys, and keys with an expiry, by slot.
  static void readCounts(byte[] block, int number, int[][] counts) {
    if (block.length != BLOCK_SIZE || number < 0 || number >= TierFormat.BLOCKS) {
      throw new DamagedException("a block of the tier's counts has a wrong size", null);
    }
    ByteBuffer value = ByteBuffer.wrap(block);
    for (int slot = number * BLOCK_SLOTS; value.hasRemaining(); slot++) {
      counts[0][slot] = value.getInt();
      counts[1][slot] = value.getInt();
    }
  }
}
