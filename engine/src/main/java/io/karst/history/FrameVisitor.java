package io.karst.history;

import java.util.List;

/// Is shown the frames of a history, in order.
@FunctionalInterface
public interface FrameVisitor {
  /// - `lsn`: where the frame begins.
  /// - `effects`: of one transaction; they and their bytes are valid during the call.
  void visit(long lsn, List<Effect> effects);
}
