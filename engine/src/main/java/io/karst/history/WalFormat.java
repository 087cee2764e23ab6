package io.karst.history;

import java.util.Locale;

/// Every number of the log's format; what they mean is said in docs/formats/wal.md.
final class WalFormat {
  /// The version that is written. A reader refuses any later one.
  static final int VERSION = 1;

  // ---- §1 files ----

  static final String SEGMENT_SUFFIX = ".wal";
  static final String SPARE_SUFFIX = ".spare";
  static final String UNFINISHED_SUFFIX = ".new";

  /// Where the stream begins in a file: the header has a page to itself.
  static final int STREAM_OFFSET = 4096;

  static final int SEGMENT_SIZE = 16 << 20;
  static final int SEGMENT_SIZE_MIN = 4096;
  static final int SEGMENT_SIZE_MAX = 1 << 30;

  // ---- §2 the header of a file ----

  /// `KARSTWAL`, read as a little-endian word.
  static final long MAGIC = 0x4c41_5754_5352_414bL;

  static final int HEADER_MAGIC = 0;
  static final int HEADER_VERSION = 8;
  static final int HEADER_SEGMENT_SIZE = 12;
  static final int HEADER_LOG_ID = 16;
  static final int HEADER_FIRST_LSN = 24;
  static final int HEADER_ORIGIN_LSN = 32;
  static final int HEADER_CRC = 60;
  static final int HEADER_SIZE = 64;

  // ---- §7 the end of a log that was closed ----

  static final String END_FILE = "closed";

  /// `KARSTEND`, read as a little-endian word.
  static final long CLOSED = 0x444e_4554_5352_414bL;

  static final int END_MAGIC = 0;
  static final int END_LOG_ID = 8;
  static final int END_LSN = 16;
  static final int END_CRC = 24;
  static final int END_SIZE = 28;

  // ---- §3 frames ----

  static final int FRAME_CRC = 0;
  static final int FRAME_LENGTH = 4;
  static final int FRAME_LSN = 8;
  static final int FRAME_PAYLOAD = 16;
  static final int FRAME_ALIGNMENT = 8;
  static final long PAYLOAD_SIZE_MAX = 0xffff_ffffL;

  // ---- §4 effects ----

  static final int SET = 1;
  static final int SET_UNTIL = 2;
  static final int SET_RANGE = 3;
  static final int EXPIRE = 4;
  static final int PERSIST = 5;
  static final int DELETE = 6;
  static final int FLUSH = 7;
  static final int SWAP = 8;
  static final int PUT_ELEMENT = 9;
  static final int PUT_ELEMENT_UNTIL = 10;
  static final int REMOVE_ELEMENT = 11;
  static final int EXPIRE_ELEMENT = 12;
  static final int PERSIST_ELEMENT = 13;
  static final int RESTORE = 14;
  static final int RESTORE_UNTIL = 15;
  static final int PUSH_HEAD = 16;
  static final int PUSH_TAIL = 17;
  static final int POP_HEAD = 18;
  static final int POP_TAIL = 19;
  static final int SET_AT = 20;
  static final int INSERT_AT = 21;
  static final int REMOVE_EQUAL_FROM_HEAD = 22;
  static final int REMOVE_EQUAL_FROM_TAIL = 23;
  static final int PUT_LIBRARY = 24;
  static final int REMOVE_LIBRARY = 25;
  static final int STREAM_APPEND = 26;
  static final int STREAM_REMOVE = 27;
  static final int STREAM_TRIM = 28;
  static final int STREAM_STATE = 29;
  static final int STREAM_GROUP = 30;
  static final int STREAM_DESTROY_GROUP = 31;
  static final int STREAM_CONSUMER = 32;
  static final int STREAM_DELETE_CONSUMER = 33;
  static final int STREAM_PENDING = 34;
  static final int STREAM_ACKNOWLEDGE = 35;
  static final int STREAM_RELEASE = 36;
  static final int STREAM_PRODUCED = 37;
  static final int STREAM_PRODUCERS = 38;

  /// No effect: what the log says to itself, alone in its frame.
  static final int MARK = 0x7f;

  private WalFormat() {}

  /// The size of a frame in the stream.
  static long frameSize(long payloadSize) {
    return (FRAME_PAYLOAD + payloadSize + FRAME_ALIGNMENT - 1) & -FRAME_ALIGNMENT;
  }

  /// The name of the file whose stream begins at an LSN.
  static String fileName(long firstLsn, String suffix) {
    return String.format(Locale.ROOT, "%016x%s", firstLsn, suffix);
  }

  /// What the checksums of a log's frames are combined with, so that neither another log's frames
  /// nor bytes that a client made up pass for frames of this one.
  static int salt(long logId) {
    return (int) (logId ^ (logId >>> 32));
  }
}
