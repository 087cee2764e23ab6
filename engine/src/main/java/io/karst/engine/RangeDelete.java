package io.karst.engine;

import io.karst.keyspace.Key;
import java.util.ArrayList;
import java.util.List;

/// Removes the keys of a range, some under each lock, so that nobody waits for it: as many `DEL`s,
/// each whole.
///
/// Thread: its caller's, not an event loop; the transaction holds no lock when it begins.
final class RangeDelete {
  /// Keys found before any is removed.
  private static final int BATCH = 4096;

  /// Keys removed in one frame of the history.
  private static final int KEYS_PER_FRAME = 32;

  private final Tx tx;
  private long removed;

  RangeDelete(Tx tx) {
    this.tx = tx;
  }

  /// Removes them and returns how many.
  long run(KeyRange range) {
    KeyRange rest = range;
    List<Key> batch;
    do {
      batch = new ArrayList<>();
      tx.all().range(rest, BATCH, false, false, visitor(batch));
      for (int i = 0; i < batch.size(); i += KEYS_PER_FRAME) {
        removeTogether(batch.subList(i, Math.min(batch.size(), i + KEYS_PER_FRAME)));
      }
      if (!batch.isEmpty()) {
        rest = rest.behind(batch.getLast().bytes());
      }
    } while (batch.size() == BATCH);
    return removed;
  }

  private static RangeVisitor visitor(List<Key> batch) {
    return (key, type, expiryMillis, string) -> batch.add(Key.of(key));
  }

  private void removeTogether(List<Key> keys) {
    Key[] array = keys.toArray(Key[]::new);
    tx.step(array, () -> remove(array));
  }

  private void remove(Key[] keys) {
    for (Key key : keys) {
      if (tx.delete(key)) {
        removed++;
      }
    }
  }
}
