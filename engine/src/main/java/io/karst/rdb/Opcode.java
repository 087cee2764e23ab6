package io.karst.rdb;

import java.nio.charset.StandardCharsets;

/// The constants of RDB files but for those of values: the header, and the first bytes of what is
/// not an entry. Any other first byte is the type of an entry's value.
///
/// Format: docs/formats/rdb.md.
final class Opcode {
  /// A file begins with these, and its version in four decimal digits.
  static final byte[] MAGIC = "REDIS".getBytes(StandardCharsets.US_ASCII);

  static final int VERSION_DIGITS = 4;

  /// A slot, and how many keys and keys that expire it has: three lengths.
  static final int SLOT_INFO = 244;

  /// A library of functions: a string.
  static final int FUNCTION = 245;

  /// A library of functions of previews of Redis 7.0.
  static final int FUNCTION_PREVIEW = 246;

  /// What modules keep beside the key of the entry that follows.
  static final int KEY_METADATA = 243;

  /// What a module keeps beside the keys.
  static final int MODULE_AUX = 247;

  /// Seconds since the last access of the entry that follows: a length.
  static final int IDLE = 248;

  /// The logarithmic access frequency of the entry that follows: a byte.
  static final int FREQUENCY = 249;

  /// Something about the file: a name and a value, two strings.
  static final int AUX = 250;

  /// How many keys and keys that expire the database has: two lengths.
  static final int RESIZE_DATABASE = 251;

  /// The expiry of the entry that follows: milliseconds since 1970, in eight bytes.
  static final int EXPIRY_MILLIS = 252;

  /// The same in seconds, in four bytes.
  static final int EXPIRY_SECONDS = 253;

  /// The number of the database of the entries that follow: a length.
  static final int SELECT_DATABASE = 254;

  /// The end; the checksum of all before follows, in eight bytes, or 0 if none was made.
  static final int END = 255;

  private Opcode() {}
}
