package io.karst.cluster;

import java.io.IOException;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.util.LifeCycle;

/// A state machine that pauses while an installed snapshot takes the place of its directory. Ratis
/// asserts the states it is in meanwhile, and leaves them to the state machine.
abstract class PausingStateMachine extends BaseStateMachine {
  /// The directory is about to be replaced. Under Ratis's lock.
  abstract void paused();

  /// The directory has been replaced: goes on from what is there.
  abstract void installed() throws IOException;

  @Override
  public final void pause() {
    if (getLifeCycleState() == LifeCycle.State.RUNNING) {
      getLifeCycle().transition(LifeCycle.State.PAUSING);
      getLifeCycle().transition(LifeCycle.State.PAUSED);
    }
    paused();
  }

  @Override
  public final void reinitialize() throws IOException {
    installed();
    if (getLifeCycleState() == LifeCycle.State.PAUSED) {
      getLifeCycle().transition(LifeCycle.State.STARTING);
      getLifeCycle().transition(LifeCycle.State.RUNNING);
    }
  }
}
