package io.karst.server.tools;

import io.karst.server.remote.Answer;
import io.karst.server.remote.RespClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
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
  private static final String ROW = "%-6s %-13s %-9s %-22s %-10s %-7s %-10s %12s %8s%n";

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

    /// - `address`: `host:port` of another member.
    RespClient connect(String address) throws IOException {
      int colon = address.lastIndexOf(':');
      int itsPort = Integer.parseInt(address.substring(colon + 1));
      return RemoteStore.connect(address.substring(0, colon), itsPort, user, password);
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
    List<ClusterMember> members;
    try (RespClient client = place.connect()) {
      members = ClusterMember.all(client);
    }
    out.printf(
        Locale.ROOT,
        ROW,
        "shard",
        "slots",
        "id",
        "address",
        "role",
        "voting",
        "reachable",
        "entries",
        "behind");
    for (ClusterMember member : informed(place, members)) {
      out.printf(
          Locale.ROOT,
          ROW,
          member.shard(),
          member.slots(),
          member.id().substring(0, 8),
          member.address(),
          member.role(),
          member.voting(),
          member.reachable(),
          shown(member.entries()),
          shown(member.behind()));
    }
    return 0;
  }

  private static String shown(long number) {
    return number == ClusterMember.UNKNOWN ? "-" : Long.toString(number);
  }

  /// As the leader of each shard knows its members: it alone knows how far they are. Of a shard
  /// whose leader does not answer, as before.
  private static List<ClusterMember> informed(Place place, List<ClusterMember> members) {
    List<ClusterMember> informed = new ArrayList<>(members);
    for (ClusterMember leader : members) {
      if (leader.leads()) {
        try (RespClient client = place.connect(leader.address())) {
          List<ClusterMember> told = ClusterMember.all(client);
          informed.removeIf(member -> member.shard() == leader.shard());
          told.stream().filter(each -> each.shard() == leader.shard()).forEach(informed::add);
        } catch (IOException silent) {
          // What is known without it is shown.
        }
      }
    }
    informed.sort(Comparator.comparingLong(ClusterMember::shard));
    return informed;
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
