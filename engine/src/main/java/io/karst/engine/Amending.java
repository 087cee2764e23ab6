package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.history.Effect;
import io.karst.history.KeyEffects;
import io.karst.history.StreamEffect;
import io.karst.lsm.Amended;
import io.karst.lsm.Stored;
import io.karst.memory.Record;
import io.karst.value.Amendments;
import io.karst.value.LargeValue;
import io.karst.value.NodeList;

/// Large values whose changes the disk tier gets, instead of the whole of them again and again.
///
/// *Invariant.* As long as a value has [Amendments], what the tier has of it as a whole, with the
/// parts that the tier has and the one that is in memory, is the value. So they begin when the tier
/// gets the value whole, or when the value is read from there; every effect on it is added; and
/// they are forgotten when anything goes wrong, when a change makes no effect, and when they have
/// grown to a [#SHARE] of the value: the next checkpoint writes it whole then.
///
/// *Cost.* A second encoding of each effect on such a value, nothing for any other; in memory no
/// more than that share of it, and between checkpoints about a sixteenth of the least such value.
///
/// Thread: its transaction's, under the locks of the keys it is given.
final class Amending {
  /// Amendments are worth keeping up to this part of a value.
  private static final int SHARE = 4;

  /// A part is finished at this share of the size from which on values are amended.
  private static final int PART_SHARE = 4;

  /// Nodes of a list that are counted through in the time in which a byte of it is read.
  private static final int NODES_PER_BYTE = 8;

  private final Engine engine;
  private final Records records;
  private final KeyEffects effects = new KeyEffects();

  Amending(Engine engine, Records records) {
    this.engine = engine;
    this.records = records;
  }

  /// Notes that the tier gets, or has, a value whole.
  ///
  /// - `size`: that of its payload.
  void begin(LargeValue value, long baseLsn, int size) {
    if (size >= engine.amendedFrom()) {
      value.amend(records.magazine(), new Amendments(baseLsn, 0, size / SHARE));
    } else {
      forget(value);
    }
  }

  /// Goes on with a value that has been read from the tier.
  void resume(LargeValue value, Stored stored) {
    Amended amended = stored.amended();
    if (amended == null || stored.payload().length() < engine.amendedFrom()) {
      begin(value, stored.lsn(), stored.payload().length());
      return;
    }
    long room = stored.payload().length() / SHARE - amended.size();
    Bytes last = amended.parts().isEmpty() ? Bytes.EMPTY : amended.parts().getLast();
    boolean goesOn = !last.isEmpty() && last.length() < partSize();
    int finished = amended.count() - (goesOn ? 1 : 0);
    Amendments amendments =
        new Amendments(amended.baseLsn(), finished, room + (goesOn ? last.length() : 0));
    try {
      if (goesOn) {
        int at = amendments.add(records.magazine(), last.length(), 0);
        Record.write(amendments.part(), at, last);
      }
      value.amend(records.magazine(), amendments);
    } catch (Fault.OutOfMemory full) {
      forget(value); // It is written whole, then.
    }
  }

  /// Adds an effect on a value that has just happened to what the tier has to learn.
  void note(LargeValue value, Effect.OnKey effect) {
    Amendments amendments = value.amendments();
    if (amendments == null) {
      return;
    }
    long size = effects.size(effect);
    long effort = effort(value, effect);
    if (!amendments.takes(size, effort)) {
      forget(value);
      return;
    }
    try {
      int at = amendments.add(records.magazine(), (int) size, effort);
      effects.write(effect, amendments.part(), at);
    } catch (Fault.OutOfMemory full) {
      forget(value);
    }
  }

  /// Lets the next checkpoint write a value whole.
  void forget(LargeValue value) {
    value.amend(records.magazine(), null);
  }

  /// From what size on a part is finished.
  int partSize() {
    return engine.amendedFrom() / PART_SHARE;
  }

  /// What an effect costs to apply beyond reading it, as [Amendments#takes] counts it.
  private static long effort(LargeValue value, Effect.OnKey effect) {
    return switch (effect) {
      case Effect.SetAt _, Effect.InsertAt _ -> ((NodeList) value).nodes() / NODES_PER_BYTE;
      case Effect.RemoveEqual _ -> value.bytes();
      case Effect.Set _,
          Effect.SetRange _,
          Effect.Expire _,
          Effect.Delete _,
          Effect.Restore _,
          Effect.PutElement _,
          Effect.RemoveElement _,
          Effect.ExpireElement _,
          Effect.Push _,
          Effect.Pop _,
          StreamEffect _ ->
          0;
    };
  }
}
