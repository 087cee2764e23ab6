package io.karst.engine;

import io.karst.base.RoughOrder;
import io.karst.engine.Replica.Frame;
import io.karst.history.Effect;
import io.karst.history.FrameVisitor;
import io.karst.lsm.Tier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a store what it was: what the disk tier has, and the history since the last checkpoint
/// ([FrameReplay]).
///
/// Thread: the one that opens the engine, before anybody else uses it.
final class Recovery implements FrameVisitor {
  /// Effects that wait, so that the tier is asked about the keys of many together.
  private static final int EFFECTS_MAX = RoughOrder.COUNT_MAX;

  private final Engine engine;
  private final @Nullable Tier tier;
  private final Tx tx;
  private final FrameReplay replay;
  private final List<Frame> waiting = new ArrayList<>();
  private int waitingEffects;
  private long effects;

  /// - `own`: a transaction that makes no effects.
  Recovery(Engine engine, @Nullable Tier tier, Tx own) {
    this.engine = engine;
    this.tier = tier;
    this.tx = own;
    this.replay = new FrameReplay(engine, own);
  }

  /// Takes over what the tier has; returns where the history goes on.
  long restore() {
    Baseline baseline = Baseline.of(tier, engine.databases());
    var _ = baseline.install(engine.keyspace(), engine.libraries());
    replay.from(baseline);
    return baseline.checkpointLsn();
  }

  /// Everything of the history is in memory or in the tier; ends it.
  void close() {
    tx.close();
  }

  /// The number of effects in the history since the last checkpoint.
  long effects() {
    return effects;
  }

  @Override
  public void visit(long lsn, List<Effect> frame) {
    waiting.add(new Frame(lsn, lsn, frame));
    effects += frame.size();
    waitingEffects += frame.size();
    if (waitingEffects >= EFFECTS_MAX) {
      release();
    }
  }

  @Override
  public void release() {
    replay.apply(waiting, _ -> {});
    waiting.clear();
    waitingEffects = 0;
  }
}
