package io.karst.cluster;

/// The numbers of docs/formats/raft-entry.md.
final class EntryFormat {
  static final int VERSION = 1;

  /// Kinds of entries.
  static final int FRAMES = 0;

  static final int PART = 1;

  /// Offsets in the header of every entry.
  static final int AT_VERSION = 0;

  static final int AT_KIND = 1;
  static final int AT_TERM = 8;
  static final int AT_LSN = 16;

  /// Offsets in that of a part, besides.
  static final int AT_FRAME_SIZE = 24;

  static final int AT_OFFSET = 32;

  static final int HEADER_SIZE = 24;
  static final int PART_HEADER_SIZE = 40;

  /// What a frame begins with: how many bytes of effects follow.
  static final int LENGTH_SIZE = 4;

  /// The most frames an entry has, in bytes; one frame that is larger goes in parts.
  static final int FRAMES_SIZE_MAX = 128 << 10;

  /// The most of a frame that one part has, in bytes.
  static final int PART_SIZE_MAX = 1 << 20;

  /// The largest frame, in bytes.
  static final int FRAME_SIZE_MAX = Integer.MAX_VALUE - 64;

  private EntryFormat() {}
}
