package io.karst.engine;

import io.karst.base.Invariant;
import io.karst.history.Effect;
import io.karst.history.Log;
import io.karst.memory.Record;
import io.karst.value.LargeValues;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/// The effects of a transaction, until the history gets them at its end; a large value that is
/// written by and by learns of those within it, too.
///
/// Thread: its transaction's.
final class Effects {
  private final RoomAhead appender;
  private final LargeValues values;
  private final List<Effect> effects = new ArrayList<>();

  Effects(LargeValues values, Log log) {
    this.values = values;
    appender = new RoomAhead(log.newAppender());
  }

  /// What is reserved for them.
  RoomAhead room() {
    return appender;
  }

  /// Adds one that is none within a value.
  void add(Effect effect) {
    if (Invariant.VERIFY) {
      boolean within = effect instanceof Effect.OnKey onKey && onKey.isWithinValue();
      Invariant.check(!within, "a change that the tier would not be told of");
    }
    effects.add(effect);
  }

  /// Adds that of a change that has happened to the value of a record.
  void add(long record, Effect.OnKey effect, Amending amending) {
    effects.add(effect);
    if (Record.isObject(record)) {
      amending.note(values.of(record), effect);
    }
  }

  /// Hands them to the log, under the locks; returns the LSN past them, 0 if there are none.
  long log() {
    if (effects.isEmpty()) {
      return 0;
    }
    long lsn = appender.append(effects);
    effects.clear();
    return lsn;
  }

  int count() {
    return effects.size();
  }

  /// Forgets all but those that `kept` holds for, with their index.
  void keep(BiPredicate<Integer, Effect> kept) {
    List<Effect> all = List.copyOf(effects);
    effects.clear();
    for (int i = 0; i < all.size(); i++) {
      if (kept.test(i, all.get(i))) {
        effects.add(all.get(i));
      }
    }
  }

  void close() {
    appender.close();
  }
}
