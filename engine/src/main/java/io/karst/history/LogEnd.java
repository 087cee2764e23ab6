package io.karst.history;

/// Where a log ends.
///
/// - `lsn`: just past the last whole frame.
/// - `place`: the file and the offset of that, for people.
/// - `flaw`: what is there instead of another frame, for people.
/// - `lostSize`: how much more had once been durable for certain, in bytes; 0 for an end that a
///   stop of the process or the machine explains.
public record LogEnd(long lsn, String place, String flaw, long lostSize) {
  /// Whether the log is damaged, not just cut short.
  public boolean damaged() {
    return lostSize > 0;
  }
}
