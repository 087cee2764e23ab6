package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import io.karst.value.LargeValues;
import io.karst.value.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// The largest keys of each type among those that were changed: known without a look through the
/// keyspace, as sizes are known when values change.
///
/// Of each type [#KEPT] keys are kept, the largest; those below [#SIZE_MIN] never. A value that is
/// a table of its own is looked at with every sixteenth change only, as it grows by little each
/// time. What has shrunk or gone since stays until somebody asks and finds that out ([#forget]).
///
/// Costs a comparison a change as long as nothing large changes. Thread-safe.
public final class BigKeys {
  /// Bytes below which no key is large.
  public static final long SIZE_MIN = 4096;

  /// Keys of each type.
  public static final int KEPT = 32;

  private static final int SPARSE = 16;

  /// A key, and the bytes it took when it was last looked at.
  public record BigKey(int database, Key key, ValueType type, long size) {
    private boolean isAt(int otherDatabase, Bytes otherKey) {
      return database == otherDatabase && key.bytes().equals(otherKey);
    }
  }

  private final LargeValues values;
  private final List<List<BigKey>> byType = new ArrayList<>();

  /// What a key has to be larger than, by type; read by writers without a lock, a moment old.
  private final long[] floors = new long[ValueType.values().length];

  BigKeys(LargeValues values) {
    this.values = values;
    Arrays.fill(floors, SIZE_MIN);
    for (int i = 0; i < floors.length; i++) {
      byType.add(new ArrayList<>());
    }
  }

  /// What a worker tells of its changes. Thread: its own, under the locks of the keys.
  final class Watch {
    private int changes;

    /// A record was put in its place.
    void placed(int database, Key key, long record) {
      if (Record.isObject(record)) {
        changes = SPARSE - 1; // What it is made for comes next.
      }
      if (Record.isObject(record) || Record.size(record) > SIZE_MIN) {
        look(database, key, record);
      }
    }

    /// A record has changed where it is.
    void changed(int database, Key key, long record) {
      if (Record.isObject(record) ? ++changes % SPARSE == 0 : Record.size(record) > SIZE_MIN) {
        look(database, key, record);
      }
    }
  }

  Watch newWatch() {
    return new Watch();
  }

  private void look(int database, Key key, long record) {
    long size = values.bytes(record);
    int type = Record.type(record);
    if (size > floors[type]) {
      note(database, key, ValueType.of(type), size);
    }
  }

  private synchronized void note(int database, Key key, ValueType type, long size) {
    List<BigKey> keys = byType.get(type.code());
    for (int i = 0; i < keys.size(); i++) {
      BigKey known = keys.get(i);
      if (known.isAt(database, key.bytes())) {
        if (known.size() != size) {
          keys.set(i, new BigKey(database, known.key(), type, size));
        }
        return;
      }
    }
    keys.add(new BigKey(database, Key.of(key.bytes().copy()), type, size));
    if (keys.size() > KEPT) {
      keys.remove(keys.stream().min(Comparator.comparingLong(BigKey::size)).orElseThrow());
    }
    refresh(type);
  }

  private void refresh(ValueType type) {
    List<BigKey> keys = byType.get(type.code());
    long smallest = keys.stream().mapToLong(BigKey::size).min().orElse(SIZE_MIN);
    floors[type.code()] = keys.size() < KEPT ? SIZE_MIN : smallest;
  }

  /// Those of a type, in no order.
  public synchronized List<BigKey> list(ValueType type) {
    return List.copyOf(byType.get(type.code()));
  }

  /// A key is not what it was.
  public synchronized void forget(BigKey gone) {
    byType.get(gone.type().code()).remove(gone);
    refresh(gone.type());
  }

  /// Forgets all.
  public synchronized void reset() {
    byType.forEach(List::clear);
    Arrays.fill(floors, SIZE_MIN);
  }
}
