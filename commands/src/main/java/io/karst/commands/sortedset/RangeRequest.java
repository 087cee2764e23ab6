package io.karst.commands.sortedset;

import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.ScoreSource;
import io.karst.engine.ScoreVisitor;
import io.karst.engine.SortedSetView;
import org.jspecify.annotations.Nullable;

/// What `ZRANGE` and its relatives ask for: a range by rank, score or name, in either direction,
/// and which part of it. Read whole before the set is looked at.
final class RangeRequest {
  /// How the two bounds are to be read.
  enum By {
    RANK,
    SCORE,
    LEX
  }

  private final By by;
  private final boolean reverse;
  private @Nullable ScoreRange scores;
  private @Nullable LexRange names;
  private @Nullable RankRange ranks;
  private long offset;
  private long count = Long.MAX_VALUE;
  private boolean withScores;

  private RangeRequest(By by, boolean reverse) {
    this.by = by;
    this.reverse = reverse;
  }

  /// The words of `ZRANGE` from `from` on: two bounds, `[BYSCORE | BYLEX] [REV]
  /// [LIMIT offset count] [WITHSCORES]`.
  ///
  /// - `stores`: whether the result is stored, so that there is no `WITHSCORES`.
  static RangeRequest readAny(Args args, int from, boolean stores) {
    By by = By.RANK;
    boolean reverse = false;
    for (int i = from + 2; i < args.count(); i++) {
      if (by == By.RANK && args.is(i, "BYSCORE")) {
        by = By.SCORE;
      } else if (by == By.RANK && args.is(i, "BYLEX")) {
        by = By.LEX;
      } else if (!reverse && args.is(i, "REV")) {
        reverse = true;
      } else if (isKind(args, i)) {
        throw CommandException.syntax();
      }
    }
    return new RangeRequest(by, reverse).read(args, from, stores, true);
  }

  /// The words of one of the older commands, each of which has one kind of range and direction.
  static RangeRequest read(Args args, By by, boolean reverse) {
    return new RangeRequest(by, reverse).read(args, 2, false, false);
  }

  private static boolean isKind(Args args, int index) {
    return args.is(index, "BYSCORE") || args.is(index, "BYLEX") || args.is(index, "REV");
  }

  private RangeRequest read(Args args, int from, boolean stores, boolean any) {
    boolean limited = false;
    for (int i = from + 2; i < args.count(); i++) {
      if (args.is(i, "WITHSCORES") && !stores) {
        withScores = true;
      } else if (args.is(i, "LIMIT") && i + 2 < args.count()) {
        offset = args.int64(i + 1);
        long limit = args.int64(i + 2);
        count = limit < 0 ? Long.MAX_VALUE : limit;
        limited = limit != -1;
        i += 2;
      } else if (!any || !isKind(args, i)) {
        throw CommandException.syntax();
      }
    }
    if (limited && by == By.RANK) {
      throw CommandException.err(
          "syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX");
    }
    if (withScores && by == By.LEX) {
      throw CommandException.err(
          "syntax error, WITHSCORES not supported in combination with BYLEX");
    }
    if (by == By.RANK) {
      offset = 0; // That of `LIMIT offset -1`, which is no limit.
    }
    readBounds(args, from);
    return this;
  }

  private void readBounds(Args args, int from) {
    // By score or name, the bound that comes first is where the range begins.
    int low = reverse ? from + 1 : from;
    int high = reverse ? from : from + 1;
    switch (by) {
      case RANK -> ranks = new RankRange(args.int64(from), args.int64(from + 1));
      case SCORE -> scores = ScoreRange.parse(args.bytes(low), args.bytes(high));
      case LEX -> names = LexRange.parse(args.bytes(low), args.bytes(high));
    }
  }

  boolean withScores() {
    return withScores;
  }

  /// Shows the members asked for, each by a view that lasts.
  ///
  /// - throws [io.karst.engine.LongWorkException].
  void visit(SortedSetView set, ScoreVisitor visitor) {
    Found found = in(set);
    set.range(found.from, found.count, reverse, visitor);
  }

  /// The members asked for, to be shown when the reply is written.
  Found in(SortedSetView set) {
    Ranks ranks = set.exists() ? ranksIn(set) : Ranks.NONE;
    long left = offset < 0 ? 0 : Math.clamp(ranks.count() - offset, 0, count);
    long from = reverse ? ranks.to() - 1 - offset : ranks.from() + offset;
    return new Found(set, from, left, reverse);
  }

  /// `count` members of a set, perhaps none, from a rank on.
  record Found(SortedSetView set, long from, long count, boolean reverse) implements ScoreSource {
    @Override
    public int size() {
      return Math.toIntExact(count);
    }

    @Override
    public boolean isLong() {
      return set.isLong(count);
    }

    @Override
    public void forEach(ScoreVisitor visitor) {
      set.list(from, count, reverse, visitor);
    }
  }

  private Ranks ranksIn(SortedSetView set) {
    if (scores != null) {
      return scores.in(set);
    }
    if (names != null) {
      return names.in(set);
    }
    return ranks == null ? Ranks.NONE : ranks.in(set, reverse);
  }
}
