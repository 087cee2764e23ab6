package io.karst.history;

/// The log no longer keeps what is asked for.
public final class TrimmedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long oldestLsn;

  public TrimmedException(long fromLsn, long oldestLsn) {
    super("the log begins at LSN " + oldestLsn + ", not at " + fromLsn);
    this.oldestLsn = oldestLsn;
  }

  /// The oldest LSN that is kept.
  public long oldestLsn() {
    return oldestLsn;
  }
}
