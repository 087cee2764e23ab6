package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.engine.Counters.Counter;
import io.karst.memory.Record;
import io.karst.value.ElementTable;
import io.karst.value.ValueType;
import java.util.Arrays;
import java.util.Objects;

/// Removes what is due of a collection; the key goes with its last element. It is none of the
/// command's doing.
///
/// Thread: the transaction's of the collection.
final class DueElements {
  private static final int BATCH = 64;

  private final Elements elements;
  private final Records records;
  private final long[] due = new long[BATCH];

  DueElements(Elements elements) {
    this.elements = elements;
    this.records = elements.records;
  }

  /// Removes them. If the disk takes no changes, or the store follows another, they stay, unseen.
  void remove() {
    if (records.follows()) {
      hide();
      return;
    }
    int found;
    do {
      ElementTable table = elements.table;
      if (table == null) {
        return;
      }
      found = table.collectDue(records.now(), due);
      try {
        reserve(found);
      } catch (Fault.ReadOnly full) {
        keep(table, due, found);
        return;
      }
      remove(table, found);
    } while (found == BATCH);
    ElementTable left = elements.table;
    if (left != null) {
      long earliest = left.earliestExpiry();
      records.large().elementExpiry(elements.database, elements.key, elements.record, earliest);
    }
  }

  /// Lets the view see nothing of them; of nothing but such elements, no key.
  private void hide() {
    ElementTable table = Objects.requireNonNull(elements.table);
    long[] all = {};
    int found;
    do {
      found = table.collectDue(records.now(), due);
      all = Arrays.copyOf(all, all.length + found);
      System.arraycopy(due, 0, all, all.length - found, found);
    } while (found == BATCH);
    keep(table, all, all.length);
    if (all.length == table.count()) {
      elements.at(Record.NONE);
    } else if (all.length > 0) {
      boolean sorted = elements.type == ValueType.SORTED_SET;
      elements.hidden = HiddenElements.of(table, all, sorted);
    }
  }

  private void reserve(int count) {
    long size = 0;
    for (int i = 0; i < count; i++) {
      size += elements.key.bytes().length() + (long) Record.keyLength(due[i]);
    }
    records.reserveAll(count, size);
  }

  /// Lets the table know that these are due still: it takes what it has shown for gone.
  private void keep(ElementTable table, long[] shown, int count) {
    for (int i = 0; i < count; i++) {
      table.expiry(records.magazine(), shown[i], Record.expiry(shown[i]));
    }
  }

  private void remove(ElementTable table, int count) {
    KeyEvent event =
        elements.record != Record.NONE && Record.type(elements.record) == ValueType.HASH.code()
            ? KeyEvent.HEXPIRED
            : KeyEvent.EXPIREDMEMBER;
    records.aside(() -> records.events.as(event, () -> removeNow(table, count)));
    records.counters.add(Counter.EXPIRED_ELEMENTS, count);
  }

  private void removeNow(ElementTable table, int count) {
    if (count == table.count()) {
      elements.removeAll();
      return;
    }
    for (int i = 0; i < count; i++) {
      Bytes element = Record.key(due[i]);
      elements.take(table, table.hash(element), due[i]);
      elements.removed(element);
    }
  }
}
