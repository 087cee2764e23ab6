package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.RoughOrder;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.lsm.Stored;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks the disk tier about the keys of effects that are to be applied: for many of them together,
/// about in the order of the keys, so that most of its blocks are read once, and by several
/// threads.
///
/// Of a key whose effect replaces it as a whole only the header is asked for: the LSN that says
/// whether the tier is newer than the effect, and whether there is such a key, for the counts. So
/// it is of a key in memory that is as the tier has it, as long as that may be newer.
///
/// Thread: its owner's; holds no lock when it is called, takes one slot's lock at a time.
final class TierQuestions {
  private final Engine engine;
  private final Keyspace keyspace;
  private final List<ColdEffect> forHeader = new ArrayList<>();
  private final List<ColdEffect> forValue = new ArrayList<>();

  TierQuestions(Engine engine) {
    this.engine = engine;
    this.keyspace = engine.keyspace();
  }

  /// Looks at effects, of whose keys what the tier has may matter.
  void add(List<ColdEffect> effects) {
    for (int i = 0; i < effects.size(); i++) {
      choose(effects.get(i));
    }
  }

  /// Reads what the tier has of the keys of those that were added.
  void ask() {
    ask(forHeader, true);
    ask(forValue, false);
    forHeader.clear();
    forValue.clear();
  }

  private void choose(ColdEffect effect) {
    Key key = effect.key;
    int slot = key.slot();
    Database data = find(effect);
    boolean ahead = engine.following().mayBeAhead(effect.lsn);
    if (data == null || data.tier() == null || (data.cold(slot) == 0 && !ahead)) {
      return;
    }
    key.hash(keyspace.hasher());
    keyspace.lock(slot).lock();
    try {
      long record = data.find(key);
      boolean inMemory = record != Record.NONE;
      if (inMemory ? ahead && isAsTheTierHasIt(record) : data.cold(slot) > 0) {
        effect.ask(data.counts().drops(slot));
        (inMemory || effect.replaces() ? forHeader : forValue).add(effect);
      }
    } finally {
      keyspace.lock(slot).unlock();
    }
  }

  /// Whether nothing has been done to the key of a record since it was read from the tier or
  /// written to it. Under the slot's lock.
  static boolean isAsTheTierHasIt(long record) {
    return Record.persisted(record) && !Record.dirty(record) && !Record.tombstone(record);
  }

  private @Nullable Database find(ColdEffect effect) {
    int index = keyspace.indexOf(effect.effect.database());
    return index < 0 ? null : keyspace.find(index);
  }

  private void ask(List<ColdEffect> effects, boolean headersOnly) {
    for (int from = 0; from < effects.size(); from += RoughOrder.COUNT_MAX) {
      int to = Math.min(effects.size(), from + RoughOrder.COUNT_MAX);
      List<ColdEffect> part = effects.subList(from, to);
      part.stream()
          .mapToInt(each -> each.effect.database())
          .distinct()
          .forEach(id -> ask(id, ofDatabase(part, id), headersOnly));
    }
  }

  private static List<ColdEffect> ofDatabase(List<ColdEffect> effects, int id) {
    return effects.stream().filter(each -> each.effect.database() == id).toList();
  }

  private void ask(int id, List<ColdEffect> effects, boolean headersOnly) {
    int[] order = RoughOrder.of(effects.stream().map(each -> each.effect.key()).toList());
    List<Bytes> keys = new ArrayList<>();
    for (int at : order) {
      Bytes key = effects.get(at).effect.key();
      if (keys.isEmpty() || !key.equals(keys.getLast())) {
        keys.add(key);
      }
    }
    List<@Nullable Stored> found = engine.reads().getMany(id, keys, headersOnly);
    int next = -1;
    for (int at : order) {
      ColdEffect effect = effects.get(at);
      if (next < 0 || !keys.get(next).equals(effect.effect.key())) {
        next++;
      }
      effect.answer(found.get(next));
    }
  }
}
