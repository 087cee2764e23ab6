package io.karst.commands.generic;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.commands.Command;
import io.karst.commands.KeyUse;
import io.karst.commands.Operation;
import io.karst.commands.Reach;
import io.karst.commands.Reply;
import io.karst.engine.KeyRange;
import io.karst.engine.Tx;
import java.util.List;

/// `DELRANGE`, `DELPREFIX`: remove all keys between two bounds, or all that begin alike, and count
/// them. Karst's own.
///
/// The keys go one by one, as many `DEL`s: nobody else waits for more than one of them, and a key
/// that is made meanwhile may stay.
@AutoService(Operation.class)
public final class DeleteRange implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        refined(
            write(
                "DELRANGE min max",
                "karst-1.0.0",
                "Removes the keys of a range.",
                (tx, args) -> delete(tx, KeyBounds.read(args, 1, 2)))),
        refined(
            write(
                "DELPREFIX prefix",
                "karst-1.0.0",
                "Removes the keys that begin alike.",
                (tx, args) -> delete(tx, KeyRange.prefix(args.bytes(1).copy())))));
  }

  private static Command refined(Command command) {
    return command
        .noKeys()
        .reaches(Reach.always(KeyUse.WRITE))
        .slow()
        .dangerous()
        .complexity(
            "O(M + D), M being the keys removed, D those changed since the last checkpoint");
  }

  private static Reply delete(Tx tx, KeyRange range) {
    return Reply.of(tx.all().deleteRange(range));
  }
}
