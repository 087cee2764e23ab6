package io.karst.engine;

import io.karst.base.Decimal;
import io.karst.memory.Record;
import io.karst.value.Encodings;

/// How a set is held.
enum SetForm {
  NUMBERS,
  PACKED,
  TABLE;

  /// The form that a set has when all of a batch, of which it has none, is in it.
  static SetForm of(SetView set, ElementBatch batch, Encodings encodings) {
    boolean packed = set.exists() && set.table == null && !Record.numbers(set.record);
    if (set.table != null) {
      return TABLE;
    }
    int size = set.size() + batch.count();
    if (!packed && size <= encodings.setNumbersMax() && areNumbers(batch)) {
      return NUMBERS;
    }
    boolean fits =
        size <= encodings.setEntriesMax()
            && (packed || !set.exists() || Decimal.LENGTH_MAX <= encodings.setValueMax());
    return fits && areShort(batch, encodings.setValueMax()) ? PACKED : TABLE;
  }

  private static boolean areNumbers(ElementBatch batch) {
    for (int i = 0; i < batch.count(); i++) {
      if (!Decimal.isInt64(batch.element(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean areShort(ElementBatch batch, int most) {
    for (int i = 0; i < batch.count(); i++) {
      if (batch.element(i).length() > most) {
        return false;
      }
    }
    return true;
  }
}
