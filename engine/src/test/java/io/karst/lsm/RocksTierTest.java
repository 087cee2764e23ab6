package io.karst.lsm;

import java.nio.file.Path;

class RocksTierTest extends TierContract {
  private Path tierDirectory() {
    return directory.resolve("tier");
  }

  @Override
  Tier open() {
    return RocksTier.open(tierDirectory(), TierOptions.SMALL);
  }

  @Override
  Tier reopen(Tier closed) {
    closed.close();
    return open();
  }

  @Override
  Tier openCopy(Path copy) {
    return RocksTier.open(copy, TierOptions.SMALL);
  }
}
