package io.karst.commands.generic;

import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Reach;
import io.karst.keyspace.Key;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The options of `SORT`; of one given twice the last holds, of `GET` all do.
///
/// - `by`: what says the weight of an element, or null.
/// - `gets`: what is answered for each element; nothing: the element.
/// - `count`: negative for all.
/// - `target`: where to store the result, or null.
record SortOptions(
    @Nullable SortPattern by,
    List<SortPattern> gets,
    long offset,
    long count,
    boolean descending,
    boolean alphabetic,
    @Nullable Key target) {

  /// - `stores`: whether it may be asked for.
  static SortOptions read(Args args, boolean stores) {
    SortPattern by = null;
    List<SortPattern> gets = new ArrayList<>();
    long offset = 0;
    long count = -1;
    boolean descending = false;
    boolean alphabetic = false;
    Key target = null;
    for (int i = 2; i < args.count(); i++) {
      int left = args.count() - i - 1;
      if (args.is(i, "ASC") || args.is(i, "DESC")) {
        descending = args.is(i, "DESC");
      } else if (args.is(i, "ALPHA")) {
        alphabetic = true;
      } else if (args.is(i, "LIMIT") && left >= 2) {
        offset = args.int64(i + 1);
        count = args.int64(i + 2);
        i += 2;
      } else if (stores && args.is(i, "STORE") && left >= 1) {
        target = args.key(++i);
      } else if (args.is(i, "BY") && left >= 1) {
        by = new SortPattern(args.bytes(++i));
      } else if (args.is(i, "GET") && left >= 1) {
        gets.add(new SortPattern(args.bytes(++i)));
      } else {
        throw CommandException.syntax();
      }
    }
    return new SortOptions(by, gets, offset, count, descending, alphabetic, target);
  }

  /// Whether the elements stay in their own order: `BY` names no key of theirs.
  boolean leavesOrder() {
    return by != null && !by.hasStar();
  }

  /// Whether words may name keys that no key specification can tell: every slot is locked then.
  static boolean namesOtherKeys(Args args) {
    return pattern(args) != 0 || targets(args) > 1;
  }

  /// What a user is told to whom not all keys are open to read; null if no pattern names any.
  static @Nullable String refusalOfPatterns(Args args) {
    int at = pattern(args);
    if (at == 0) {
      return null;
    }
    String option = args.is(at, "BY") ? "BY" : "GET";
    return "ERR " + option + " option of SORT denied due to insufficient ACL permissions.";
  }

  /// What a user is told to whom not all keys are open; null if there is at most one place to store
  /// to: of several it is not known beforehand which holds.
  static @Nullable String refusalOfTargets(Args args) {
    return targets(args) > 1 ? Reach.NO_PERMISSION : null;
  }

  /// The index of an option whose pattern names keys; 0 if there is none.
  private static int pattern(Args args) {
    for (int i = 2; i + 1 < args.count(); i++) {
      if ((args.is(i, "BY") || args.is(i, "GET")) && SortPattern.hasStar(args.bytes(i + 1))) {
        return i;
      }
    }
    return 0;
  }

  private static int targets(Args args) {
    int targets = 0;
    for (int i = 2; i + 1 < args.count(); i++) {
      targets += args.is(i, "STORE") ? 1 : 0;
    }
    return targets;
  }
}
