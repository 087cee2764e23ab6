package io.karst.lsm;

import static io.karst.lsm.TierFormat.EXPIRY_AT;
import static io.karst.lsm.TierFormat.FLAGS;
import static io.karst.lsm.TierFormat.FLAG_ELEMENTS;
import static io.karst.lsm.TierFormat.FLAG_EXPIRY;
import static io.karst.lsm.TierFormat.FLAG_LARGE;
import static io.karst.lsm.TierFormat.FLAG_RAW;
import static io.karst.lsm.TierFormat.LARGE_PAYLOAD_AT;
import static io.karst.lsm.TierFormat.LSN_AT;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// [Stored] as values in the families `data` (header, and payload unless it is large) and `large`.
final class StoredCodec {
  private static final long NO_EXPIRY = -1;

  private StoredCodec() {}

  static boolean isLarge(Stored stored) {
    return stored.payload().length() >= TierFormat.LARGE_SIZE_MIN;
  }

  /// Whether the payload that belongs to a value of `data` is in `large`.
  static boolean isLarge(byte[] value) {
    return (value[0] & FLAG_LARGE) != 0;
  }

  /// The value for `data`.
  static byte[] encode(Stored stored) {
    boolean large = isLarge(stored);
    boolean expires = stored.expires();
    boolean elements = stored.elementMillis() != NO_EXPIRY;
    Invariant.check((stored.type() | 0xf) == 0xf, "a type above 15");
    Invariant.check((stored.heat() | 0xff_ffff) == 0xff_ffff, "heat of more than 24 bits");
    int headerSize = headerSize(expires, elements);
    int payloadSize = large ? 0 : stored.payload().length();
    byte[] array = new byte[headerSize + payloadSize];
    int flags =
        (expires ? FLAG_EXPIRY : 0)
            | (stored.raw() ? FLAG_RAW : 0)
            | (large ? FLAG_LARGE : 0)
            | (elements ? FLAG_ELEMENTS : 0);
    ByteBuffer value = ByteBuffer.wrap(array);
    value.putInt(flags << 24 | stored.type() << 16 | stored.heat() >>> 8);
    value.put((byte) stored.heat()).putLong(stored.lsn());
    if (expires) {
      value.putLong(stored.expiryMillis());
    }
    if (elements) {
      value.putLong(stored.elementMillis());
    }
    stored.payload().copyTo(0, array, headerSize, payloadSize);
    return array;
  }

  private static int headerSize(boolean expires, boolean elements) {
    return EXPIRY_AT + (expires ? Long.BYTES : 0) + (elements ? Long.BYTES : 0);
  }

  /// The value for `large`.
  static byte[] encodeLarge(Stored stored) {
    byte[] array = new byte[LARGE_PAYLOAD_AT + stored.payload().length()];
    ByteBuffer.wrap(array).putLong(stored.lsn());
    stored.payload().copyTo(0, array, LARGE_PAYLOAD_AT, stored.payload().length());
    return array;
  }

  /// The value for `slots`.
  static byte[] encodeExpiry(long expiryMillis) {
    return expiryMillis == NO_EXPIRY
        ? new byte[0]
        : ByteBuffer.allocate(Long.BYTES).putLong(expiryMillis).array();
  }

  static long decodeExpiry(byte[] value) {
    return value.length == 0 ? NO_EXPIRY : ByteBuffer.wrap(value).getLong();
  }

  /// Reads a value of `data`; the payload is a view of `array`.
  ///
  /// - `length`: how much of `array` is the value; with `headerOnly` it may end behind the header.
  /// - throws [DamagedException] if it cannot be one.
  static Stored decode(int database, Bytes key, byte[] array, int length, boolean headerOnly) {
    int flags = length == 0 ? ~0 : array[0];
    boolean expires = (flags & FLAG_EXPIRY) != 0;
    boolean elements = (flags & FLAG_ELEMENTS) != 0;
    int headerSize = headerSize(expires, elements);
    if ((flags & ~FLAGS) != 0 || length < headerSize) {
      throw damaged(database, key, "has no header of this format");
    }
    ByteBuffer value = ByteBuffer.wrap(array);
    int first = value.getInt();
    return new Stored(
        value.getLong(LSN_AT),
        first >>> 16 & 0xff,
        (flags & FLAG_RAW) != 0,
        (first << 8 & 0xff_ff00) | (value.get() & 0xff),
        expires ? value.getLong(EXPIRY_AT) : NO_EXPIRY,
        elements ? value.getLong(headerSize - Long.BYTES) : NO_EXPIRY,
        headerOnly ? Bytes.EMPTY : Bytes.of(array, headerSize, length - headerSize));
  }

  /// The state with its payload from `large`; null if that is not the payload of this header.
  static @Nullable Stored join(Stored header, byte @Nullable [] large) {
    if (large == null
        || large.length < LARGE_PAYLOAD_AT
        || ByteBuffer.wrap(large).getLong() != header.lsn()) {
      return null;
    }
    Bytes payload = Bytes.of(large, LARGE_PAYLOAD_AT, large.length - LARGE_PAYLOAD_AT);
    return header.with(payload);
  }

  static DamagedException damaged(int database, Bytes key, String what) {
    return new DamagedException("key " + key + " of database id " + database + " " + what, null);
  }
}
