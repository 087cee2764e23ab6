package io.karst.commands.server;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.commands.Category;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import java.util.List;

/// `DBSIZE`: the number of keys in a database.
///
/// Keys that are due count until they have been removed, as in Redis.
@AutoService(Operation.class)
public final class DatabaseSize implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "DBSIZE",
                "1.0.0",
                "Answers the number of keys in the database.",
                (tx, args) -> Reply.of(tx.all().size()))
            .noKeys()
            .fast()
            .categories(Category.KEYSPACE)
            .complexity("O(1)")
            .tips("request_policy:all_shards", "response_policy:agg_sum"));
  }
}
