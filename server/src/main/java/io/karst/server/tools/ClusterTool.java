package io.karst.server.tools;

import io.karst.server.remote.Answer;
import io.karst.server.remote.RespClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./karst cluster`: looks at a cluster, and changes who is in it and who leads.
@Command(
    name = "cluster",
    description = "Shows a cluster, or changes who is in it and who leads.",
    subcommands = LocalClusterTool.class,
    footer = "%nAn ID may be as many of its first digits as no other has. docs/CLUSTER.md.")
final class ClusterTool implements Callable<Integer> {
  private static final String ROW = "%-10s %-22s %-10s %-7s %-10s %12s %8s%n";

  /// A member of the cluster that any can be reached by.
  static final class Place {
    @Option(
        names = "--host",
        paramLabel = "HOST",
        defaultValue = "127.0.0.1",
        description = "any member (default: 127.0.0.1)")
    String host = "";

    @Option(
        names = "--port",
        paramLabel = "PORT",
        defaultValue = "6379",
        description = "its port (default: 6379)")
    int port;

    @Option(names = "--user", paramLabel = "NAME", description = "the user to authenticate as")
    @Nullable String user;

    @Option(
        names = "--password",
        paramLabel = "PASSWORD",
        description = "its password; better given as $REDISCLI_AUTH, which nobody else can see")
    @Nullable String password = System.getenv("REDISCLI_AUTH");

    RespClient connect() throws IOException {
      return RemoteStore.connect(host, port, user, password);
    }
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "what about the cluster?");
  }

  @Command(name = "status", description = "Shows the members, who leads, and how far each is.")
  int status(@Mixin Place place) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (RespClient client = place.connect()) {
      List<ClusterMember> members = ClusterMember.all(client);
      out.printf(
          Locale.ROOT, ROW, "id", "address", "role", "voting", "reachable", "entries", "behind");
      for (ClusterMember member : members) {
        long behind = Math.max(0, member.committed() - member.entries());
        out.printf(
            Locale.ROOT,
            ROW,
            member.id().substring(0, 8),
            member.address(),
            member.role(),
            member.voting(),
            member.reachable(),
            member.entries(),
            behind);
      }
    }
    return 0;
  }

  @Command(name = "move-leader", description = "Lets another member lead.")
  int moveLeader(@Mixin Place place, @Parameters(paramLabel = "ID") String id) throws IOException {
    return order(place, id, "leads", "MOVELEADER");
  }

  @Command(name = "promote", description = "Lets a member count for majorities.")
  int promote(@Mixin Place place, @Parameters(paramLabel = "ID") String id) throws IOException {
    return order(place, id, "votes", "VOTE", "YES");
  }

  @Command(name = "demote", description = "Lets a member only follow.")
  int demote(@Mixin Place place, @Parameters(paramLabel = "ID") String id) throws IOException {
    return order(place, id, "only follows", "VOTE", "NO");
  }

  @Command(name = "remove", description = "Makes a member leave for good; it may be gone already.")
  int remove(@Mixin Place place, @Parameters(paramLabel = "ID") String id) throws IOException {
    return order(place, id, "has left", "REMOVE");
  }

  /// - `order`: the subcommand of CLUSTER, and what comes after the id.
  private int order(Place place, String id, String done, String... order) throws IOException {
    try (RespClient client = place.connect()) {
      ClusterMember member = ClusterMember.find(ClusterMember.all(client), id);
      Answer answer =
          order.length == 1
              ? client.ask("CLUSTER", order[0], member.id())
              : client.ask("CLUSTER", order[0], member.id(), order[1]);
      client.expectOk(answer);
      spec.commandLine().getOut().println(member.address() + " " + done + " now");
    }
    return 0;
  }
}
