package io.karst.server.operations.server;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.commands.Category;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import java.util.List;

/// `ROLE`: a master without replicas.
@AutoService(Operation.class)
public final class Role implements Operation {
  private static final Reply MASTER =
      Reply.array(Reply.bulk("master"), Reply.ZERO, Reply.EMPTY_ARRAY);

  @Override
  public List<Command> commands() {
    return List.of(
        session(
                "ROLE",
                "2.8.12",
                "Answers what the server is in replication.",
                (session, args) -> MASTER)
            .fast()
            .loading()
            .stale()
            .flags(Flag.NO_SCRIPT)
            .categories(Category.ADMIN, Category.DANGEROUS)
            .complexity("O(1)"));
  }
}
