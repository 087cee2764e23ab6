package io.karst.server.operations.cluster;

import static io.karst.server.operations.cluster.ClusterCommand.cluster;
import static io.karst.server.operations.cluster.ClusterCommand.member;
import static io.karst.server.operations.cluster.ClusterCommand.membership;
import static io.karst.server.operations.cluster.ClusterCommand.view;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.cluster.ClusterException;
import io.karst.cluster.ClusterView;
import io.karst.cluster.Member;
import io.karst.cluster.ShardView;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.info.ClusterReport;
import io.karst.server.session.Session;
import io.karst.server.session.SessionBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// What people do with a cluster: `CLUSTER FAILOVER`, and `MEMBERS`, `MOVELEADER`, `VOTE`,
/// `REMOVE`, which Redis does not have.
@AutoService(Operation.class)
public final class Administration implements Operation {
  private static final long PATIENCE_SECONDS = 30;

  @Override
  public List<Command> commands() {
    return List.of(
        cluster(
                "MEMBERS",
                "0.1.0",
                "Answers the members and how far each is.",
                Administration::members)
            .slow(),
        acting(
                "FAILOVER [FORCE | TAKEOVER]",
                "3.0.0",
                "Lets this member lead.",
                Administration::failOver)
            .flags(Flag.NO_ASYNC_LOADING),
        acting("MOVELEADER node-id", "0.1.0", "Lets a member lead.", Administration::moveLeader),
        acting(
            "VOTE node-id <YES | NO>",
            "0.1.0",
            "Says whether a member counts for majorities, or only follows.",
            Administration::vote),
        acting(
            "REMOVE node-id", "0.1.0", "Makes a member leave for good.", Administration::remove));
  }

  private static Command acting(String syntax, String since, String summary, SessionBody body) {
    return cluster(syntax, since, summary, body).slow().admin();
  }

  private static Reply members(Session session, Args args) {
    ClusterView view = view(session);
    List<Reply> members = new ArrayList<>();
    for (int number = 0; number < view.shards().size(); number++) {
      for (Member member : view.shards().get(number).members()) {
        members.add(described(session, view, number, member));
      }
    }
    return new Reply.Array(members);
  }

  /// - `number`: of the member's shard.
  private static Reply described(Session session, ClusterView view, int number, Member member) {
    ShardView shard = view.shards().get(number);
    boolean self = member.id().equals(view.self().id());
    String role = shard.isLeader(member) ? "leader" : "follower";
    String own = view.role().name().toLowerCase(Locale.ROOT);
    long committed = membership(session).cluster().status().committedIndex();
    return new Reply.Dictionary(
        List.of(
            Reply.bulk("id"),
            Reply.bulk(member.id()),
            Reply.bulk("address"),
            Reply.bulk(member.host() + ":" + member.port()),
            Reply.bulk("cluster-address"),
            Reply.bulk(member.clusterHost() + ":" + member.clusterPort()),
            Reply.bulk("shard"),
            new Reply.Int(number),
            Reply.bulk("slots"),
            Reply.bulk(slots(view, number)),
            Reply.bulk("role"),
            Reply.bulk(self && shard.leader() == null ? own : role),
            Reply.bulk("voting"),
            Reply.bulk(member.voting() ? "yes" : "no"),
            Reply.bulk("reachable"),
            Reply.bulk(self || member.reachable() ? "yes" : "no"),
            Reply.bulk("entries"),
            number(ClusterReport.offset(session.server(), member)),
            Reply.bulk("committed-entries"),
            number(number == view.own() ? ClusterReport.entries(committed) : ClusterReport.UNKNOWN),
            Reply.bulk("myself"),
            Reply.bulk(self ? "yes" : "no")));
  }

  private static String slots(ClusterView view, int number) {
    return view.slots().ranges(number).stream()
        .map(ClusterReport::range)
        .collect(Collectors.joining(" "));
  }

  private static Reply number(long known) {
    return known == ClusterReport.UNKNOWN ? Reply.NIL : new Reply.Int(known);
  }

  private static Reply failOver(Session session, Args args) {
    ClusterView view = view(session);
    if (args.count() > 3
        || (args.count() == 3 && !args.is(2, "FORCE") && !args.is(2, "TAKEOVER"))) {
      throw CommandException.syntax();
    }
    if (args.is(2, "TAKEOVER")) {
      throw CommandException.err("A majority decides who leads; there is no TAKEOVER");
    }
    if (ClusterReport.isLeader(view, view.self())) {
      throw CommandException.err("You should send CLUSTER FAILOVER to a replica");
    }
    return await(membership(session).cluster().moveLeader(view.self().id()));
  }

  private static Reply moveLeader(Session session, Args args) {
    Member to = member(view(session), args.bytes(2).utf8());
    return await(membership(session).cluster().moveLeader(to.id()));
  }

  private static Reply vote(Session session, Args args) {
    Member which = member(view(session), args.bytes(2).utf8());
    if (!args.is(3, "YES") && !args.is(3, "NO")) {
      throw CommandException.syntax();
    }
    return await(membership(session).cluster().setVoting(which.id(), args.is(3, "YES")));
  }

  private static Reply remove(Session session, Args args) {
    Member which = member(view(session), args.bytes(2).utf8());
    return await(membership(session).cluster().remove(which.id()));
  }

  private static Reply await(CompletionStage<Void> action) {
    try {
      var _ = action.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return Reply.OK;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof ClusterException cannot) {
        throw CommandException.err(line(cannot));
      }
      throw new IllegalStateException(failed.getCause());
    } catch (TimeoutException late) {
      throw CommandException.err(
          "not done after " + PATIENCE_SECONDS + " seconds; it may still come about");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.err("interrupted; it may still come about");
    }
  }

  private static String line(ClusterException cannot) {
    return String.valueOf(cannot.getMessage()).replaceAll("[\\r\\n]+", " ");
  }
}
