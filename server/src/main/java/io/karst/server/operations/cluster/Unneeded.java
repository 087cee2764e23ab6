package io.karst.server.operations.cluster;

import static io.karst.server.operations.cluster.ClusterCommand.cluster;
import static io.karst.server.operations.cluster.ClusterCommand.membership;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import java.util.List;

/// Subcommands of `CLUSTER` with which people put a Redis Cluster together by hand: here members
/// find each other, and each says what to do instead.
@AutoService(Operation.class)
public final class Unneeded implements Operation {
  private static final String SLOTS =
      "a cluster deals out its slots when it forms, and they stay where they are";
  private static final String MEMBERS =
      "a member joins by itself, when it is started with cluster-seeds";
  private static final String EPOCHS = "terms are counted by elections";

  @Override
  public List<Command> commands() {
    return List.of(
        none("ADDSLOTS slot [slot ...]", "3.0.0", SLOTS),
        none("ADDSLOTSRANGE start-slot end-slot [start-slot end-slot ...]", "7.0.0", SLOTS),
        none("DELSLOTS slot [slot ...]", "3.0.0", SLOTS),
        none("DELSLOTSRANGE start-slot end-slot [start-slot end-slot ...]", "7.0.0", SLOTS),
        none("FLUSHSLOTS", "3.0.0", SLOTS),
        none("SETSLOT slot argument [argument ...]", "3.0.0", SLOTS).arity(-4),
        none("MEET ip port [cluster-bus-port]", "3.0.0", MEMBERS),
        none(
            "REPLICATE node-id",
            "3.0.0",
            "a member that joins is given its shard, and follows there; CLUSTER VOTE promotes one"),
        none("FORGET node-id", "3.0.0", "CLUSTER REMOVE makes a member leave"),
        none("BUMPEPOCH", "3.0.0", EPOCHS),
        none("SET-CONFIG-EPOCH config-epoch", "3.0.0", EPOCHS),
        none("SAVECONFIG", "3.0.0", "what a member knows is on disk always"),
        cluster(
                "RESET [HARD | SOFT]",
                "3.0.0",
                "Is not needed: CLUSTER REMOVE makes a member leave.",
                (session, args) -> {
                  var _ = membership(session);
                  throw refusal("RESET", "CLUSTER REMOVE makes a member leave");
                })
            .admin()
            .flags(Flag.NO_SCRIPT));
  }

  private static Command none(String syntax, String since, String why) {
    String name = syntax.split(" ", 2)[0];
    return cluster(
            syntax,
            since,
            "Is not needed: " + why + ".",
            (session, args) -> {
              var _ = membership(session);
              throw refusal(name, why);
            })
        .admin()
        .flags(Flag.NO_ASYNC_LOADING);
  }

  private static CommandException refusal(String name, String why) {
    return CommandException.err("CLUSTER " + name + " is not needed here: " + why);
  }
}
