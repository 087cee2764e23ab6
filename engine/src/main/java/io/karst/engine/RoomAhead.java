package io.karst.engine;

import io.karst.history.Appender;
import io.karst.history.Effect;
import java.util.List;

/// An [Appender] that can be asked for all the room that a command of many changes needs, before
/// the first of them: what each of them reserves is then taken from that.
///
/// Thread: its transaction's.
final class RoomAhead implements Appender {
  /// What an effect takes in the history besides its bytes, at most.
  static final int EFFECT_OVERHEAD = 96;

  private final Appender appender;

  /// What was reserved for the current command and is not used yet, in bytes.
  private long ahead;

  RoomAhead(Appender appender) {
    this.appender = appender;
  }

  /// Makes sure that an effect of `size` bytes can be kept.
  ///
  /// - throws [io.karst.base.Fault.ReadOnly].
  @Override
  public void reserve(long size) {
    long whole = size + EFFECT_OVERHEAD;
    if (whole <= ahead) {
      ahead -= whole;
    } else {
      appender.reserve(whole);
    }
  }

  /// Makes sure that `count` effects of `size` bytes in all can be kept.
  ///
  /// - throws [io.karst.base.Fault.ReadOnly].
  void reserveAll(long count, long size) {
    long whole = size + count * EFFECT_OVERHEAD;
    appender.reserve(whole);
    ahead += whole;
  }

  /// A new command begins: it has reserved nothing.
  void next() {
    ahead = 0;
  }

  @Override
  public void reset() {
    ahead = 0;
    appender.reset();
  }

  @Override
  public long append(List<Effect> effects) {
    return appender.append(effects);
  }

  @Override
  public void close() {
    appender.close();
  }
}
