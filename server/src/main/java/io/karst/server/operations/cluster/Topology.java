package io.karst.server.operations.cluster;

import static io.karst.server.operations.cluster.ClusterCommand.cluster;
import static io.karst.server.operations.cluster.ClusterCommand.member;
import static io.karst.server.operations.cluster.ClusterCommand.view;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Limits;
import io.karst.cluster.ClusterView;
import io.karst.cluster.Member;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.info.ClusterReport;
import io.karst.server.session.Session;
import java.util.ArrayList;
import java.util.List;

/// `CLUSTER SLOTS`, `SHARDS`, `NODES` and their kin: who the members are and who has which slots,
/// in the forms that clients of Redis Cluster read.
///
/// The leader is a master with all slots, the others are its replicas. While nobody leads there is
/// no master, and nobody has any slot.
@AutoService(Operation.class)
public final class Topology implements Operation {
  private static final Reply FIRST_SLOT = new Reply.Int(0);
  private static final Reply LAST_SLOT = new Reply.Int(Limits.SLOTS - 1);

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
    if (view.leader() == null) {
      return Reply.EMPTY_ARRAY;
    }
    List<Reply> range = new ArrayList<>(List.of(FIRST_SLOT, LAST_SLOT));
    for (Member member : view.members()) {
      if (member.id().equals(view.leader().id())) {
        range.add(2, address(member));
      } else if (member.reachable()) {
        range.add(address(member));
      }
    }
    return Reply.array(new Reply.Array(range));
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
    List<Reply> nodes = new ArrayList<>();
    for (Member member : view.members()) {
      nodes.add(node(session, view, member));
    }
    return Reply.array(
        new Reply.Dictionary(
            List.of(
                Reply.bulk("slots"),
                view.leader() == null ? Reply.EMPTY_ARRAY : Reply.array(FIRST_SLOT, LAST_SLOT),
                Reply.bulk("nodes"),
                new Reply.Array(nodes))));
  }

  private static Reply node(Session session, ClusterView view, Member member) {
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
            Reply.bulk(ClusterReport.isLeader(view, member) ? "master" : "replica"),
            Reply.bulk("replication-offset"),
            new Reply.Int(ClusterReport.offset(session.server(), member)),
            Reply.bulk("health"),
            Reply.bulk(member.reachable() ? "online" : "fail")));
  }

  private static Reply nodes(Session session, Args args) {
    ClusterView view = view(session);
    StringBuilder lines = new StringBuilder();
    view.members().forEach(member -> lines.append(line(view, member)).append('\n'));
    return new Reply.Verbatim("txt", Bytes.utf8(lines.toString()));
  }

  private static Reply replicas(Session session, Args args) {
    ClusterView view = view(session);
    Member of = member(view, args.bytes(2).utf8());
    if (!ClusterReport.isLeader(view, of)) {
      throw CommandException.err("The specified node is not a master");
    }
    return new Reply.Array(
        view.members().stream()
            .filter(member -> !member.equals(of))
            .map(member -> Reply.bulk(line(view, member)))
            .toList());
  }

  /// `id ip:port@cport flags master ping-sent pong-received epoch link-state slots`.
  private static String line(ClusterView view, Member member) {
    boolean leads = ClusterReport.isLeader(view, member);
    boolean self = member.id().equals(view.self().id());
    String flags =
        (self ? "myself," : "")
            + (leads ? "master" : "slave")
            + (member.reachable() ? "" : ",fail");
    String master = leads || view.leader() == null ? "-" : view.leader().id();
    String link = self || member.reachable() ? "connected" : "disconnected";
    return String.join(
        " ",
        member.id(),
        member.host() + ":" + member.port() + "@" + member.clusterPort(),
        flags,
        master,
        "0",
        "0",
        Long.toString(view.term()),
        leads ? link + " 0-" + (Limits.SLOTS - 1) : link);
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
