package io.karst.commands.sortedset;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.WordBatch;
import io.karst.engine.KeyEvent;
import io.karst.engine.SortedSetView;
import io.karst.engine.Tx;
import io.karst.value.Scores;
import java.util.List;

/// `ZADD`, `ZINCRBY`: give members scores, or add to those they have.
///
/// All scores are read before the first member is changed.
@AutoService(Operation.class)
public final class Add implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "ZADD key [NX | XX] [GT | LT] [CH] [INCR] score member [score member ...]",
                "1.2.0",
                "Gives members scores, adding those that are new.",
                Add::add)
            .denyOom()
            .fast()
            .complexity("O(log(N)) for each member, N being the number of all")
            .history("2.4.0", "Takes several members.")
            .history("3.0.2", "Takes `XX`, `NX`, `CH` and `INCR`.")
            .history("6.2.0", "Takes `GT` and `LT`."),
        write(
                "ZINCRBY key increment member",
                "1.2.0",
                "Adds to the score of a member.",
                Add::increment)
            .denyOom()
            .fast()
            .complexity("O(log(N)), N being the number of members")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.UPDATE));
  }

  private static Reply add(Tx tx, Args args) {
    AddOptions options = AddOptions.read(args);
    int from = options.from();
    double[] scores = new double[(args.count() - from) / 2];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = score(args.bytes(from + 2 * i));
    }
    SortedSetView set = tx.sortedSetForUpdate(args.key(1));
    if (options.increments()) {
      tx.acts(KeyEvent.ZINCR);
      return increment(set, options, args.bytes(from + 1), scores[0]);
    }
    WordBatch members = new WordBatch(args, from + 1, scores.length, 2);
    return Reply.of(options.put(tx, set, args.key(1), members, scores));
  }

  private static Reply increment(Tx tx, Args args) {
    double delta = score(args.bytes(2));
    SortedSetView set = tx.sortedSetForUpdate(args.key(1));
    return increment(set, AddOptions.ANY, args.bytes(3), delta);
  }

  private static Reply increment(
      SortedSetView set, AddOptions options, Bytes member, double delta) {
    double before = set.score(member);
    double after = Double.isNaN(before) ? delta : before + delta;
    if (Double.isNaN(after)) {
      throw CommandException.err("resulting score is not a number (NaN)");
    }
    if (!options.allows(before, after)) {
      return Reply.NIL;
    }
    if (before != after) {
      set.put(member, after);
    }
    return new Reply.Real(after);
  }

  static double score(Bytes text) {
    double score = Scores.parse(text);
    if (Double.isNaN(score)) {
      throw CommandException.notAFloat();
    }
    return score;
  }
}
