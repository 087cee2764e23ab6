package io.karst.lsm;

import io.karst.base.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The keys in the column families. Numbers are big-endian, so that the order of bytes is theirs.
final class TierKeys {
  private static final int KEY_IN_DATA = Integer.BYTES;
  private static final int KEY_IN_EXPIRY = Integer.BYTES + Long.BYTES;
  private static final int HASH_IN_SLOTS = Integer.BYTES + Short.BYTES;
  private static final int KEY_IN_SLOTS = HASH_IN_SLOTS + Long.BYTES;
  private static final byte[] STATE = ascii("state");
  private static final byte[] LIBRARIES = ascii("libraries");
  private static final byte[] COUNT = ascii("count");

  private TierKeys() {}

  /// The lower bound of a database's entries in all families but `meta`.
  static byte[] first(int database) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(database).array();
  }

  /// The upper bound of a database's entries, exclusive.
  static byte[] end(int database) {
    return first(database + 1);
  }

  /// The key in `data` and `large`.
  static byte[] data(int database, Bytes key) {
    byte[] array = new byte[KEY_IN_DATA + key.length()];
    ByteBuffer.wrap(array).putInt(database);
    key.copyTo(0, array, KEY_IN_DATA, key.length());
    return array;
  }

  /// The key in `amendments` of a part.
  static byte[] part(byte[] dataKey, int number) {
    return ByteBuffer.allocate(dataKey.length + Integer.BYTES).put(dataKey).putInt(number).array();
  }

  static Bytes keyOfData(byte[] dataKey) {
    return Bytes.of(dataKey, KEY_IN_DATA, dataKey.length - KEY_IN_DATA);
  }

  static byte[] expiry(int database, long expiryMillis, Bytes key) {
    byte[] array = new byte[KEY_IN_EXPIRY + key.length()];
    ByteBuffer.wrap(array).putInt(database).putLong(expiryMillis);
    key.copyTo(0, array, KEY_IN_EXPIRY, key.length());
    return array;
  }

  static long millisOfExpiry(byte[] expiryKey) {
    return ByteBuffer.wrap(expiryKey).getLong(Integer.BYTES);
  }

  static Bytes keyOfExpiry(byte[] expiryKey) {
    return Bytes.of(expiryKey, KEY_IN_EXPIRY, expiryKey.length - KEY_IN_EXPIRY);
  }

  /// The database of a key in any family but `meta`.
  static int database(byte[] anyKey) {
    return ByteBuffer.wrap(anyKey).getInt();
  }

  /// The key in `slots`.
  static byte[] slot(int database, int slot, long hash, Bytes key) {
    byte[] array = new byte[KEY_IN_SLOTS + key.length()];
    ByteBuffer.wrap(array).putInt(database).putShort((short) slot).putLong(hash);
    key.copyTo(0, array, KEY_IN_SLOTS, key.length());
    return array;
  }

  /// The upper bound of a slot's entries, exclusive.
  static byte[] slotEnd(int database, int slot) {
    return ByteBuffer.allocate(HASH_IN_SLOTS).putInt(database).putShort((short) (slot + 1)).array();
  }

  static long hashOfSlot(byte[] slotKey) {
    return ByteBuffer.wrap(slotKey).getLong(HASH_IN_SLOTS);
  }

  static Bytes keyOfSlot(byte[] slotKey) {
    return Bytes.of(slotKey, KEY_IN_SLOTS, slotKey.length - KEY_IN_SLOTS);
  }

  /// The key of the libraries of functions in `meta`.
  static byte[] libraries() {
    return LIBRARIES.clone();
  }

  static byte[] state() {
    return STATE.clone();
  }

  /// The key of the counts of [TierFormat#BLOCK_SLOTS] slots; the one of [TierFormat#BLOCKS] is the
  /// upper bound of a database's, exclusive.
  static byte[] counts(int database, int block) {
    return ByteBuffer.allocate(COUNT.length + Integer.BYTES + Short.BYTES)
        .put(COUNT)
        .putInt(database)
        .putShort((short) block)
        .array();
  }

  static int blockOfCounts(byte[] countsKey) {
    return ByteBuffer.wrap(countsKey).getShort(COUNT.length + Integer.BYTES);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
