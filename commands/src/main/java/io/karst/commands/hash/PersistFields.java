package io.karst.commands.hash;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.WordBatch;
import io.karst.engine.ElementExpiry;
import io.karst.engine.HashView;
import io.karst.engine.Tx;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.List;

/// `HPERSIST`: lets fields stay, all or, with an error, none.
///
/// Answers for each field: -2 if it is missing, -1 if it stays anyway, 1 if it does from now on.
@AutoService(Operation.class)
public final class PersistFields implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "HPERSIST key FIELDS numfields field [field ...]",
                "7.4.0",
                "Removes the expiry of fields of a hash.",
                PersistFields::persist)
            .fast()
            .complexity("O(N), N being the number of fields named")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.UPDATE));
  }

  private static Reply persist(Tx tx, Args args) {
    HashView hash = tx.hashForUpdate(args.key(1));
    WordBatch fields = FieldList.read(args, 2);
    List<Reply> replies = new ArrayList<>(fields.count());
    try (ElementExpiry none = hash.expiring(fields, Record.NO_EXPIRY)) {
      for (int i = 0; i < fields.count(); i++) {
        long before = hash.expiry(fields.element(i));
        if (before >= 0) {
          none.apply(i);
        }
        replies.add(Reply.of(before >= 0 ? 1 : before));
      }
    }
    return new Reply.Array(replies);
  }
}
