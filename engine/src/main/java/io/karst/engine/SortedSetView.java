package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Limits;
import io.karst.history.Effect;
import io.karst.keyspace.Key;
import io.karst.memory.EntryVisitor;
import io.karst.memory.OrderedIndex;
import io.karst.memory.Packed;
import io.karst.memory.PackedEntries;
import io.karst.memory.Record;
import io.karst.memory.RecordView;
import io.karst.value.ElementTable;
import io.karst.value.Encodings;
import io.karst.value.Scores;
import io.karst.value.ValueType;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The sorted set at a key, or none: its members in the order of their scores and, where those are
/// equal, of their bytes. A *rank* is a place in that order, from 0 on. See [Elements]; a small one
/// is packed as [PackedScores] says.
public final class SortedSetView extends Elements {
  private static final int STRIDE = 2;

  private final Encodings encodings;

  SortedSetView(Records records, Encodings encodings, int database, Key key, long found) {
    super(records, database, key, ValueType.SORTED_SET, found);
    this.encodings = encodings;
  }

  /// The score of a member, NaN if there is no such member.
  public double score(Bytes member) {
    if (record == Record.NONE) {
      return Double.NaN;
    }
    ElementTable members = table;
    if (members != null) {
      long found = find(members, member);
      return found == Record.NONE ? Double.NaN : scoreOf(found);
    }
    int at = position(member, STRIDE);
    return at == Packed.NONE ? Double.NaN : PackedScores.at(record, Packed.next(record, at));
  }

  /// Gives a member, which may be new, a score; it keeps its expiry. Whether it is new.
  ///
  /// - `score`: not NaN.
  public boolean put(Bytes member, double score) {
    records.reserve((long) key.bytes().length() + member.length() + Scores.SIZE);
    boolean isNew;
    if (table == null) {
      int at = record == Record.NONE ? Packed.NONE : position(member, STRIDE);
      isNew = at == Packed.NONE;
      if (at != Packed.NONE) {
        movePacked(at, member, score);
      } else if (size() < encodings.sortedSetEntriesMax()
          && member.length() <= encodings.sortedSetValueMax()) {
        addPacked(member, score);
      } else {
        isNew = put(toTable(), member, score);
      }
    } else {
      isNew = put(table, member, score);
    }
    if (records.keepsEffects()) {
      int code = ValueType.SORTED_SET.code();
      records.pin(member);
      records.effect(
          record,
          new Effect.PutElement(
              id(), key.bytes(), code, member, Scores.bytes(score), expiry(member)));
    }
    return isNew;
  }

  private boolean put(ElementTable members, Bytes member, double score) {
    long hash = members.hash(member);
    long found = members.find(hash, member);
    if (found == Record.NONE || Record.due(found, records.now())) {
      return put(members, hash, found, member, Scores.bytes(score), Record.NO_EXPIRY);
    }
    members.score(records.magazine(), found, score);
    records.accesses.wrote(record);
    records.dirty(database, key, record);
    return false;
  }

  private void addPacked(Bytes member, double score) {
    PackedEntries fresh = records.packed.entries();
    PackedScores.add(fresh, member, score);
    if (record == Record.NONE) {
      at(records.packed.create(database, key, ValueType.SORTED_SET, fresh));
    } else {
      edit(placeOf(member, score), 0, 0, fresh);
    }
  }

  /// Gives the member at a position another score, and its place.
  private void movePacked(int at, Bytes member, double score) {
    int scoreAt = Packed.next(record, at);
    if (Double.compare(PackedScores.at(record, scoreAt), score) == 0) {
      return;
    }
    int behind = scoreAt + Packed.size(record, scoreAt);
    int place = placeOf(member, score);
    PackedEntries fresh = records.packed.entries();
    PackedScores.add(fresh, member, score);
    if (place == at || place == behind) {
      edit(at, behind - at, STRIDE, fresh);
    } else {
      int shift = place < at ? fresh.size() : 0;
      edit(place, 0, 0, fresh); // In first: that may fail.
      at(records.packed.cut(database, key, record, at + shift, behind - at, STRIDE));
    }
  }

  /// The position before which a member of a score belongs.
  private int placeOf(Bytes member, double score) {
    int at = Packed.first(record);
    while (at != Packed.NONE && PackedScores.before(record, at, score, member)) {
      at = Packed.next(record, Packed.next(record, at));
    }
    return at == Packed.NONE ? Packed.end(record) : at;
  }

  /// The rank of a member, -1 if there is no such member.
  public long rank(Bytes member) {
    if (record == Record.NONE) {
      return -1;
    }
    ElementTable members = table;
    if (members != null) {
      long found = find(members, member);
      return found == Record.NONE
          ? -1
          : seenOf(members.order().indexOf(Scores.rank(scoreOf(found)), found));
    }
    PackedEntries needle = records.packed.entries().add(member);
    int wanted = Packed.find(record, Packed.first(record), needle, STRIDE);
    long rank = 0;
    for (int at = Packed.first(record); wanted != Packed.NONE && at < wanted; rank++) {
      at = Packed.next(record, Packed.next(record, at));
    }
    return wanted == Packed.NONE ? -1 : rank;
  }

  /// The number of members whose score is less than `score` or, if `inclusive`, not greater: the
  /// rank of the first of the others.
  public long below(double score, boolean inclusive) {
    if (record == Record.NONE) {
      return 0;
    }
    if (table != null) {
      OrderedIndex order = table.order();
      long rank = Scores.rank(score);
      return seenOf(inclusive ? order.upperBound(rank) : order.lowerBound(rank, null));
    }
    long below = 0;
    int at = Packed.first(record);
    while (at != Packed.NONE) {
      int scoreAt = Packed.next(record, at);
      double own = PackedScores.at(record, scoreAt);
      if (inclusive ? own > score : own >= score) {
        break;
      }
      below++;
      at = Packed.next(record, scoreAt);
    }
    return below;
  }

  /// As [#below(double, boolean)], of members, all of which have the same score; if they have not,
  /// the answer means nothing.
  public long below(Bytes member, boolean inclusive) {
    if (record == Record.NONE) {
      return 0;
    }
    if (table != null) {
      OrderedIndex order = table.order();
      long rank = order.rankAt(rankOfAll(0));
      return seenOf(inclusive ? order.upperBound(rank, member) : order.lowerBound(rank, member));
    }
    long below = 0;
    int at = Packed.first(record);
    while (at != Packed.NONE) {
      int order = PackedScores.compare(record, at, member);
      if (inclusive ? order > 0 : order >= 0) {
        break;
      }
      below++;
      at = Packed.next(record, Packed.next(record, at));
    }
    return below;
  }

  /// How many of the first members are seen.
  private long seenOf(long first) {
    return hidden == null ? first : hidden.seenOf(first);
  }

  /// The rank among all members of one that has a rank among those that are seen.
  private long rankOfAll(long rank) {
    return hidden == null ? rank : hidden.rankOfAll(rank);
  }

  /// Shows members in their order.
  ///
  /// - `from`: the rank of the first that is shown.
  /// - `count`: at most how many; fewer if there are no more.
  /// - `reverse`: whether to go towards rank 0.
  public void range(long from, long count, boolean reverse, ScoreVisitor visitor) {
    if (isInside(from, count)) {
      records.brevity.weigh(reverse ? Math.min(count, from + 1) : Math.min(count, size() - from));
      records.viewed();
      show(from, count, reverse, null, visitor);
    }
  }

  /// As [#range], for a reply: what is shown is good during the call only, and there may be more
  /// than an event loop should show ([#isLong]).
  public void list(long from, long count, boolean reverse, ScoreVisitor visitor) {
    if (isInside(from, count)) {
      show(from, count, reverse, new RecordView(), visitor);
    }
  }

  /// Whether so many members are more than an event loop should show.
  public boolean isLong(long count) {
    long most = Math.min(count, size());
    return most > Limits.LOOP_ELEMENTS_MAX
        || (most > 0 && most * (listing().bytes() / size()) > Limits.LOOP_SIZE_MAX);
  }

  private boolean isInside(long from, long count) {
    return record != Record.NONE && from >= 0 && from < size() && count > 0;
  }

  /// - `view`: what to show all members through, null for a view of each.
  private void show(
      long from, long count, boolean reverse, @Nullable RecordView view, ScoreVisitor visitor) {
    if (table != null) {
      showSeen(
          table.order(),
          from,
          count,
          reverse,
          (rank, member) -> {
            if (view == null) {
              visitor.visit(Record.key(member), scoreOf(member));
            } else {
              view.move(member);
              visitor.visit(view.key(), Scores.ofBytes(view.value()));
            }
            return true;
          });
      return;
    }
    int at = Packed.at(record, (int) from * STRIDE);
    for (long left = count; left > 0 && at != Packed.NONE; left--) {
      int scoreAt = Packed.next(record, at);
      visitor.visit(Packed.get(record, at), PackedScores.at(record, scoreAt));
      at = reverse ? beforeThis(at) : Packed.next(record, scoreAt);
    }
  }

  private void showSeen(
      OrderedIndex order, long from, long count, boolean reverse, EntryVisitor visitor) {
    if (hidden == null) {
      var _ = order.visit(from, count, reverse, visitor);
      return;
    }
    long[] left = {count};
    var _ =
        order.visit(
            rankOfAll(from),
            Long.MAX_VALUE,
            reverse,
            (rank, member) ->
                Record.due(member, records.now())
                    || (visitor.visit(rank, member) && --left[0] > 0));
  }

  /// Takes out the member at a rank, after it was shown.
  ///
  /// - `rank`: 0 to `size() - 1`.
  public void take(long rank, ScoreVisitor visitor) {
    ElementTable members = table;
    if (members == null) {
      int at = Packed.at(record, (int) rank * STRIDE);
      Bytes member = Packed.get(record, at).copy(); // No view, so that it is edited in place.
      visitor.visit(member, PackedScores.at(record, Packed.next(record, at)));
      removePacked(at, member);
      return;
    }
    long found = members.order().recordAt(rankOfAll(rank));
    visitor.visit(Record.key(found), scoreOf(found));
    removeFrom(members, members.hashOf(found), found);
  }

  private int beforeThis(int at) {
    int score = Packed.previous(record, at);
    return score == Packed.NONE ? score : Packed.previous(record, score);
  }

  /// Shows all members, in whatever order. The visitor changes nothing.
  public void forEachScore(ScoreVisitor visitor) {
    if (table != null) {
      forEach((member, score) -> visitor.visit(member, Scores.ofBytes(score)));
    } else {
      range(0, Long.MAX_VALUE, false, visitor);
    }
  }

  /// Shows a member chosen at random, each with the same chance; there is one.
  public void random(RandomGenerator random, ScoreVisitor visitor) {
    range(random.nextInt(size()), 1, false, visitor);
  }

  private static double scoreOf(long member) {
    return Scores.ofBytes(Record.value(member));
  }

  @Override
  int packedCount() {
    return Packed.count(record) / STRIDE;
  }

  @Override
  int packedFind(Bytes member) {
    return position(member, STRIDE);
  }

  @Override
  Bytes packedElement(int index) {
    records.viewed();
    return Packed.get(record, Packed.at(record, STRIDE * index));
  }

  @Override
  void showPacked(int index, ElementVisitor visitor) {
    range(index, 1, false, (member, score) -> visitor.visit(member, Scores.bytes(score)));
  }

  @Override
  void removePackedAt(int at) {
    int size = Packed.size(record, at);
    edit(at, size + Packed.size(record, at + size), STRIDE, records.packed.entries());
  }

  @Override
  void forEachPacked(ElementVisitor visitor) {
    range(0, Long.MAX_VALUE, false, (member, score) -> visitor.visit(member, Scores.bytes(score)));
  }
}
