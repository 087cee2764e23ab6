package io.karst.commands.hash;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.BulkList;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.HashView;
import io.karst.engine.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `HGET`, `HMGET`: the values of fields, nil for those that are missing.
@AutoService(Operation.class)
public final class GetFields implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read("HGET key field", "2.0.0", "Returns the value of a field of a hash.", GetFields::get)
            .fast()
            .complexity("O(1)")
            .keyFlags(KeyFlag.READ_ONLY, KeyFlag.ACCESS),
        read(
                "HMGET key field [field ...]",
                "2.0.0",
                "Returns the values of fields of a hash.",
                GetFields::getMany)
            .fast()
            .complexity("O(N), N being the number of fields asked for")
            .keyFlags(KeyFlag.READ_ONLY, KeyFlag.ACCESS));
  }

  private static Reply get(Tx tx, Args args) {
    Bytes value = tx.hash(args.key(1)).get(args.bytes(2));
    return value == null ? Reply.NIL : new Reply.Bulk(value);
  }

  private static Reply getMany(Tx tx, Args args) {
    HashView hash = tx.hash(args.key(1));
    BulkList values = new BulkList();
    for (int i = 2; i < args.count(); i++) {
      add(values, hash.get(args.bytes(i)));
    }
    return new Reply.Strings(values);
  }

  /// Adds a value, or nil where there is none.
  static void add(BulkList values, @Nullable Bytes value) {
    if (value == null) {
      values.addNil();
    } else {
      values.add(value);
    }
  }
}
