package io.karst.commands.sortedset;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.engine.ElementBatch;
import io.karst.engine.SortedSetView;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.value.Scores;

/// The words between the key of `ZADD` and its scores.
///
/// - `onlyNew`, `onlyOld`: `NX`, `XX`; `onlyUp`, `onlyDown`: `GT`, `LT`.
/// - `from`: the index of the first score.
public record AddOptions(
    boolean onlyNew,
    boolean onlyOld,
    boolean onlyUp,
    boolean onlyDown,
    boolean countsChanges,
    boolean increments,
    int from) {
  static final AddOptions ANY = new AddOptions(false, false, false, false, false, true, 0);

  static AddOptions read(Args args) {
    boolean nx = false;
    boolean xx = false;
    boolean gt = false;
    boolean lt = false;
    boolean ch = false;
    boolean incr = false;
    int i = 2;
    for (; i < args.count(); i++) {
      if (args.is(i, "NX")) {
        nx = true;
      } else if (args.is(i, "XX")) {
        xx = true;
      } else if (args.is(i, "GT")) {
        gt = true;
      } else if (args.is(i, "LT")) {
        lt = true;
      } else if (args.is(i, "CH")) {
        ch = true;
      } else if (args.is(i, "INCR")) {
        incr = true;
      } else {
        break;
      }
    }
    int words = args.count() - i;
    if (words == 0 || words % 2 != 0) {
      throw CommandException.syntax();
    }
    AddOptions options = new AddOptions(nx, xx, gt, lt, ch, incr, i);
    options.check(words / 2);
    return options;
  }

  private void check(int members) {
    if (onlyNew && onlyOld) {
      throw CommandException.err("XX and NX options at the same time are not compatible");
    }
    if ((onlyUp && onlyNew) || (onlyDown && onlyNew) || (onlyUp && onlyDown)) {
      throw CommandException.err("GT, LT, and/or NX options at the same time are not compatible");
    }
    if (increments && members > 1) {
      throw CommandException.err("INCR option supports a single increment-element pair");
    }
  }

  /// Gives members scores, all or none; returns how many are new or, if that is asked for, how many
  /// have changed.
  ///
  /// - `members`: the member at an index gets the score at that index; values are not looked at.
  /// - throws [io.karst.base.Fault.ReadOnly]; nothing has changed then.
  public long put(Tx tx, SortedSetView set, Key key, ElementBatch members, double[] scores) {
    long size = 0;
    for (int i = 0; i < scores.length; i++) {
      size += key.bytes().length() + members.element(i).length() + Scores.SIZE;
    }
    tx.values().reserve(scores.length, size);
    long added = 0;
    long changed = 0;
    for (int i = 0; i < scores.length; i++) {
      Bytes member = members.element(i);
      double before = set.score(member);
      if (allows(before, scores[i]) && before != scores[i]) {
        set.put(member, scores[i]);
        added += Double.isNaN(before) ? 1 : 0;
        changed++;
      }
    }
    return countsChanges ? changed : added;
  }

  /// Whether a member may get a score.
  ///
  /// - `before`: the one it has, NaN if it is new.
  boolean allows(double before, double after) {
    if (Double.isNaN(before)) {
      return !onlyOld;
    }
    return !onlyNew && !(onlyUp && after <= before) && !(onlyDown && after >= before);
  }
}
