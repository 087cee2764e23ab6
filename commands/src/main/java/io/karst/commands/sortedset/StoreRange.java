package io.karst.commands.sortedset;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.SortedSetBuilder;
import io.karst.engine.Tx;
import io.karst.memory.Record;
import java.util.List;

/// `ZRANGESTORE`: make a sorted set of a range of another one.
@AutoService(Operation.class)
public final class StoreRange implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "ZRANGESTORE destination source min max [BYSCORE | BYLEX] [REV]"
                    + " [LIMIT offset count]",
                "6.2.0",
                "Stores members of a range.",
                StoreRange::store)
            .denyOom()
            .complexity("O(log(N)+M), N being the number of members and M that of those stored"));
  }

  private static Reply store(Tx tx, Args args) {
    RangeRequest request = RangeRequest.readAny(args, 3, true);
    SortedSetBuilder result = tx.values().newSortedSet();
    request.visit(
        tx.sortedSet(args.key(2)), (member, score) -> result.add(member, score, Record.NO_EXPIRY));
    return Reply.of(tx.values().put(args.key(1), result));
  }
}
