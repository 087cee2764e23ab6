package io.karst.cluster;

/// What a member of a cluster does.
public enum Role {
  /// It has not met the others yet, or what it has is not caught up: it answers nothing on keys.
  FORMING,
  /// It applies what the leader does.
  FOLLOWING,
  /// It executes commands.
  LEADING,
  /// It has led, and forgets what no majority has.
  RESETTING
}
