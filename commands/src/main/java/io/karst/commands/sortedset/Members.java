package io.karst.commands.sortedset;

import io.karst.base.Bytes;
import io.karst.engine.ElementBatch;
import java.util.List;

/// Members that are removed together.
record Members(List<Bytes> members) implements ElementBatch {
  @Override
  public int count() {
    return members.size();
  }

  @Override
  public Bytes element(int index) {
    return members.get(index);
  }
}
