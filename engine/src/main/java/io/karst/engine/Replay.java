package io.karst.engine;

import io.karst.base.Invariant;
import io.karst.history.Effect;
import io.karst.history.StreamEffect;
import io.karst.keyspace.Key;
import io.karst.value.RdbType;
import io.karst.value.Scores;
import io.karst.value.ValueType;
import java.util.Objects;
import java.util.function.Consumer;

/// Applies effects to an engine: how a history becomes a state again.
///
/// Effects apply as they are, with a clock that stands at the beginning of time: what was due when
/// the history was made was deleted by an effect of its own.
///
/// Thread: the caller's, who owns the transaction.
public final class Replay {
  static final long BEFORE_ANY_EXPIRY = 0;

  private final Tx tx;

  public Replay(Tx tx) {
    this.tx = tx;
  }

  /// Applies one effect, in a transaction of its own.
  public void apply(Effect effect) {
    tx.begin(BEFORE_ANY_EXPIRY, 0);
    if (effect instanceof Effect.OnKey onKey) {
      Key key = Key.of(onKey.key());
      tx.slots().add(key.slot());
      tx.lock();
      runAndEnd(() -> {
        int index = tx.keyspace().indexOf(onKey.database());
        if (index >= 0) { // Else a later flush has it.
          tx.enter(index);
          change(onKey, key);
        }
      });
    } else {
      tx.lockAll();
      runAndEnd(() -> changeWhole(effect));
    }
  }

  private void runAndEnd(Runnable change) {
    try {
      change.run();
    } finally {
      tx.end();
    }
  }

  /// Applies an effect on whole databases or on libraries in the transaction that goes on, which
  /// holds all locks.
  void changeWhole(Effect effect) {
    switch (effect) {
      case Effect.Flush flush -> tx.all().flush(index(flush.database()), flush.fresh());
      case Effect.Swap swap -> tx.all().swap(index(swap.database()), index(swap.other()));
      case Effect.PutLibrary put -> tx.libraries().put(put.name().utf8(), put.source());
      case Effect.RemoveLibrary remove -> {
        var _ = tx.libraries().remove(remove.name().utf8());
      }
      case Effect.OnKey onKey -> throw Invariant.violated("an effect on the key " + onKey.key());
    }
  }

  /// Applies an effect on a key in the transaction that goes on, which holds the lock of its slot.
  void change(Effect.OnKey effect, Key key) {
    switch (effect) {
      case Effect.Set set -> tx.putString(key, set.value(), set.expiryMillis());
      case Effect.SetRange range -> tx.setRange(key, range.offset(), range.bytes());
      case Effect.Expire expire -> expire(key, expire.expiryMillis());
      case Effect.Delete _ -> tx.delete(key);
      case Effect.PutElement put -> putElement(put, key);
      case Effect.RemoveElement remove -> ofElements(key, all -> all.remove(remove.element()));
      case Effect.ExpireElement expire -> ofElements(key, all -> expire(all, expire));
      case Effect.Push push -> push(push, key);
      case Effect.Pop pop -> ofList(key, list -> pop(list, pop));
      case Effect.SetAt set -> ofList(key, list -> set(list, set));
      case Effect.InsertAt insert -> ofList(key, list -> insert(list, insert));
      case Effect.RemoveEqual remove ->
          ofList(
              key, list -> list.removeEqual(remove.fromHead(), remove.count(), remove.element()));
      case StreamEffect stream -> StreamReplay.change(tx, stream, key);
      case Effect.Restore restore ->
          tx.values().restore(key, form(restore), restore.payload(), restore.expiryMillis());
    }
  }

  private void putElement(Effect.PutElement put, Key key) {
    ValueType type = ValueType.of(put.type());
    if (tx.type(key) != type) {
      tx.delete(key); // What is to come of this history replaces it as a whole.
    }
    switch (type) {
      case HASH -> tx.hashForUpdate(key).put(put.element(), put.value(), put.expiryMillis());
      case SET -> {
        SetView set = tx.setForUpdate(key);
        if (!set.add(put.element(), put.expiryMillis())) {
          set.expire(put.element(), put.expiryMillis());
        }
      }
      case SORTED_SET -> {
        SortedSetView set = tx.sortedSetForUpdate(key);
        set.put(put.element(), Scores.ofBytes(put.value()));
        set.expire(put.element(), put.expiryMillis());
      }
      case STRING, LIST, STREAM -> throw Invariant.violated("an element of a " + type.redisName());
    }
  }

  private void push(Effect.Push push, Key key) {
    if (tx.type(key) != ValueType.LIST) {
      tx.delete(key); // As with an element of another type.
    }
    tx.listForUpdate(key).push(push.atHead(), push.elements());
  }

  private static void pop(ListView list, Effect.Pop pop) {
    if (pop.count() > 0) {
      list.drop(pop.atHead(), Math.min(pop.count(), list.size()));
    }
  }

  private static void set(ListView list, Effect.SetAt set) {
    if (set.index() < list.size()) {
      list.set(set.index(), set.element());
    }
  }

  private static void insert(ListView list, Effect.InsertAt insert) {
    if (insert.index() < list.size()) {
      list.insert(insert.index(), insert.element());
    }
  }

  private void ofList(Key key, Consumer<ListView> change) {
    if (tx.type(key) == ValueType.LIST) {
      change.accept(tx.listForUpdate(key));
    }
  }

  private static RdbType form(Effect.Restore restore) {
    RdbType form = RdbType.of(restore.form());
    if (form == null) {
      throw Invariant.violated("a value of a form there is none of");
    }
    return form;
  }

  private static void expire(Elements elements, Effect.ExpireElement effect) {
    if (elements.contains(effect.element())) {
      elements.expire(effect.element(), effect.expiryMillis());
    }
  }

  private void ofElements(Key key, Consumer<Elements> change) {
    ValueType type = tx.type(key);
    if (type == ValueType.HASH || type == ValueType.SET || type == ValueType.SORTED_SET) {
      change.accept(Objects.requireNonNull(tx.values().elementsForUpdate(key)));
    }
  }

  private void expire(Key key, long expiryMillis) {
    if (tx.exists(key)) {
      tx.expire(key, expiryMillis);
    }
  }

  private int index(int id) {
    return tx.keyspace().indexOf(id);
  }
}
