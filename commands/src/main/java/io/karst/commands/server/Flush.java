package io.karst.commands.server;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Body;
import io.karst.commands.Category;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.List;

/// `FLUSHALL` and `FLUSHDB`: deletes every key.
///
/// The keys are gone for everyone when the command is answered. With `ASYNC` as with `SYNC` their
/// memory is given back in the background: nobody has to wait for that.
@AutoService(Operation.class)
public final class Flush implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        flush("FLUSHALL", "Deletes all keys of all databases.", Flush::all)
            .complexity("O(D) where D is the number of databases; memory is freed afterwards"),
        flush("FLUSHDB", "Deletes all keys of the database.", Flush::one)
            .complexity("O(1); memory is freed afterwards"));
  }

  private static Command flush(String name, String summary, Body.OnKeys body) {
    return write(name + " [ASYNC | SYNC]", "1.0.0", summary, body)
        .locksAll()
        .slow()
        .dangerous()
        .categories(Category.KEYSPACE)
        .tips("request_policy:all_shards", "response_policy:all_succeeded")
        .history("4.0.0", "Takes ASYNC.")
        .history("6.2.0", "Takes SYNC.");
  }

  private static Reply all(Tx tx, Args args) {
    checkMode(args);
    for (int database = 0; database < tx.databases(); database++) {
      tx.all().flush(database);
    }
    return Reply.OK;
  }

  private static Reply one(Tx tx, Args args) {
    checkMode(args);
    tx.all().flush(tx.database());
    return Reply.OK;
  }

  private static void checkMode(Args args) {
    boolean known = args.is(1, "ASYNC") || args.is(1, "SYNC");
    if (args.count() > 2 || (args.count() == 2 && !known)) {
      throw CommandException.syntax();
    }
  }
}
