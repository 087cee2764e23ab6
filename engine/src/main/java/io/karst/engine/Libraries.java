package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import io.karst.engine.Counters.Counter;
import io.karst.history.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The libraries of functions that a store keeps: their names and their source, which the store
/// does not understand. They belong to no database.
///
/// Changed under the lock of [#SLOT], so that a checkpoint that holds it sees them as of one place
/// in the history. Read by any thread, as of the latest change.
public final class Libraries {
  /// The slot whose lock is held when libraries change.
  public static final int SLOT = 0;

  private volatile SortedMap<String, Bytes> all = new TreeMap<>();
  private volatile long version;

  /// Source by name. Does not change.
  public SortedMap<String, Bytes> all() {
    return all;
  }

  /// Grows whenever anything changes.
  public long version() {
    return version;
  }

  /// Takes over what a checkpoint has. Before anybody uses it.
  void restore(SortedMap<String, Bytes> stored) {
    replace(stored);
  }

  /// A change as part of a transaction, which holds the lock of [#SLOT]; not taken back.
  public static final class Change {
    private final Libraries libraries;
    private final Tx tx;
    private final Records records;

    Change(Libraries libraries, Tx tx, Records records) {
      this.libraries = libraries;
      this.tx = tx;
      this.records = records;
    }

    /// Source by name.
    public SortedMap<String, Bytes> all() {
      return libraries.all;
    }

    /// Adds a library, or replaces the one of this name.
    ///
    /// - throws [io.karst.base.Fault.ReadOnly]; nothing has changed then.
    public void put(String name, Bytes source) {
      begin((long) name.length() + source.length());
      Bytes own = source.copy();
      SortedMap<String, Bytes> changed = new TreeMap<>(libraries.all);
      changed.put(name, own);
      libraries.replace(changed);
      end(new Effect.PutLibrary(Bytes.utf8(name), own));
    }

    /// Removes a library; whether there was one.
    ///
    /// - throws [io.karst.base.Fault.ReadOnly]; nothing has changed then.
    public boolean remove(String name) {
      if (!libraries.all.containsKey(name)) {
        return false;
      }
      begin(name.length());
      SortedMap<String, Bytes> changed = new TreeMap<>(libraries.all);
      changed.remove(name);
      libraries.replace(changed);
      end(new Effect.RemoveLibrary(Bytes.utf8(name)));
      return true;
    }

    /// Removes all.
    public void clear() {
      List<String> names = new ArrayList<>(libraries.all.keySet());
      names.forEach(this::remove);
    }

    private void begin(long size) {
      Invariant.check(!tx.revocable(), "a library cannot be taken back");
      Invariant.check(tx.reach().holds(SLOT), "libraries change without their lock");
      records.reserve(size);
    }

    private void end(Effect effect) {
      records.counters.add(Counter.CHANGES, 1);
      if (records.keepsEffects()) {
        records.effect(effect);
      }
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // Under the lock of SLOT.
  private void replace(SortedMap<String, Bytes> changed) {
    all = changed;
    version++;
  }
}
