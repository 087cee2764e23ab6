package io.karst.server.operations.cluster;

import static io.karst.server.operations.cluster.ClusterCommand.cluster;
import static io.karst.server.operations.cluster.ClusterCommand.member;
import static io.karst.server.operations.cluster.ClusterCommand.view;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.cluster.ClusterView;
import io.karst.cluster.Member;
import io.karst.cluster.ShardView;
import io.karst.cluster.SlotTable;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.info.ClusterReport;
import io.karst.server.session.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// `CLUSTER SLOTS`, `SHARDS`, `NODES` and their kin: who the members are and who has which slots,
/// in the forms that clients of Redis Cluster read.
///
/// The leader of a shard is a master with the slots of that, the shard's others are its replicas.
/// While nobody leads, that is who led last, as in Redis: there are no holes in what clients learn.
/// Before anybody has led a shard it has no master, and nobody has its slots.
@AutoService(Operation.class)
public final class Topology implements Operation {
  /// Slots, and who serves them.
  private record Served(SlotTable.Range range, ShardView shard) {}

  @Override
  public List<Command> commands() {
    return List.of(
        cluster("SLOTS", "3.0.0", "Answers who has which slots.", Topology::slots)
            .tips("nondeterministic_output"),
        cluster("SHARDS", "7.0.0", "Answers the shards and their members.", Topology::shards)
            .slow() // It asks how far each is, which may take a moment.
            .tips("nondeterministic_output"),
        cluster("NODES", "3.0.0", "Answers the members, a line each.", Topology::nodes)
            .tips("nondeterministic_output"),
        cluster("REPLICAS node-id", "5.0.0", "Answers who follows a leader.", Topology::replicas)
            .admin(),
        cluster("SLAVES node-id", "3.0.0", "As REPLICAS.", Topology::replicas)
            .admin()
            .deprecated("5.0.0", "`CLUSTER REPLICAS`"),
        cluster("INFO", "3.0.0", "Answers how the cluster is.", Topology::info)
            .slow()
            .tips("nondeterministic_output"),
        cluster("MYID", "3.0.0", "Answers this member's id.", Topology::myId),
        cluster("MYSHARDID", "7.2.0", "Answers the id of its shard.", Topology::myShardId),
        cluster("LINKS", "7.0.0", "Answers the ways to other members.", Topology::links)
            .tips("nondeterministic_output"),
        cluster(
                "COUNT-FAILURE-REPORTS node-id",
                "3.0.0",
                "Answers how many miss a member: the leader alone looks.",
                (session, args) ->
                    Reply.of(!member(view(session), args.bytes(2).utf8()).reachable()))
            .admin());
  }

  private static Reply slots(Session session, Args args) {
    ClusterView view = view(session);
    List<Served> all = new ArrayList<>();
    for (int number = 0; number < view.shards().size(); number++) {
      ShardView shard = view.shards().get(number);
      if (shard.lastLeader() != null) {
        view.slots().ranges(number).forEach(range -> all.add(new Served(range, shard)));
      }
    }
    all.sort(Comparator.comparingInt(served -> served.range.first()));
    return new Reply.Array(all.stream().map(Topology::served).toList());
  }

  private static Reply served(Served served) {
    List<Reply> words = new ArrayList<>();
    words.add(new Reply.Int(served.range.first()));
    words.add(new Reply.Int(served.range.last()));
    int leaderAt = words.size();
    for (Member member : served.shard.members()) {
      if (served.shard.isLastLeader(member)) {
        words.add(leaderAt, address(member));
      } else if (member.reachable()) {
        words.add(address(member));
      }
    }
    return new Reply.Array(words);
  }

  private static Reply address(Member member) {
    return Reply.array(
        Reply.bulk(member.host()),
        new Reply.Int(member.port()),
        Reply.bulk(member.id()),
        Reply.EMPTY_ARRAY);
  }

  private static Reply shards(Session session, Args args) {
    ClusterView view = view(session);
    List<Reply> shards = new ArrayList<>();
    for (int number = 0; number < view.shards().size(); number++) {
      ShardView shard = view.shards().get(number);
      List<Reply> slots = new ArrayList<>();
      if (shard.lastLeader() != null) {
        for (SlotTable.Range range : view.slots().ranges(number)) {
          slots.add(new Reply.Int(range.first()));
          slots.add(new Reply.Int(range.last()));
        }
      }
      List<Reply> nodes = new ArrayList<>();
      shard.members().forEach(member -> nodes.add(node(session, shard, member)));
      shards.add(
          new Reply.Dictionary(
              List.of(
                  Reply.bulk("slots"),
                  new Reply.Array(slots),
                  Reply.bulk("nodes"),
                  new Reply.Array(nodes))));
    }
    return new Reply.Array(shards);
  }

  private static Reply node(Session session, ShardView shard, Member member) {
    long known = ClusterReport.offset(session.server(), member);
    long offset = known == ClusterReport.UNKNOWN && member.reachable() ? 1 : Math.max(0, known);
    return new Reply.Dictionary(
        List.of(
            Reply.bulk("id"),
            Reply.bulk(member.id()),
            Reply.bulk("port"),
            new Reply.Int(member.port()),
            Reply.bulk("ip"),
            Reply.bulk(member.host()),
            Reply.bulk("endpoint"),
            Reply.bulk(member.host()),
            Reply.bulk("role"),
            Reply.bulk(shard.isLastLeader(member) ? "master" : "replica"),
            Reply.bulk("replication-offset"),
            new Reply.Int(offset),
            Reply.bulk("health"),
            Reply.bulk(member.reachable() ? "online" : "fail")));
  }

  private static Reply nodes(Session session, Args args) {
    ClusterView view = view(session);
    StringBuilder lines = new StringBuilder();
    for (int number = 0; number < view.shards().size(); number++) {
      for (Member member : view.shards().get(number).members()) {
        lines.append(line(view, number, member)).append('\n');
      }
    }
    return new Reply.Verbatim("txt", Bytes.utf8(lines.toString()));
  }

  private static Reply replicas(Session session, Args args) {
    ClusterView view = view(session);
    Member of = member(view, args.bytes(2).utf8());
    for (int number = 0; number < view.shards().size(); number++) {
      ShardView shard = view.shards().get(number);
      if (shard.isLastLeader(of)) {
        int its = number;
        return new Reply.Array(
            shard.members().stream()
                .filter(member -> !member.equals(of))
                .map(member -> Reply.bulk(line(view, its, member)))
                .toList());
      }
    }
    throw CommandException.err("The specified node is not a master");
  }

  /// `id ip:port@cport flags master ping-sent pong-received epoch link-state slots`.
  ///
  /// - `number`: of the member's shard.
  private static String line(ClusterView view, int number, Member member) {
    ShardView shard = view.shards().get(number);
    Member leader = shard.lastLeader();
    boolean leads = shard.isLastLeader(member);
    boolean self = member.id().equals(view.self().id());
    String flags =
        (self ? "myself," : "")
            + (leads ? "master" : "slave")
            + (member.reachable() ? "" : ",fail");
    String master = leads || leader == null ? "-" : leader.id();
    String link = self || member.reachable() ? "connected" : "disconnected";
    return String.join(
        " ",
        member.id(),
        member.host() + ":" + member.port() + "@" + member.clusterPort(),
        flags,
        master,
        "0",
        "0",
        Long.toString(shard.term()),
        leads ? link + slots(view, number) : link);
  }

  /// With a space before each range.
  private static String slots(ClusterView view, int number) {
    StringBuilder text = new StringBuilder();
    for (SlotTable.Range range : view.slots().ranges(number)) {
      text.append(' ').append(ClusterReport.range(range));
    }
    return text.toString();
  }

  private static Reply info(Session session, Args args) {
    String text = ClusterReport.info(ClusterCommand.membership(session));
    return new Reply.Verbatim("txt", Bytes.utf8(text));
  }

  private static Reply myId(Session session, Args args) {
    return Reply.bulk(view(session).self().id());
  }

  private static Reply myShardId(Session session, Args args) {
    return Reply.bulk(ClusterReport.shardId(view(session)));
  }

  private static Reply links(Session session, Args args) {
    ClusterView view = view(session);
    List<Reply> links = new ArrayList<>();
    for (Member member : view.members()) {
      if (!member.id().equals(view.self().id()) && member.reachable()) {
        links.add(link("to", member));
        links.add(link("from", member));
      }
    }
    return new Reply.Array(links);
  }

  /// What the way holds back is not known here: it is the log.
  private static Reply link(String direction, Member member) {
    return new Reply.Dictionary(
        List.of(
            Reply.bulk("direction"),
            Reply.bulk(direction),
            Reply.bulk("node"),
            Reply.bulk(member.id()),
            Reply.bulk("create-time"),
            Reply.ZERO,
            Reply.bulk("events"),
            Reply.bulk("rw"),
            Reply.bulk("send-buffer-allocated"),
            Reply.ZERO,
            Reply.bulk("send-buffer-used"),
            Reply.ZERO));
  }
}
