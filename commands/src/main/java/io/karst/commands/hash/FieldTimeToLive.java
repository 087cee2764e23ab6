package io.karst.commands.hash;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.WordBatch;
import io.karst.engine.HashView;
import io.karst.engine.Tx;
import java.util.ArrayList;
import java.util.List;

/// `HTTL`, `HPTTL`, `HEXPIRETIME`, `HPEXPIRETIME`: when fields go, from now on or since 1970.
///
/// -1 for a field that stays, -2 for one that is missing. Seconds are rounded up.
@AutoService(Operation.class)
public final class FieldTimeToLive implements Operation {
  private static final String REST = " key FIELDS numfields field [field ...]";
  private static final int SECOND = 1000;

  @Override
  public List<Command> commands() {
    return List.of(
        left("HTTL", "Tells the seconds that fields of a hash have left.", SECOND),
        left("HPTTL", "Tells the milliseconds that fields of a hash have left.", 1),
        time("HEXPIRETIME", "Tells the second that fields of a hash go at.", SECOND),
        time("HPEXPIRETIME", "Tells the millisecond that fields of a hash go at.", 1));
  }

  private static Command left(String name, String summary, int unit) {
    return refined(
            read(name + REST, "7.4.0", summary, (tx, args) -> tell(tx, args, tx.now(), unit)))
        .tips("nondeterministic_output");
  }

  private static Command time(String name, String summary, int unit) {
    return refined(read(name + REST, "7.4.0", summary, (tx, args) -> tell(tx, args, 0, unit)));
  }

  private static Command refined(Command command) {
    return command
        .fast()
        .complexity("O(N), N being the number of fields named")
        .keyFlags(KeyFlag.READ_ONLY, KeyFlag.ACCESS);
  }

  private static Reply tell(Tx tx, Args args, long origin, int unit) {
    HashView hash = tx.hash(args.key(1));
    WordBatch fields = FieldList.read(args, 2);
    List<Reply> replies = new ArrayList<>(fields.count());
    for (int i = 0; i < fields.count(); i++) {
      long expiry = hash.expiry(fields.element(i));
      long told = expiry < 0 ? expiry : (expiry - origin + unit - 1) / unit;
      replies.add(Reply.of(told));
    }
    return new Reply.Array(replies);
  }
}
