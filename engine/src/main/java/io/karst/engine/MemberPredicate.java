package io.karst.engine;

import io.karst.base.Bytes;

/// Is shown members of sets one by one, until it has enough.
@FunctionalInterface
public interface MemberPredicate {
  /// Whether more members are wanted.
  ///
  /// - `member`: a view, good until the transaction ends.
  boolean wantsMore(Bytes member);
}
