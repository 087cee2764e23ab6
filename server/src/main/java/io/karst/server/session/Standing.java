package io.karst.server.session;

import io.karst.cluster.ClusterView;

/// What a member of a cluster may do just now. Immutable.
///
/// - `reign`: grows whenever what this server has run, and no majority has, is lost. What was run
///   in an earlier one is not to be told any more.
public record Standing(ClusterView view, State state, long reign) {
  /// What it does, as its [Membership] was told.
  public enum State {
    /// It knows nothing of the keys yet.
    FORMING,
    /// It answers reads, which may be stale.
    FOLLOWING,
    /// It runs everything.
    LEADING,
    /// It has led, and runs nothing that looks at keys.
    CLOSED
  }

  public boolean leads() {
    return state == State.LEADING;
  }

  /// Whether commands may look at keys here at all.
  public boolean open() {
    return state == State.LEADING || state == State.FOLLOWING;
  }
}
