package io.karst.commands.geo;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.WordBatch;
import io.karst.commands.sortedset.AddOptions;
import io.karst.engine.Tx;
import java.util.List;

/// `GEOADD`: gives members places.
///
/// All places are read before the first member is changed.
@AutoService(Operation.class)
public final class Add implements Operation {
  /// Words of a member: longitude, latitude, name.
  private static final int STRIDE = 3;

  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "GEOADD key [NX | XX] [CH] longitude latitude member"
                    + " [longitude latitude member ...]",
                "3.2.0",
                "Gives members places, adding those that are new.",
                Add::add)
            .denyOom()
            .complexity("O(log(N)) for each member, N being the number of all")
            .history("6.2.0", "Takes `CH`, `NX` and `XX`."));
  }

  private static Reply add(Tx tx, Args args) {
    boolean nx = false;
    boolean xx = false;
    boolean ch = false;
    int from = 2;
    for (; from < args.count(); from++) {
      if (args.is(from, "NX")) {
        nx = true;
      } else if (args.is(from, "XX")) {
        xx = true;
      } else if (args.is(from, "CH")) {
        ch = true;
      } else {
        break;
      }
    }
    int words = args.count() - from;
    if (words == 0 || words % STRIDE != 0 || (nx && xx)) {
      throw CommandException.syntax();
    }
    double[] scores = scores(args, from, words / STRIDE);
    WordBatch members = new WordBatch(args, from + 2, scores.length, STRIDE);
    AddOptions options = new AddOptions(nx, xx, false, false, ch, false, from);
    return Reply.of(
        options.put(tx, tx.sortedSetForUpdate(args.key(1)), args.key(1), members, scores));
  }

  private static double[] scores(Args args, int from, int count) {
    double[] scores = new double[count];
    for (int i = 0; i < count; i++) {
      Place place = Place.read(args, from + STRIDE * i);
      scores[i] = Cell.of(place, Cell.STEPS_MAX).firstScore();
    }
    return scores;
  }
}
