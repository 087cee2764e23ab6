package io.karst.history;

import java.util.List;

/// Is shown the frames of a history, in order.
@FunctionalInterface
public interface FrameVisitor {
  /// - `lsn`: where the frame begins.
  /// - `effects`: of one transaction; they and their bytes are valid until [#release].
  void visit(long lsn, List<Effect> effects);

  /// The bytes of what was shown so far are about to go: after the last frame, and now and then.
  default void release() {}
}
