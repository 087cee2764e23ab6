package io.karst.commands.sortedset;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.WordBatch;
import io.karst.engine.SortedSetView;
import io.karst.engine.Tx;
import java.util.ArrayList;
import java.util.List;

/// `ZREM`, `ZREMRANGEBYRANK`, `ZREMRANGEBYSCORE`, `ZREMRANGEBYLEX`: remove members, and count them.
@AutoService(Operation.class)
public final class Remove implements Operation {
  private static final String RANGE_COMPLEXITY =
      "O(log(N)+M), N being the number of members and M that of those removed";

  @Override
  public List<Command> commands() {
    return List.of(
        write("ZREM key member [member ...]", "1.2.0", "Removes members.", Remove::remove)
            .fast()
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.DELETE)
            .complexity("O(log(N)) for each member, N being the number of all")
            .history("2.4.0", "Takes several members."),
        write(
                "ZREMRANGEBYRANK key start stop",
                "2.0.0",
                "Removes members by their ranks.",
                Remove::byRank)
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.DELETE)
            .complexity(RANGE_COMPLEXITY),
        write(
                "ZREMRANGEBYSCORE key min max",
                "1.2.0",
                "Removes members by their scores.",
                Remove::byScore)
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.DELETE)
            .complexity(RANGE_COMPLEXITY),
        write(
                "ZREMRANGEBYLEX key min max",
                "2.8.9",
                "Removes members of a range of names.",
                Remove::byLex)
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.DELETE)
            .complexity(RANGE_COMPLEXITY));
  }

  private static Reply remove(Tx tx, Args args) {
    SortedSetView set = tx.sortedSetForUpdate(args.key(1));
    return set.exists() ? Reply.of(set.removeEach(WordBatch.rest(args, 2, 1))) : Reply.ZERO;
  }

  private static Reply byRank(Tx tx, Args args) {
    RankRange range = new RankRange(args.int64(2), args.int64(3));
    SortedSetView set = tx.sortedSetForUpdate(args.key(1));
    return remove(set, range.in(set, false));
  }

  private static Reply byScore(Tx tx, Args args) {
    ScoreRange range = ScoreRange.parse(args.bytes(2), args.bytes(3));
    SortedSetView set = tx.sortedSetForUpdate(args.key(1));
    return remove(set, range.in(set));
  }

  private static Reply byLex(Tx tx, Args args) {
    LexRange range = LexRange.parse(args.bytes(2), args.bytes(3));
    SortedSetView set = tx.sortedSetForUpdate(args.key(1));
    if (!set.exists()) {
      return Reply.ZERO;
    }
    return remove(set, range.in(set));
  }

  private static Reply remove(SortedSetView set, Ranks ranks) {
    if (ranks.count() == 0) {
      return Reply.ZERO;
    }
    if (ranks.count() == set.size()) {
      set.removeAll();
      return Reply.of(ranks.count());
    }
    List<Bytes> members = new ArrayList<>();
    set.range(ranks.from(), ranks.count(), false, (member, score) -> members.add(member.copy()));
    return Reply.of(set.removeEach(new Members(members)));
  }
}
