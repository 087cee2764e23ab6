package io.karst.bench.faults;

import java.util.Locale;

/// What may come over a cluster.
enum Fault {
  NONE,
  KILL_LEADER,
  KILL_FOLLOWER,
  KILL_ALL,
  KILL_IN_CHECKPOINT,
  END_ALL,
  END_ONE_BY_ONE,
  ISOLATE_LEADER,
  ISOLATE_FOLLOWER,
  /// Nobody hears the leader, who hears everybody.
  LEADER_NOT_HEARD,
  /// The leader hears nobody, and everybody hears it.
  LEADER_DEAF,
  /// Two members do not hear each other, and a third hears both.
  BRIDGE,
  /// The leader is cut off and comes back, again and again.
  FLAP,
  PAUSE_LEADER,
  PAUSE_LEADER_LONG,
  /// Longer than Ratis lets a process stop before it gives up.
  PAUSE_LEADER_VERY_LONG,
  PAUSE_FOLLOWER,
  /// A follower comes back without anything it had.
  EMPTY_FOLLOWER,
  /// The leader is killed and comes back without anything it had.
  EMPTY_LEADER,
  MOVE_LEADER,
  SLOW_LINKS,
  SLOW_FOLLOWER,
  /// All connections between members end, many times.
  RESET;

  /// The name for people.
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
