package io.karst.lsm;

import static io.karst.lsm.TierFormat.BLOCK_SIZE;
import static io.karst.lsm.TierFormat.BLOCK_SLOTS;

import io.karst.base.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The values in the family `meta`: the state of the store, its libraries of functions, and
/// how many keys each slot has.
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

  static byte[] encodeLibraries(SortedMap<String, Bytes> libraries) {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    libraries.forEach((name, source) -> {
      putString(value, name.getBytes(StandardCharsets.UTF_8));
      putString(value, source.toArray());
    });
    return value.toByteArray();
  }

  private static void putString(ByteArrayOutputStream value, byte[] bytes) {
    value.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    value.writeBytes(bytes);
  }

  static SortedMap<String, Bytes> decodeLibraries(byte[] array) {
    ByteBuffer value = ByteBuffer.wrap(array);
    SortedMap<String, Bytes> libraries = new TreeMap<>();
    try {
      while (value.hasRemaining()) {
        String name = new String(string(value), StandardCharsets.UTF_8);
        libraries.put(name, Bytes.of(string(value)));
      }
    } catch (BufferUnderflowException e) {
      throw new DamagedException("the tier's libraries have a wrong size", e);
    }
    return libraries;
  }

  private static byte[] string(ByteBuffer value) {
    int length = value.getInt();
    if (length < 0 || length > value.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    value.get(bytes);
    return bytes;
  }

  /// - `libraries`: as [#encodeLibraries] wrote them.
  static TierMeta decodeState(byte[] array, byte[] libraries) {
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
      return new TierMeta(
          checkpointLsn, mappingLsn, List.copyOf(ids), nextId, millis, decodeLibraries(libraries));
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
