package io.karst.commands.sortedset;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Deadline;
import io.karst.commands.Flag;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.ScoredList;
import io.karst.engine.SortedSetView;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.value.ValueType;
import java.util.ArrayList;
import java.util.List;

/// `BZPOPMIN`, `BZPOPMAX`: take the member of the lowest or highest score out of the first sorted
/// set that has any, wait until one has, and answer its key, the member and the score.
@AutoService(Operation.class)
public final class PopOrWait implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        pop(
            "BZPOPMIN key [key ...] timeout",
            "Takes out the member of the lowest score of the first sorted set that has any; waits"
                + " for one.",
            false),
        pop(
            "BZPOPMAX key [key ...] timeout",
            "Takes out the member of the highest score of the first sorted set that has any; waits"
                + " for one.",
            true));
  }

  private static Command pop(String syntax, String summary, boolean highest) {
    return write(syntax, "5.0.0", summary, (tx, args) -> pop(tx, args, highest))
        .fast()
        .flags(Flag.NO_SCRIPT, Flag.BLOCKING)
        .complexity("O(K)+O(log(N)), K being the number of keys and N that of members")
        .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.DELETE)
        .history("6.0.0", "The timeout may have a fraction.");
  }

  private static Reply pop(Tx tx, Args args, boolean highest) {
    int last = args.count() - 1;
    long deadline = Deadline.ofSeconds(tx, args, last);
    for (int i = 1; i < last; i++) {
      Key key = args.key(i);
      SortedSetView set = tx.sortedSetForUpdate(key);
      if (set.exists() && tx.waits().mayTake(key)) {
        return taken(args.bytes(i), Pop.pop(set, highest, 1));
      }
    }
    return new Reply.Blocked(deadline, Reply.NIL_ARRAY, ValueType.SORTED_SET);
  }

  private static Reply taken(Bytes key, ScoredList popped) {
    List<Reply> reply = new ArrayList<>(3);
    reply.add(new Reply.Bulk(key));
    popped.forEach((member, score) -> {
      reply.add(new Reply.Bulk(member.copy()));
      reply.add(new Reply.Real(score));
    });
    return new Reply.Array(reply);
  }
}
