package io.karst.rdb;

/// An RDB file is not what it should be, or has what this build does not know. The message says
/// where and what: `byte 1204: a length that is none, in the hash at key "cart"`.
public final class RdbException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long offset;
  private final String what;

  /// - `offset`: the byte of the file before or in which the reader found out, from 0.
  public RdbException(long offset, String what) {
    super("byte " + offset + ": " + what);
    this.offset = offset;
    this.what = what;
  }

  /// The same, told where in the file that is: `the hash at key "cart"`.
  RdbException within(String where) {
    RdbException told = new RdbException(offset, what + ", in " + where);
    told.setStackTrace(getStackTrace());
    return told;
  }

  /// The byte of the file before or in which the reader found out, from 0.
  public long offset() {
    return offset;
  }
}
