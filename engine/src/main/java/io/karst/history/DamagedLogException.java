package io.karst.history;

/// The log has been changed by something else than Karst: there are bytes that no crash can leave
/// behind. The message names the file and the offset.
///
/// Whoever would rather go on with what is before them opens the log with
/// [WalOptions#withSalvage].
public final class DamagedLogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long lsn;

  /// - `lsn`: everything before it is whole.
  DamagedLogException(long lsn, String message) {
    super(message);
    this.lsn = lsn;
  }

  public long lsn() {
    return lsn;
  }
}
