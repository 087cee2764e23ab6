package io.karst.commands.string;

import static io.karst.commands.Command.read;
import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET`, `GETDEL`: read a string; the latter deletes the key, too.
@AutoService(Operation.class)
public final class Get implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read("GET key", "1.0.0", "Returns a string.", Get::get).fast().complexity("O(1)"),
        write("GETDEL key", "6.2.0", "Returns a string and deletes its key.", Get::delete)
            .fast()
            .complexity("O(1)")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.DELETE));
  }

  private static Reply get(Tx tx, Args args) {
    return reply(tx.string(args.key(1)));
  }

  private static Reply delete(Tx tx, Args args) {
    Bytes value = tx.wholeString(args.key(1));
    if (value != null) {
      tx.delete(args.key(1));
    }
    return reply(value);
  }

  /// A value or, for null, nil.
  static Reply reply(@Nullable Bytes value) {
    return value == null ? Reply.NIL : new Reply.Bulk(value);
  }
}
