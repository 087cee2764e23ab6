package io.karst.commands.sortedset;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.SortedSetView;
import io.karst.engine.Tx;
import java.util.List;

/// `ZCARD`, `ZCOUNT`, `ZLEXCOUNT`: how many members there are.
@AutoService(Operation.class)
public final class Count implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read("ZCARD key", "1.2.0", "Counts the members.", Count::all)
            .fast()
            .complexity("O(1)")
            .keyFlags(KeyFlag.READ_ONLY),
        read("ZCOUNT key min max", "2.0.0", "Counts members by their scores.", Count::byScore)
            .fast()
            .complexity("O(log(N)), N being the number of members"),
        read("ZLEXCOUNT key min max", "2.8.9", "Counts members of a range of names.", Count::byLex)
            .fast()
            .complexity("O(log(N)), N being the number of members"));
  }

  private static Reply all(Tx tx, Args args) {
    return Reply.of(tx.sortedSet(args.key(1)).size());
  }

  private static Reply byScore(Tx tx, Args args) {
    ScoreRange range = ScoreRange.parse(args.bytes(2), args.bytes(3));
    return Reply.of(range.in(tx.sortedSet(args.key(1))).count());
  }

  private static Reply byLex(Tx tx, Args args) {
    LexRange range = LexRange.parse(args.bytes(2), args.bytes(3));
    SortedSetView set = tx.sortedSet(args.key(1));
    return set.exists() ? Reply.of(range.in(set).count()) : Reply.ZERO;
  }
}
