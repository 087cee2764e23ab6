package io.karst.commands.sortedset;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.SortedSetView;
import io.karst.engine.Tx;
import java.util.ArrayList;
import java.util.List;

/// `ZSCORE`, `ZMSCORE`: the scores of members.
@AutoService(Operation.class)
public final class Score implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read("ZSCORE key member", "1.2.0", "Tells the score of a member.", Score::one)
            .fast()
            .complexity("O(1)"),
        read(
                "ZMSCORE key member [member ...]",
                "6.2.0",
                "Tells the scores of members.",
                Score::many)
            .fast()
            .complexity("O(N), N being the number of members asked for"));
  }

  private static Reply one(Tx tx, Args args) {
    return reply(tx.sortedSet(args.key(1)).score(args.bytes(2)));
  }

  private static Reply many(Tx tx, Args args) {
    SortedSetView set = tx.sortedSet(args.key(1));
    List<Reply> scores = new ArrayList<>(args.count() - 2);
    for (int i = 2; i < args.count(); i++) {
      scores.add(reply(set.score(args.bytes(i))));
    }
    return new Reply.Array(scores);
  }

  private static Reply reply(double score) {
    return Double.isNaN(score) ? Reply.NIL : new Reply.Real(score);
  }
}
