package io.karst.history;

import io.karst.history.History.Frame;
import java.util.ArrayList;
import java.util.List;

/// What an inspection shows; something may happen meanwhile.
final class Inspected implements WalInspection.Visitor {
  record Gap(long fromLsn, long toLsn) {}

  final List<Frame> frames = new ArrayList<>();
  final List<Gap> gaps = new ArrayList<>();
  private int at = -1;
  private Runnable event = () -> {};

  /// Lets something happen when so many frames with effects had been shown.
  void atFrame(int index, Runnable action) {
    at = index;
    event = action;
  }

  @Override
  public void frame(WalReader frame) {
    if (!frame.hasEffects()) {
      return;
    }
    if (frames.size() == at) {
      event.run();
    }
    frames.add(
        new Frame(
            frame.lsn(),
            frame.lsn() + frame.size(),
            frame.effects().stream().map(Effect::copy).toList()));
  }

  @Override
  public void gap(long fromLsn, long toLsn) {
    gaps.add(new Gap(fromLsn, toLsn));
  }
}
