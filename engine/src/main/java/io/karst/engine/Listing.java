package io.karst.engine;

import io.karst.base.Limits;
import io.karst.memory.Record;
import io.karst.memory.RecordView;
import io.karst.value.ElementTable;

/// All elements of a collection, for a reply: they are shown as they lie, when the reply is
/// written.
///
/// Good as long as the view it is of, and as long as nothing changes the collection. Cost of an
/// element: its cache misses, which overlap, and no object.
public final class Listing {
  private final Elements elements;

  Listing(Elements elements) {
    this.elements = elements;
  }

  /// How many there are: without those that are due and could not be removed.
  public int size() {
    ElementTable table = elements.table;
    long now = elements.records.now();
    if (table == null || table.earliestExpiry() > now) {
      return elements.size();
    }
    int[] count = {0};
    table.forEach(each -> count[0] += Record.due(each, now) ? 0 : 1);
    return count[0];
  }

  /// Whether showing them takes too long for an event loop.
  public boolean isLong() {
    return elements.size() > Limits.LOOP_ELEMENTS_MAX || bytes() > Limits.LOOP_SIZE_MAX;
  }

  /// Bytes of native memory they take.
  long bytes() {
    ElementTable table = elements.table;
    if (table != null) {
      return table.bytes();
    }
    return elements.record == Record.NONE ? 0 : Record.valueLength(elements.record);
  }

  /// Shows them, each through the same two views: what is shown is good during the call only.
  public void forEach(ElementVisitor visitor) {
    ElementTable table = elements.table;
    if (table == null) {
      elements.forEach(visitor);
      return;
    }
    RecordView view = new RecordView();
    long now = elements.records.now();
    table.forEach(each -> {
      if (!Record.due(each, now)) {
        view.move(each);
        visitor.visit(view.key(), view.value());
      }
    });
  }
}
