package io.karst.lsm;

import static io.karst.lsm.TierFormat.AMENDED_SIZE;
import static io.karst.lsm.TierFormat.EXPIRY_AT;
import static io.karst.lsm.TierFormat.FLAGS;
import static io.karst.lsm.TierFormat.FLAG_AMENDED;
import static io.karst.lsm.TierFormat.FLAG_ELEMENTS;
import static io.karst.lsm.TierFormat.FLAG_EXPIRY;
import static io.karst.lsm.TierFormat.FLAG_LARGE;
import static io.karst.lsm.TierFormat.FLAG_RAW;
import static io.karst.lsm.TierFormat.LSN_AT;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// [Stored] as values in the families `data` (header, and payload unless it is large), `large` and
/// `amendments`.
final class StoredCodec {
  private static final long NO_EXPIRY = -1;

  private StoredCodec() {}

  static boolean isLarge(Stored stored) {
    return stored.amended() != null || stored.payload().length() >= TierFormat.LARGE_SIZE_MIN;
  }

  /// Whether the payload that belongs to a value of `data` is in `large`.
  static boolean isLarge(byte[] value) {
    return (value[0] & FLAG_LARGE) != 0;
  }

  /// Whether there is more in `amendments`.
  static boolean isAmended(byte[] value) {
    return (value[0] & FLAG_AMENDED) != 0;
  }

  /// The value for `data`.
  static byte[] encode(Stored stored) {
    boolean large = isLarge(stored);
    Amended amended = stored.amended();
    Invariant.check((stored.type() | 0xf) == 0xf, "a type above 15");
    Invariant.check((stored.heat() | 0xff_ffff) == 0xff_ffff, "heat of more than 24 bits");
    int flags =
        (stored.expires() ? FLAG_EXPIRY : 0)
            | (stored.raw() ? FLAG_RAW : 0)
            | (large ? FLAG_LARGE : 0)
            | (stored.elementMillis() != NO_EXPIRY ? FLAG_ELEMENTS : 0)
            | (amended != null ? FLAG_AMENDED : 0);
    int headerSize = headerSize(flags);
    int payloadSize = large ? 0 : stored.payload().length();
    byte[] array = new byte[headerSize + payloadSize];
    ByteBuffer value = ByteBuffer.wrap(array);
    value.putInt(flags << 24 | stored.type() << 16 | stored.heat() >>> 8);
    value.put((byte) stored.heat()).putLong(stored.lsn());
    if (stored.expiryMillis() != NO_EXPIRY) {
      value.putLong(stored.expiryMillis());
    }
    if (stored.elementMillis() != NO_EXPIRY) {
      value.putLong(stored.elementMillis());
    }
    if (amended != null) {
      value.putLong(amended.baseLsn()).putInt(amended.count());
    }
    stored.payload().copyTo(0, array, headerSize, payloadSize);
    return array;
  }

  private static int headerSize(int flags) {
    return elementsAt(flags)
        + ((flags & FLAG_ELEMENTS) != 0 ? Long.BYTES : 0)
        + ((flags & FLAG_AMENDED) != 0 ? AMENDED_SIZE : 0);
  }

  private static int elementsAt(int flags) {
    return EXPIRY_AT + ((flags & FLAG_EXPIRY) != 0 ? Long.BYTES : 0);
  }

  /// The value for `large`.
  static byte[] encodeLarge(Stored stored) {
    return behindLsn(stored.lsn(), stored.payload());
  }

  /// The value for `amendments` of a part.
  static byte[] encodePart(Amended amended, Bytes part) {
    return behindLsn(amended.baseLsn(), part);
  }

  private static byte[] behindLsn(long lsn, Bytes bytes) {
    byte[] array = new byte[Long.BYTES + bytes.length()];
    ByteBuffer.wrap(array).putLong(lsn);
    bytes.copyTo(0, array, Long.BYTES, bytes.length());
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
    boolean amended = (flags & FLAG_AMENDED) != 0;
    int headerSize = headerSize(flags);
    if ((flags & ~FLAGS) != 0 || length < headerSize || (amended && (flags & FLAG_LARGE) == 0)) {
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
        elements ? value.getLong(elementsAt(flags)) : NO_EXPIRY,
        headerOnly ? Bytes.EMPTY : Bytes.of(array, headerSize, length - headerSize),
        amended ? amended(value, headerSize - AMENDED_SIZE) : null);
  }

  private static Amended amended(ByteBuffer value, int at) {
    return new Amended(value.getLong(at), value.getInt(at + Long.BYTES), List.of());
  }

  /// The state with its payload from `large`; null if that is not the payload of this header.
  static @Nullable Stored join(Stored header, byte @Nullable [] large) {
    Bytes payload = behindLsn(header.baseLsn(), large);
    return payload == null ? null : header.with(payload, header.amended());
  }

  /// What stands behind the LSN it should stand behind, or null; a view.
  static @Nullable Bytes behindLsn(long lsn, byte @Nullable [] value) {
    return value == null || value.length < Long.BYTES || ByteBuffer.wrap(value).getLong() != lsn
        ? null
        : Bytes.of(value, Long.BYTES, value.length - Long.BYTES);
  }

  static DamagedException damaged(int database, Bytes key, String what) {
    return new DamagedException("key " + key + " of database id " + database + " " + what, null);
  }
}
