package io.karst.engine;

import io.karst.base.RoughOrder;
import io.karst.engine.Replica.Cursor;
import io.karst.engine.Replica.Frame;
import io.karst.history.Effect;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.keyspace.TierCounts;
import io.karst.lsm.Stored;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Applies the frames of a history to a store, in their order and each as a whole: at its start
/// ([Recovery]), and while it follows another ([Replica]).
///
/// *What the tier has.* A checkpoint is fuzzy, and the tier may have written more than the last one
/// promised. So each key carries the LSN it reflects, and an effect that is older than that is
/// passed by. Once an effect has changed a key in memory, to a record or a tombstone, every later
/// one applies; a key that somebody else has brought into memory meanwhile, and that is as the tier
/// has it, is passed by like one that is not in memory. What a whole database went through before
/// the mapping of the last checkpoint is in that mapping.
///
/// *Cold keys.* What the tier has of keys that are not in memory is read beforehand, without any
/// lock, for many frames together ([TierQuestions]), and is true as long as nothing was dropped
/// from its slot since. If something was, it is read once more, and at last under the locks.
///
/// Thread: its owner's, who owns the transaction.
final class FrameReplay {
  /// Effects whose keys the tier is asked for together, about.
  private static final int EFFECTS_MAX = RoughOrder.COUNT_MAX;

  /// How often it is read without the locks what others drop again meanwhile.
  private static final int ROUNDS_MAX = 8;

  private final Engine engine;
  private final Keyspace keyspace;
  private final Tx tx;
  private final Replay replay;
  private final TierQuestions questions;
  private long mappingLsn;

  /// A frame, with those of its effects that are on keys.
  private record Prepared(Frame frame, List<ColdEffect> onKeys) {
    private boolean isWhole() {
      return onKeys.size() < frame.effects().size();
    }
  }

  FrameReplay(Engine engine, Tx own) {
    this.engine = engine;
    this.keyspace = engine.keyspace();
    this.tx = own;
    this.replay = new Replay(own);
    this.questions = new TierQuestions(engine);
  }

  /// What the store began with.
  void from(Baseline baseline) {
    mappingLsn = baseline.mappingLsn();
  }

  /// Applies frames.
  ///
  /// - `cursor`: is told of each, under the locks of all slots it is about, before it is applied.
  void apply(List<Frame> frames, Cursor cursor) {
    List<Prepared> window = new ArrayList<>();
    int effects = 0;
    for (Frame frame : frames) {
      Prepared prepared = prepare(frame);
      window.add(prepared);
      effects += frame.effects().size();
      if (effects >= EFFECTS_MAX || prepared.isWhole()) {
        applyWindow(window, cursor);
        effects = 0;
      }
    }
    applyWindow(window, cursor);
  }

  private static Prepared prepare(Frame frame) {
    List<ColdEffect> onKeys = new ArrayList<>(frame.effects().size());
    for (Effect effect : frame.effects()) {
      if (effect instanceof Effect.OnKey onKey) {
        onKeys.add(new ColdEffect(frame.lsn(), onKey));
      }
    }
    return new Prepared(frame, onKeys);
  }

  /// Applies some frames, of which only the last may be about whole databases.
  private void applyWindow(List<Prepared> window, Cursor cursor) {
    window.forEach(each -> questions.add(each.onKeys()));
    questions.ask();
    for (Prepared each : window) {
      apply(each, cursor);
    }
    window.clear();
  }

  private void apply(Prepared prepared, Cursor cursor) {
    List<int[][]> fresh = prepared.isWhole() ? countsOfFresh(prepared.frame()) : List.of();
    begin(prepared);
    for (int round = 0; round < ROUNDS_MAX && doubts(prepared.onKeys()); round++) {
      tx.end();
      questions.add(prepared.onKeys());
      questions.ask();
      begin(prepared);
    }
    try {
      cursor.at(prepared.frame());
      change(prepared, fresh);
    } finally {
      tx.end();
    }
  }

  private void begin(Prepared prepared) {
    tx.begin(Replay.BEFORE_ANY_EXPIRY, 0);
    tx.records().accesses.begin(engine.clock().wallMillis());
    tx.passesLimit();
    tx.waits().postpones();
    if (prepared.isWhole()) {
      tx.lockAll();
      return;
    }
    for (ColdEffect effect : prepared.onKeys()) {
      tx.slots().add(effect.key.slot());
    }
    tx.lock();
  }

  private void change(Prepared prepared, List<int[][]> fresh) {
    long lsn = prepared.frame().lsn();
    int nextOnKey = 0;
    int nextFresh = 0;
    for (Effect effect : prepared.frame().effects()) {
      switch (effect) {
        case Effect.OnKey _ -> change(prepared.onKeys().get(nextOnKey++));
        case Effect.Flush flush -> {
          int[][] counts = fresh.get(nextFresh++);
          if (!mapped(lsn)) {
            replay.changeWhole(flush);
            restore(flush.fresh(), counts);
          }
        }
        case Effect.Swap _, Effect.PutLibrary _, Effect.RemoveLibrary _ -> {
          if (!mapped(lsn)) {
            replay.changeWhole(effect);
          }
        }
      }
    }
  }

  // ---- whole databases ----

  /// Whether the mapping of the last checkpoint contains what whole databases went through at
  /// `lsn`.
  private boolean mapped(long lsn) {
    return lsn < mappingLsn;
  }

  /// What the tier has of the databases that the frame makes: it may have keys of one that no
  /// checkpoint mentions yet.
  private List<int[][]> countsOfFresh(Frame frame) {
    List<int[][]> counts = new ArrayList<>();
    for (Effect effect : frame.effects()) {
      if (effect instanceof Effect.Flush flush) {
        counts.add(engine.tiered() ? engine.tier().counts(flush.fresh()) : new int[][] {});
      }
    }
    return counts;
  }

  private void restore(int id, int[][] counts) {
    int index = keyspace.indexOf(id);
    if (engine.tiered() && index >= 0) {
      keyspace.restore(index, id, counts[0], counts[1]);
    }
  }

  // ---- keys ----

  private void change(ColdEffect effect) {
    int index = keyspace.indexOf(effect.effect.database());
    if (index < 0) {
      return; // A later flush has it.
    }
    tx.enter(index);
    if (!passed(effect, index)) {
      replay.change(effect.effect, effect.key);
    }
    effect.answer(null); // What was a value is in memory, and need not be on the heap as well.
  }

  /// Whether the tier has a key as it was after an effect; otherwise it is in memory now, or
  /// nowhere.
  private boolean passed(ColdEffect effect, int index) {
    Database data = keyspace.find(index);
    TierCounts counts = data == null ? null : data.tier();
    if (data == null || counts == null) {
      return false;
    }
    long record = find(data, effect.key);
    if (record != Record.NONE) {
      return mayBeAhead(effect, record) && effect.lsn < headerLsn(effect);
    }
    if (data.cold(effect.key.slot()) == 0) {
      return false;
    }
    Stored stored = answer(effect, counts);
    if (stored != null && effect.lsn < stored.lsn()) {
      return true;
    }
    Records records = tx.records();
    records.cold().forget(); // Nobody asks for the effects before it any more.
    if (stored != null && effect.replaces()) {
      records.residency().buryCold(index, effect.key, stored.expires(), stored.isListed());
    } else {
      records.cold().settle(index, effect.key, stored);
    }
    return false;
  }

  private long find(Database data, Key key) {
    key.hash(keyspace.hasher());
    return data.find(key);
  }

  private boolean mayBeAhead(ColdEffect effect, long record) {
    return engine.following().mayBeAhead(effect.lsn) && TierQuestions.isAsTheTierHasIt(record);
  }

  /// The LSN that the tier has of a key in memory; it may have been written to it since it was
  /// asked, but then not as of an LSN that is still to come.
  private long headerLsn(ColdEffect effect) {
    Stored header =
        effect.isAsked()
            ? effect.answer()
            : engine.tier().header(effect.effect.database(), effect.effect.key());
    return header == null ? 0 : header.lsn();
  }

  private @Nullable Stored answer(ColdEffect effect, TierCounts counts) {
    int id = effect.effect.database();
    return effect.isKnown(counts.drops(effect.key.slot()))
        ? effect.answer()
        : engine.tier().get(id, effect.effect.key());
  }

  /// Whether the tier has to be asked, or asked again, about any of some keys, which are locked.
  private boolean doubts(List<ColdEffect> effects) {
    for (ColdEffect effect : effects) {
      int index = keyspace.indexOf(effect.effect.database());
      Database data = index < 0 ? null : keyspace.find(index);
      TierCounts counts = data == null ? null : data.tier();
      if (data != null && counts != null && doubts(effect, data, counts)) {
        return true;
      }
    }
    return false;
  }

  private boolean doubts(ColdEffect effect, Database data, TierCounts counts) {
    int slot = effect.key.slot();
    boolean unknown = data.cold(slot) > 0 && !effect.isKnown(counts.drops(slot));
    if (!unknown && !engine.following().mayBeAhead(effect.lsn)) {
      return false;
    }
    long record = find(data, effect.key);
    return record == Record.NONE ? unknown : mayBeAhead(effect, record) && !effect.isAsked();
  }
}
