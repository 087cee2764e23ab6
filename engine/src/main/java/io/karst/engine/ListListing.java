package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Limits;
import io.karst.memory.Record;
import io.karst.value.NodeList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Some elements of a list, one behind the other, for a reply: they are shown as they lie, when the
/// reply is written.
///
/// Good until the list changes, and until the transaction ends.
public final class ListListing {
  private final long record;
  private final @Nullable NodeList nodes;
  private final int index;
  private final int count;
  private final boolean forwards;

  /// - `nodes`: the list that the record stands for, if it does.
  /// - `index`: of the first element; there are `count`, perhaps none.
  ListListing(long record, @Nullable NodeList nodes, int index, int count, boolean forwards) {
    this.record = record;
    this.nodes = nodes;
    this.index = index;
    this.count = count;
    this.forwards = forwards;
  }

  public int size() {
    return count;
  }

  /// Whether showing them takes too long for an event loop.
  public boolean isLong() {
    return count > Limits.LOOP_ELEMENTS_MAX || (count > 0 && bytes() > Limits.LOOP_SIZE_MAX);
  }

  private long bytes() {
    if (nodes == null) {
      return Record.valueLength(record);
    }
    return nodes.bytes(forwards ? index : index - count + 1, count);
  }

  /// Shows them; what is shown is good during the call only.
  public void forEach(Consumer<Bytes> visitor) {
    if (count > 0) {
      new ListCursor(record, nodes, index, forwards).forEach(count, visitor);
    }
  }
}
