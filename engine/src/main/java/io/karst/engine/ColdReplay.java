package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.RoughOrder;
import io.karst.history.Effect;
import io.karst.history.StreamEffect;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.lsm.Stored;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Effects of a history on keys that the disk tier may have, in order, until [#settle] applies
/// them: what the tier has of their keys is read for many of them together, about in the order of
/// the keys, so that most of its blocks are read once, and by several threads.
///
/// Of a key whose effect replaces it as a whole only the header is needed: the LSN that says
/// whether the tier is newer than the effect, and whether there is such a key, for the counts.
///
/// Thread: the one that opens the engine, before anybody else uses it.
final class ColdReplay {
  private static final int WAITING_MAX = RoughOrder.COUNT_MAX;

  private final Engine engine;
  private final Keyspace keyspace;
  private final Tx tx;
  private final Replay replay;
  private final Key[] keys = {new Key()};
  private final Key key = keys[0];

  // What waits: effects, their LSNs, and the answers of the tier to questions about their keys.
  private final List<Effect.OnKey> effects = new ArrayList<>();
  private long[] lsns = new long[1024];
  private @Nullable Stored[] answers = new @Nullable Stored[1024];
  private boolean[] answered = new boolean[1024];

  /// - `own`: a transaction that makes no effects.
  ColdReplay(Engine engine, Tx own) {
    this.engine = engine;
    this.keyspace = engine.keyspace();
    this.tx = own;
    this.replay = new Replay(own);
  }

  /// Keeps an effect for [#settle]; its bytes, and the number of its database, stay as they are
  /// until then.
  void add(long lsn, Effect.OnKey effect) {
    int index = effects.size();
    if (index == lsns.length) {
      lsns = Arrays.copyOf(lsns, 2 * index);
      answers = Arrays.copyOf(answers, 2 * index);
      answered = Arrays.copyOf(answered, 2 * index);
    }
    lsns[index] = lsn;
    effects.add(effect);
    if (effects.size() == WAITING_MAX) {
      settle();
    }
  }

  /// Applies what waits.
  void settle() {
    int count = effects.size();
    if (count == 0) {
      return;
    }
    for (int id : effects.stream().mapToInt(Effect::database).distinct().toArray()) {
      ask(id, true);
      ask(id, false);
    }
    for (int i = 0; i < count; i++) {
      apply(i);
    }
    effects.clear();
    Arrays.fill(answers, 0, count, null);
    Arrays.fill(answered, 0, count, false);
  }

  // ---- questions ----

  /// Reads what the tier has of the keys of one database that are not in memory.
  ///
  /// - `replaced`: of those that are replaced as a whole, as opposed to the others.
  private void ask(int id, boolean replaced) {
    int[] questions = inOrder(id, replaced);
    List<Bytes> asked = new ArrayList<>();
    for (int i = 0; i < questions.length; i++) {
      if (!repeats(questions, i)) {
        asked.add(effects.get(questions[i]).key());
      }
    }
    List<@Nullable Stored> found = engine.reads().getMany(id, asked, replaced);
    int next = -1;
    for (int i = 0; i < questions.length; i++) {
      next += repeats(questions, i) ? 0 : 1;
      answers[questions[i]] = found.get(next);
      answered[questions[i]] = true;
    }
  }

  /// The effects that [#ask] asks for, about in the order of their keys.
  private int[] inOrder(int id, boolean replaced) {
    int[] chosen = new int[effects.size()];
    List<Bytes> their = new ArrayList<>();
    for (int i = 0; i < chosen.length; i++) {
      Effect.OnKey effect = effects.get(i);
      if (effect.database() == id && replaces(effect) == replaced && isMissing(effect)) {
        chosen[their.size()] = i;
        their.add(effect.key());
      }
    }
    int[] order = RoughOrder.of(their);
    for (int i = 0; i < order.length; i++) {
      order[i] = chosen[order[i]];
    }
    return order;
  }

  private boolean isMissing(Effect.OnKey effect) {
    key.set(effect.key());
    key.hash(keyspace.hasher());
    Database data = keyspace.find(keyspace.indexOf(effect.database()));
    return data != null && data.find(key) == Record.NONE;
  }

  private boolean repeats(int[] questions, int i) {
    return i > 0 && effects.get(questions[i]).key().equals(effects.get(questions[i - 1]).key());
  }

  // ---- applying ----

  private void apply(int i) {
    Effect.OnKey effect = effects.get(i);
    int index = keyspace.indexOf(effect.database());
    key.set(effect.key());
    replay.begin(key, index);
    try {
      if (!passed(i, effect, index)) {
        replay.change(effect, key);
      }
    } finally {
      tx.end();
    }
  }

  /// Whether the tier has the key as it was after the effect; otherwise it is in memory now, or
  /// nowhere.
  private boolean passed(int i, Effect.OnKey effect, int index) {
    if (!tx.missing(keys, 1)) {
      return false;
    }
    Stored stored = answered[i] ? answers[i] : engine.tier().get(effect.database(), effect.key());
    if (stored != null && lsns[i] < stored.lsn()) {
      return true;
    }
    if (stored != null && replaces(effect)) {
      tx.records().residency().buryCold(index, key, stored.expires(), stored.isListed());
    } else {
      tx.records().cold().settle(index, key, stored);
    }
    return false;
  }

  /// Whether nothing of what a key was before is left after an effect.
  private static boolean replaces(Effect.OnKey effect) {
    return switch (effect) {
      case Effect.Set _, Effect.Delete _, Effect.Restore _ -> true;
      case Effect.SetRange _,
          Effect.Expire _,
          Effect.PutElement _,
          Effect.RemoveElement _,
          Effect.ExpireElement _,
          Effect.Push _,
          Effect.Pop _,
          Effect.SetAt _,
          Effect.InsertAt _,
          Effect.RemoveEqual _,
          StreamEffect _ ->
          false;
    };
  }
}
