package io.karst.memory;

import io.karst.base.Bytes;

/// The layout of a key with its value in one block of native memory.
///
/// ```
///  0      flags: EXPIRY | WIDE | RAW | DIRTY | PERSISTED | INDEXED | OBJECT | NUMBERS
///  1 - 4  type of the value, 0 to 14, or 15 for a tombstone: 4 bits; access word: 28 bits
///  5      length of the key      } narrow: up to 255 and 65535;
///  6 - 7  length of the value    } WIDE: 0 here, and two 32-bit lengths at 8 and 12
///  ...    expiry, milliseconds since 1970, 8 bytes, only with EXPIRY
///  ...    key, value
/// ```
///
/// A record of a 16-byte key and a 64-byte value that does not expire takes 88 bytes. The handle
/// of a record is its address. What the access word says is the business of [io.karst.eviction].
/// All methods: under the lock of the record's slot.
///
/// *The disk tier.* A record is PERSISTED if the tier has its key, INDEXED, too, if it has it with
/// an expiry, and INDEXED alone if it has it without, but with elements that expire; it is DIRTY if
/// what the tier has, or has not, is older. A *tombstone* says of a key that
/// it is gone, which the tier does not know yet; it never expires.
///
/// *Forms of a collection.* A small one is its value: a [Packed] list, or with NUMBERS an [IntSet].
/// A large one is an OBJECT: the value says which, 8 bytes that mean something to the owner of the
/// objects, and when the first of its elements expires, 8 bytes. A node of a large list is a record
/// without a key, whose value is a [Packed] list, or with RAW one element as it is.
@SuppressWarnings("AvoidCommonTypeNames") // It is what the field calls it.
public final class Record {
  /// The expiry of a record that stays.
  public static final long NO_EXPIRY = -1;

  /// What look-ups of an expiry answer where there is no record.
  public static final long ABSENT = -2;

  /// The handle of no record.
  public static final long NONE = Native.NULL;

  /// The length of the value of an object.
  public static final int OBJECT_SIZE = 2 * Long.BYTES;

  /// The length of an access word in bits.
  public static final int ACCESS_BITS = 28;

  private static final int EXPIRY = 1;
  private static final int WIDE = 2;
  private static final int RAW = 4;
  private static final int DIRTY = 8;
  private static final int PERSISTED = 16;
  private static final int INDEXED = 32;
  private static final int OBJECT = 64;
  private static final int NUMBERS = 128;

  /// What says how the value is to be read.
  private static final int FORM = RAW | OBJECT | NUMBERS;

  /// What decides where everything is.
  private static final int SHAPE = EXPIRY | WIDE;

  private static final int TOMBSTONE = 15;

  private static final int NARROW_KEY_MAX = 0xff;
  private static final int NARROW_VALUE_MAX = 0xffff;
  private static final int NARROW_HEADER = 8;
  private static final int WIDE_HEADER = 16;
  private static final int TYPE_BITS = 4;
  private static final int TYPE_MASK = (1 << TYPE_BITS) - 1;

  private Record() {}

  /// Allocates a record with room for `valueLength` bytes of value, whose content is undefined.
  ///
  /// - `access`: its access word.
  /// - throws [io.karst.base.Fault.OutOfMemory]; nothing is changed then.
  public static long create(
      Magazine magazine, Bytes key, int type, int valueLength, long expiryMillis, int access) {
    int keyLength = key.length();
    int shape = shape(keyLength, valueLength, expiryMillis);
    long record = magazine.allocate(size(shape, keyLength, valueLength));
    // Byte 0 to 7 in one store, little-endian; the lengths of a wide record follow.
    long narrow = (shape & WIDE) != 0 ? 0 : (long) keyLength << 40 | (long) valueLength << 48;
    Native.putLong(record, shape | Integer.toUnsignedLong(middle(access, type)) << 8 | narrow);
    if ((shape & WIDE) != 0) {
      Native.putInt(record + 8, keyLength);
      Native.putInt(record + 12, valueLength);
    }
    if ((shape & EXPIRY) != 0) {
      Native.putLong(record + headerSize(shape), expiryMillis);
    }
    Native.copy(key, 0, record + keyOffset(shape), keyLength);
    return record;
  }

  /// Gives the block back.
  public static void free(Magazine magazine, long record) {
    magazine.free(record, size(record));
  }

  /// The size of the block asked for, in bytes.
  public static long size(long record) {
    return size(flags(record), keyLength(record), valueLength(record));
  }

  /// The size of the block it really takes, in bytes.
  public static long blockSize(long record) {
    long size = size(record);
    return size > SizeClasses.LARGEST ? size : SizeClasses.size(SizeClasses.of((int) size));
  }

  public static int type(long record) {
    return Native.getByte(record + 1) & TYPE_MASK;
  }

  /// Makes a tombstone for a key.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory]; nothing is changed then.
  public static long createTombstone(Magazine magazine, Bytes key) {
    return create(magazine, key, TOMBSTONE, 0, NO_EXPIRY, 0);
  }

  /// Makes the record a tombstone in its own block: value and expiry mean nothing any more.
  static void bury(long record) {
    Native.putInt(record + 1, middle(0, TOMBSTONE));
  }

  public static boolean tombstone(long record) {
    return type(record) == TOMBSTONE;
  }

  public static long expiry(long record) {
    int flags = flags(record);
    return (flags & EXPIRY) != 0 && !tombstone(record)
        ? Native.getLong(record + headerSize(flags))
        : NO_EXPIRY;
  }

  public static boolean expires(long record) {
    return (flags(record) & EXPIRY) != 0 && !tombstone(record);
  }

  /// Whether the record expires, and does at `nowMillis` or earlier.
  public static boolean due(long record, long nowMillis) {
    int flags = flags(record);
    return (flags & EXPIRY) != 0
        && !tombstone(record)
        && Native.getLong(record + headerSize(flags)) <= nowMillis;
  }

  /// Whether the tier has something older, or nothing.
  public static boolean dirty(long record) {
    return (flags(record) & DIRTY) != 0;
  }

  /// Whether the tier has the key.
  public static boolean persisted(long record) {
    return (flags(record) & (PERSISTED | INDEXED)) != 0;
  }

  /// Whether the tier has the key with an expiry.
  public static boolean indexed(long record) {
    return (flags(record) & (PERSISTED | INDEXED)) == (PERSISTED | INDEXED);
  }

  /// Whether the tier has the key in its index of expiries: with an expiry, or with elements that
  /// expire.
  public static boolean listed(long record) {
    return (flags(record) & INDEXED) != 0;
  }

  public static void dirty(long record, boolean on) {
    flag(record, DIRTY, on);
  }

  /// Notes what the tier has, or will have before anybody can ask it.
  ///
  /// - `present`: whether it has the key; otherwise the rest is false.
  /// - `indexed`, `listed`: see there; what is indexed is listed.
  public static void persisted(long record, boolean present, boolean indexed, boolean listed) {
    flag(record, PERSISTED, present && (indexed || !listed));
    flag(record, INDEXED, listed);
  }

  /// Notes of a record what another one says of what the tier has.
  public static void persistedAs(long record, long other) {
    persisted(record, persisted(other), indexed(other), listed(other));
  }

  /// Changes the expiry of a record that has one.
  public static void expiry(long record, long expiryMillis) {
    Native.putLong(record + headerSize(flags(record)), expiryMillis);
  }

  /// Whether the value has been changed in place: what `OBJECT ENCODING` calls "raw".
  public static boolean raw(long record) {
    return (flags(record) & RAW) != 0;
  }

  public static void raw(long record, boolean on) {
    flag(record, RAW, on);
  }

  /// Whether the value is a set of numbers.
  public static boolean numbers(long record) {
    return (flags(record) & NUMBERS) != 0;
  }

  public static void numbers(long record, boolean on) {
    flag(record, NUMBERS, on);
  }

  /// Whether the value stands for an object.
  public static boolean isObject(long record) {
    return (flags(record) & OBJECT) != 0 && !tombstone(record);
  }

  /// The object that the value stands for.
  public static long object(long record) {
    return Native.getLong(valueAddress(record));
  }

  /// Lets a record, whose value is [#OBJECT_SIZE] long, stand for an object.
  ///
  /// - `earliestMillis`: when its first element expires, [Long#MAX_VALUE] if none does.
  public static void object(long record, long object, long earliestMillis) {
    flag(record, OBJECT, true);
    Native.putLong(valueAddress(record), object);
    Native.putLong(valueAddress(record) + Long.BYTES, earliestMillis);
  }

  /// Lets a record no longer stand for its object, which is another's now.
  public static void disown(long record) {
    flag(record, OBJECT, false);
  }

  /// A lower bound of when an element of the record expires, [Long#MAX_VALUE] if none does.
  public static long elementExpiry(long record) {
    return isObject(record) ? Native.getLong(valueAddress(record) + Long.BYTES) : Long.MAX_VALUE;
  }

  static void elementExpiry(long record, long expiryMillis) {
    Native.putLong(valueAddress(record) + Long.BYTES, expiryMillis);
  }

  /// When there is something to do about the record: it expires, or an element of it does;
  /// [Long#MAX_VALUE] if never.
  public static long earliest(long record) {
    int flags = flags(record);
    if ((flags & (EXPIRY | OBJECT)) == 0 || tombstone(record)) {
      return Long.MAX_VALUE;
    }
    long own = (flags & EXPIRY) != 0 ? Native.getLong(record + headerSize(flags)) : Long.MAX_VALUE;
    return Math.min(own, elementExpiry(record));
  }

  /// The access word.
  public static int access(long record) {
    return Native.getInt(record + 1) >>> TYPE_BITS;
  }

  /// Changes the access word; writes only if it is another one.
  public static void access(long record, int access) {
    int before = Native.getInt(record + 1);
    int after = middle(access, before & TYPE_MASK);
    if (after != before) {
      Native.putInt(record + 1, after);
    }
  }

  public static int keyLength(long record) {
    return (flags(record) & WIDE) != 0
        ? Native.getInt(record + 8)
        : Native.getByte(record + 5) & 0xff;
  }

  public static int valueLength(long record) {
    return (flags(record) & WIDE) != 0
        ? Native.getInt(record + 12)
        : Native.getShort(record + 6) & 0xffff;
  }

  /// A view of the key.
  public static NativeBytes key(long record) {
    return new NativeBytes(record + keyOffset(flags(record)), keyLength(record));
  }

  /// A view of the value.
  public static NativeBytes value(long record) {
    return new NativeBytes(valueAddress(record), valueLength(record));
  }

  /// Whether two records have the same key.
  static boolean sameKey(long record, long other) {
    int length = keyLength(record);
    return length == keyLength(other)
        && Native.equal(record + keyOffset(flags(record)), other + keyOffset(flags(other)), length);
  }

  static boolean keyEquals(long record, Bytes key) {
    return keyLength(record) == key.length()
        && Native.equal(record + keyOffset(flags(record)), key);
  }

  /// Copies all of `bytes` into the value at `offset`; the value is long enough.
  public static void write(long record, int offset, Bytes bytes) {
    Native.copy(bytes, 0, valueAddress(record) + offset, bytes.length());
  }

  /// Sets one byte of the value.
  public static void writeByte(long record, int offset, int value) {
    Native.putByte(valueAddress(record) + offset, (byte) value);
  }

  /// Copies the first `length` bytes of another record's value.
  public static void writeFrom(long record, long source, int length) {
    Native.copy(valueAddress(source), valueAddress(record), length);
  }

  /// Fills the value from `offset` to `end` with zeros.
  public static void writeZeros(long record, int offset, int end) {
    if (end > offset) {
      Native.fill(valueAddress(record) + offset, end - offset, (byte) 0);
    }
  }

  /// Changes the length of the value without moving the record, if the block and the layout
  /// allow it; bytes beyond the old length are undefined. False: nothing has changed.
  ///
  /// A record that gets or loses its expiry always moves: `expires` is what it shall have.
  public static boolean resize(Magazine magazine, long record, int valueLength, boolean expires) {
    int flags = flags(record);
    int keyLength = keyLength(record);
    int shape = shape(keyLength, valueLength, expires ? 0 : NO_EXPIRY);
    if (shape != (flags & SHAPE)) {
      return false;
    }
    int before = valueLength(record);
    if (before == valueLength) {
      return true;
    }
    long oldSize = size(shape, keyLength, before);
    if (!magazine.resize(record, oldSize, size(shape, keyLength, valueLength))) {
      return false;
    }
    if ((shape & WIDE) != 0) {
      Native.putInt(record + 12, valueLength);
    } else {
      Native.putShort(record + 6, (short) valueLength);
    }
    return true;
  }

  /// A copy of a record with another expiry, or with none, of which the tier knows nothing; the
  /// original stays as it is.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory].
  public static long withExpiry(Magazine magazine, long record, long expiryMillis) {
    int length = valueLength(record);
    long copy = create(magazine, key(record), type(record), length, expiryMillis, access(record));
    writeFrom(copy, record, length);
    flag(copy, flags(record) & FORM, true);
    return copy;
  }

  /// Moves a record to a new block and frees the old one.
  static long relocate(Magazine magazine, long record) {
    long size = size(record);
    long moved = magazine.allocate(size);
    Native.copy(record, moved, size);
    magazine.free(record, size);
    return moved;
  }

  /// As [#relocate] if the record lies in a slab that is being emptied; returns where it is then.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory]; it stays where it is then.
  public static long relocateSparse(Magazine magazine, Allocator allocator, long record) {
    return allocator.sparse(record) ? relocate(magazine, record) : record;
  }

  static long valueAddress(long record) {
    return record + keyOffset(flags(record)) + keyLength(record);
  }

  private static void flag(long record, int flag, boolean on) {
    int flags = flags(record);
    Native.putByte(record, (byte) (on ? flags | flag : flags & ~flag));
  }

  /// Byte 1 to 4.
  private static int middle(int access, int type) {
    return access << TYPE_BITS | type;
  }

  private static int flags(long record) {
    return Native.getByte(record) & 0xff;
  }

  private static int shape(int keyLength, int valueLength, long expiryMillis) {
    boolean wide = keyLength > NARROW_KEY_MAX || valueLength > NARROW_VALUE_MAX;
    return (expiryMillis != NO_EXPIRY ? EXPIRY : 0) | (wide ? WIDE : 0);
  }

  private static int headerSize(int flags) {
    return (flags & WIDE) != 0 ? WIDE_HEADER : NARROW_HEADER;
  }

  private static int keyOffset(int flags) {
    return headerSize(flags) + ((flags & EXPIRY) != 0 ? Long.BYTES : 0);
  }

  private static long size(int flags, int keyLength, int valueLength) {
    return (long) keyOffset(flags) + keyLength + valueLength;
  }
}
