package io.karst.engine;

import java.util.concurrent.locks.LockSupport;

/// How hard writers are to be held back, from 0 to 1: one number, whatever it is that does not keep
/// up with them.
///
/// - *Memory*, of which nothing can be dropped as the disk tier does not have it: from the high
///   mark to the limit.
/// - *The history*, which checkpoints do not keep short: from one and a half times the length at
///   which they begin whatever else to twice that.
///
/// A writer waits for each kilobyte or command [#HOLD_NANOS_MIN] without pressure, twice that a
/// sixteenth further, and so on. So a few writers settle where the checkpoint is as fast as they
/// are, many of them a little higher. Who reads is not held back.
///
/// Thread-safe. [#holds] costs some loads; [#hold] blocks.
final class Pressure {
  private static final long HISTORY_MIN = Checkpoints.HISTORY_SIZE_MAX / 2 * 3;
  private static final long HISTORY_MAX = Checkpoints.HISTORY_SIZE_MAX * 2;

  private static final long HOLD_NANOS_MIN = 2_000;
  private static final double HOLD_DOUBLINGS = 16;

  /// At the most, whatever is written: so that nobody takes the connection for a dead one.
  private static final long HOLD_NANOS_MAX = 1_000_000_000;

  private final Engine engine;
  private final Eviction eviction;
  private final RoomMaker rooms;

  Pressure(Engine engine, Eviction eviction, RoomMaker rooms) {
    this.engine = engine;
    this.eviction = eviction;
    this.rooms = rooms;
  }

  /// Whether writers are to be held back at all.
  boolean holds() {
    return starved() || engine.backlogBytes() > HISTORY_MIN;
  }

  /// Holds a writer back as long as the pressure asks for; `weight` is what he writes, in commands
  /// or kilobytes.
  void hold(long weight) {
    LockSupport.parkNanos(restNanos(weight));
  }

  /// How long [#hold] would wait just now.
  long restNanos(long weight) {
    return nanos(now(), weight);
  }

  double now() {
    double memory = starved() ? eviction.marks().pressure(rooms.usedBytes()) : 0;
    return Math.max(memory, ofHistory(engine.backlogBytes()));
  }

  /// Whether memory is short of what could be dropped.
  boolean starved() {
    return eviction.pressed() && rooms.starved();
  }

  static double ofHistory(long bytes) {
    return Math.clamp((double) (bytes - HISTORY_MIN) / (HISTORY_MAX - HISTORY_MIN), 0, 1);
  }

  static long nanos(double pressure, long weight) {
    double each = HOLD_NANOS_MIN * Math.pow(2, pressure * HOLD_DOUBLINGS);
    return (long) Math.min(each * weight, HOLD_NANOS_MAX);
  }
}
