package io.karst.commands.sortedset;

import io.karst.base.Bytes;
import io.karst.engine.ElementBatch;

/// Members that are removed together: the first `count` of an array.
record Members(Bytes[] members, int count) implements ElementBatch {
  @Override
  public Bytes element(int index) {
    return members[index];
  }
}
