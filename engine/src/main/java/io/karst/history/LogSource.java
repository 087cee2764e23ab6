package io.karst.history;

/// Opens a [Log].
@FunctionalInterface
public interface LogSource {
  /// Shows what the log has from an LSN on, and opens it to append after that.
  ///
  /// - `from`: the LSN of a frame, or where a new log is to begin.
  Log open(long from, FrameVisitor visitor);
}
