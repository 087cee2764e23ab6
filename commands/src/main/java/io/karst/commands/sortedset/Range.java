package io.karst.commands.sortedset;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.StringSource;
import io.karst.commands.sortedset.RangeRequest.By;
import io.karst.commands.sortedset.RangeRequest.Found;
import io.karst.engine.Tx;
import java.util.List;

/// `ZRANGE`, and the commands it has replaced: members of a range, in their order or against it.
@AutoService(Operation.class)
public final class Range implements Operation {
  private static final String COMPLEXITY =
      "O(log(N)+M), N being the number of members and M that of those answered";

  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "ZRANGE key start stop [BYSCORE | BYLEX] [REV] [LIMIT offset count] [WITHSCORES]",
                "1.2.0",
                "Lists members of a range.",
                (tx, args) -> range(tx, args, RangeRequest.readAny(args, 2, false)))
            .complexity(COMPLEXITY)
            .history("6.2.0", "Takes `REV`, `BYSCORE`, `BYLEX` and `LIMIT`."),
        old("ZREVRANGE key start stop [WITHSCORES]", "1.2.0", By.RANK, true, "REV"),
        old(
            "ZRANGEBYSCORE key min max [WITHSCORES] [LIMIT offset count]",
            "1.0.5",
            By.SCORE,
            false,
            "BYSCORE"),
        old(
            "ZREVRANGEBYSCORE key max min [WITHSCORES] [LIMIT offset count]",
            "2.2.0",
            By.SCORE,
            true,
            "REV` and `BYSCORE"),
        old("ZRANGEBYLEX key min max [LIMIT offset count]", "2.8.9", By.LEX, false, "BYLEX"),
        old(
            "ZREVRANGEBYLEX key max min [LIMIT offset count]",
            "2.8.9",
            By.LEX,
            true,
            "REV` and `BYLEX"));
  }

  private static Command old(String syntax, String since, By by, boolean reverse, String options) {
    return read(
            syntax,
            since,
            "Lists members of a range" + (reverse ? ", the highest first." : "."),
            (tx, args) -> range(tx, args, RangeRequest.read(args, by, reverse)))
        .complexity(COMPLEXITY)
        .deprecated("6.2.0", "`ZRANGE` with `" + options + "`");
  }

  private static Reply range(Tx tx, Args args, RangeRequest request) {
    Found found = request.in(tx.sortedSet(args.key(1)));
    return request.withScores()
        ? new Reply.Scored(found, true)
        : new Reply.Strings(new Names(found));
  }

  /// The members that are found, without their scores.
  private record Names(Found found) implements StringSource {
    @Override
    public int size() {
      return found.size();
    }

    @Override
    public boolean isLong() {
      return found.isLong();
    }

    @Override
    public void forEach(Visitor visitor) {
      found.forEach((member, score) -> visitor.item(member));
    }
  }
}
