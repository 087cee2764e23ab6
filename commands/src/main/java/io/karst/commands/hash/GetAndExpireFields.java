package io.karst.commands.hash;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.BulkList;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.WordBatch;
import io.karst.engine.ElementExpiry;
import io.karst.engine.HashView;
import io.karst.engine.Tx;
import io.karst.memory.Record;
import java.util.List;

/// `HGETEX`: returns the values of fields, nil for those that are missing, and sets or removes
/// their expiry.
///
/// Without an option it only reads. A time that has passed removes the fields.
@AutoService(Operation.class)
public final class GetAndExpireFields implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "HGETEX key [EX seconds | PX milliseconds | EXAT unix-time-seconds"
                    + " | PXAT unix-time-milliseconds | PERSIST]"
                    + " FIELDS numfields field [field ...]",
                "8.0.0",
                "Returns the values of fields of a hash and sets their expiry.",
                GetAndExpireFields::run)
            .fast()
            .complexity("O(N), N being the number of fields named")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.UPDATE));
  }

  private static Reply run(Tx tx, Args args) {
    FieldOptions options = FieldOptions.read(tx, args, "hgetex", false);
    HashView hash = tx.hash(args.key(1));
    WordBatch fields = options.fields();
    BulkList values = new BulkList();
    for (int i = 0; i < fields.count(); i++) {
      GetFields.add(values, hash.get(fields.element(i)));
    }
    if (options.hasTime() || options.other()) {
      expire(hash, fields, options.hasTime() ? options.atMillis() : Record.NO_EXPIRY);
    }
    return new Reply.Strings(values);
  }

  private static void expire(HashView hash, WordBatch fields, long at) {
    try (ElementExpiry expiry = hash.expiring(fields, at)) {
      for (int i = 0; i < fields.count(); i++) {
        Bytes field = fields.element(i);
        long before = hash.expiry(field);
        if (before != Record.ABSENT && before != at) {
          expiry.apply(i);
        }
      }
    }
  }
}
