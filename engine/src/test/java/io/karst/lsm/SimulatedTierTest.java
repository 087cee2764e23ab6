package io.karst.lsm;

import java.nio.file.Path;

class SimulatedTierTest extends TierContract {
  @Override
  Tier open() {
    return new SimulatedTier();
  }

  @Override
  Tier reopen(Tier closed) {
    closed.close();
    return ((SimulatedTier) closed).powerCut(random);
  }

  @Override
  Tier openCopy(Path copy) {
    return ((SimulatedTier) tier).openCopy(copy);
  }
}
