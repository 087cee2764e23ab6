package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.memory.Magazine;
import io.karst.memory.Record;
import io.karst.value.ElementTable;
import io.karst.value.ValueType;

/// A time for elements of a collection to expire at, or none. All that may fail about it, memory
/// and room in the history, is had beforehand: a command that names many elements changes all of
/// them or none.
///
/// An element that gets or loses its expiry needs another record: those are made first, and what is
/// not used of them is freed by [#close]. Thread: its transaction's.
public final class ElementExpiry implements AutoCloseable {
  private final Elements elements;
  private final ElementBatch batch;
  private final long atMillis;

  /// For each element a record that has, or has not, the expiry; NONE where that is not needed.
  private final long[] spares;

  /// - throws [Fault]; nothing has changed then but perhaps the form of the collection.
  ElementExpiry(Elements elements, ElementBatch batch, long atMillis) {
    this.elements = elements;
    this.batch = batch;
    this.atMillis = atMillis;
    elements.reserve(batch);
    boolean removes = atMillis >= 0 && atMillis <= elements.records.now();
    boolean changes = elements.exists() && !removes;
    spares = new long[changes ? batch.count() : 0];
    if (changes && (atMillis >= 0 || elements.table != null)) {
      prepare();
    }
  }

  private void prepare() {
    if (atMillis >= 0 && !anyExists()) {
      return;
    }
    ElementTable table = elements.toTable();
    Magazine magazine = elements.records.magazine();
    try {
      elements.expiresFrom(atMillis);
      table.ensureRoom(magazine, 0, atMillis >= 0);
      for (int i = 0; i < spares.length; i++) {
        long found = elements.find(table, batch.element(i));
        if (found != Record.NONE && Record.expires(found) == (atMillis < 0)) {
          spares[i] = Record.withExpiry(magazine, found, atMillis);
        }
      }
    } catch (Fault.OutOfMemory full) {
      close();
      throw full;
    }
  }

  private boolean anyExists() {
    for (int i = 0; i < spares.length; i++) {
      if (elements.contains(batch.element(i))) {
        return true;
      }
    }
    return false;
  }

  /// Applies it to an element of the batch, which is there.
  public void apply(int index) {
    Bytes element = batch.element(index);
    long spare = index < spares.length ? spares[index] : Record.NONE;
    if (elements.expire(element, atMillis, spare)) {
      spares[index] = Record.NONE;
    }
  }

  /// What it is to let an element of a collection expire at a time.
  static KeyEvent event(Elements elements, long atMillis) {
    boolean hash = Record.type(elements.record) == ValueType.HASH.code();
    if (atMillis < 0) {
      return hash ? KeyEvent.HPERSIST : KeyEvent.PERSISTMEMBER;
    }
    if (!hash) {
      return KeyEvent.EXPIREMEMBER;
    }
    return atMillis <= elements.records.now() ? KeyEvent.HDEL : KeyEvent.HEXPIRE;
  }

  @Override
  public void close() {
    for (int i = 0; i < spares.length; i++) {
      if (spares[i] != Record.NONE) {
        Record.free(elements.records.magazine(), spares[i]);
        spares[i] = Record.NONE;
      }
    }
  }
}
