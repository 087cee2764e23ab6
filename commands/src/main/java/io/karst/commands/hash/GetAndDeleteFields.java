package io.karst.commands.hash;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.BulkList;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.WordBatch;
import io.karst.engine.HashView;
import io.karst.engine.Tx;
import java.util.List;

/// `HGETDEL`: returns the values of fields, nil for those that are missing, and removes them.
@AutoService(Operation.class)
public final class GetAndDeleteFields implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "HGETDEL key FIELDS numfields field [field ...]",
                "8.0.0",
                "Returns the values of fields of a hash and removes them.",
                GetAndDeleteFields::run)
            .fast()
            .complexity("O(N), N being the number of fields named")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.DELETE));
  }

  private static Reply run(Tx tx, Args args) {
    HashView hash = tx.hashForUpdate(args.key(1));
    WordBatch fields = FieldList.read(args, 2);
    hash.reserve(fields);
    BulkList values = new BulkList();
    for (int i = 0; i < fields.count(); i++) {
      GetFields.add(values, hash.get(fields.element(i)));
      hash.remove(fields.element(i));
    }
    return new Reply.Strings(values);
  }
}
