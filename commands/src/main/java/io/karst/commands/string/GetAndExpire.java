package io.karst.commands.string;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.memory.Record;
import java.util.List;

/// `GETEX`: reads a string and sets or removes the expiry of its key.
///
/// Without an option it only reads. A time in the past deletes the key. The time is looked at
/// after the key: there is no error for a key that is missing.
@AutoService(Operation.class)
public final class GetAndExpire implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "GETEX key [EX seconds | PX milliseconds | EXAT unix-time-seconds"
                    + " | PXAT unix-time-milliseconds | PERSIST]",
                "6.2.0",
                "Returns a string and sets the expiry of its key.",
                GetAndExpire::getAndExpire)
            .fast()
            .complexity("O(1)")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.UPDATE));
  }

  private static Reply getAndExpire(Tx tx, Args args) {
    ExpiryOption expiry = new ExpiryOption("PERSIST");
    for (int i = 2; i < args.count(); ) {
      int words = expiry.take(args, i);
      if (words == 0) {
        throw CommandException.syntax();
      }
      i += words;
    }
    Bytes value = tx.wholeString(args.key(1));
    if (value == null) {
      return Reply.NIL;
    }
    if (expiry.isGiven()) {
      long at = expiry.at(tx, args, "getex", Record.NO_EXPIRY, Record.NO_EXPIRY);
      if (at != Record.NO_EXPIRY || tx.expiry(args.key(1)) != Record.NO_EXPIRY) {
        tx.expire(args.key(1), at);
      }
    }
    return Get.reply(value);
  }
}
