package io.karst.commands.hash;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.WordBatch;
import io.karst.engine.HashView;
import io.karst.engine.KeyEvent;
import io.karst.engine.Tx;
import io.karst.memory.Record;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `HSETEX`: sets fields of a hash with one expiry, all or none.
///
/// With `FNX` only if none of the fields is there, with `FXX` only if all are. A time that has
/// passed removes the fields.
@AutoService(Operation.class)
public final class SetFieldsWithExpiry implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "HSETEX key [FNX | FXX] [EX seconds | PX milliseconds | EXAT unix-time-seconds"
                    + " | PXAT unix-time-milliseconds | KEEPTTL]"
                    + " FIELDS numfields field value [field value ...]",
                "8.0.0",
                "Sets fields of a hash with an expiry.",
                SetFieldsWithExpiry::set)
            .fast()
            .denyOom()
            .complexity("O(N), N being the number of fields set")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.UPDATE));
  }

  private static Reply set(Tx tx, Args args) {
    FieldOptions options = FieldOptions.read(tx, args, "hsetex", true);
    HashView hash = tx.hashForUpdate(args.key(1));
    WordBatch fields = options.fields();
    if (!holds(options.condition(), hash, fields)) {
      return Reply.ZERO;
    }
    if (options.hasTime() && options.atMillis() <= tx.now()) {
      if (hash.exists()) {
        tx.acts(KeyEvent.HDEL);
        hash.removeEach(fields);
      }
    } else {
      long stays = options.other() ? Tx.KEEP_EXPIRY : Record.NO_EXPIRY;
      hash.putAll(fields, options.hasTime() ? options.atMillis() : stays);
      if (options.hasTime()) {
        tx.tells(KeyEvent.HEXPIRE, args.key(1));
      }
    }
    return Reply.ONE;
  }

  private static boolean holds(
      FieldOptions.@Nullable Condition condition, HashView hash, WordBatch fields) {
    for (int i = 0; condition != null && i < fields.count(); i++) {
      if (hash.contains(fields.element(i)) != (condition == FieldOptions.Condition.FXX)) {
        return false;
      }
    }
    return true;
  }
}
