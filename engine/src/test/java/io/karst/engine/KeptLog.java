package io.karst.engine;

import io.karst.history.Effect;
import io.karst.history.Log;
import java.util.ArrayList;
import java.util.List;

/// A log that keeps everything on the heap.
final class KeptLog implements Log {
  private final List<Effect> kept = new ArrayList<>();

  @Override
  public boolean keeps() {
    return true;
  }

  @Override
  public synchronized void append(List<Effect> effects) {
    effects.forEach(effect -> kept.add(effect.copy()));
  }

  synchronized List<Effect> effects() {
    return List.copyOf(kept);
  }
}
