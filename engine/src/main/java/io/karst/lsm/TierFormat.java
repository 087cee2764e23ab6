package io.karst.lsm;

import io.karst.base.Limits;

/// The constants of the format, see docs/formats/lsm.md. [TierKeys], [StoredCodec] and [MetaCodec]
/// read and write it.
final class TierFormat {
  /// Written when a tier is made; a tier with a greater one is refused.
  static final int VERSION = 3;

  /// The first version with the family `amendments`.
  static final int VERSION_AMENDMENTS = 2;

  /// The column families. RocksDB insists on one of the name `default`.
  static final String META = "default";

  static final String DATA = "data";
  static final String EXPIRY = "expiry";
  static final String LARGE = "large";
  static final String SLOTS = "slots";
  static final String AMENDMENTS = "amendments";

  /// Payloads from this size on live in the family `large`, so that who asks for headers only does
  /// not read them from disk.
  static final int LARGE_SIZE_MIN = 16 << 10;

  /// What the keys of all families but `meta` begin with.
  static final int DATABASE_SIZE = Integer.BYTES;

  static final int FLAG_EXPIRY = 1;
  static final int FLAG_RAW = 2;
  static final int FLAG_LARGE = 4;
  static final int FLAG_ELEMENTS = 8;
  static final int FLAG_AMENDED = 16;
  static final int FLAGS = FLAG_EXPIRY | FLAG_RAW | FLAG_LARGE | FLAG_ELEMENTS | FLAG_AMENDED;

  static final int TYPE_AT = 1;
  static final int HEAT_AT = 2;
  static final int LSN_AT = 5;
  static final int EXPIRY_AT = 13;

  /// What the header ends with if the payload is amended: the LSN of the payload, and the number
  /// of parts.
  static final int AMENDED_SIZE = Long.BYTES + Integer.BYTES;

  static final int HEADER_SIZE_MAX = EXPIRY_AT + 2 * Long.BYTES + AMENDED_SIZE;

  /// Parts up to this size are moved with the tables of their family, larger ones are in files of
  /// their own.
  static final int PART_BLOB_SIZE_MIN = 4 << 10;

  /// How many slots share one value in the family `meta`.
  static final int BLOCK_SLOTS = 64;

  static final int BLOCKS = Limits.SLOTS / BLOCK_SLOTS;
  static final int BLOCK_SIZE = BLOCK_SLOTS * 2 * Integer.BYTES;

  private TierFormat() {}
}
