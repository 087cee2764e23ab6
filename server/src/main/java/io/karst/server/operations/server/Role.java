package io.karst.server.operations.server;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.cluster.ClusterStatus;
import io.karst.cluster.Member;
import io.karst.commands.Args;
import io.karst.commands.Category;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.info.ClusterReport;
import io.karst.server.session.Membership;
import io.karst.server.session.Session;
import io.karst.server.session.Standing;
import java.util.ArrayList;
import java.util.List;

/// `ROLE`: a master without replicas; in a cluster one with them, or one of them. Offsets are
/// numbers of entries of the cluster's log.
@AutoService(Operation.class)
public final class Role implements Operation {
  private static final Reply ALONE =
      Reply.array(Reply.bulk("master"), Reply.ZERO, Reply.EMPTY_ARRAY);

  @Override
  public List<Command> commands() {
    return List.of(
        session("ROLE", "2.8.12", "Answers what the server is in replication.", Role::role)
            .fast()
            .slow() // In a cluster it asks how far each member is, which may take a moment.
            .loading()
            .stale()
            .flags(Flag.NO_SCRIPT)
            .categories(Category.ADMIN, Category.DANGEROUS)
            .complexity("O(1)"));
  }

  private static Reply role(Session session, Args args) {
    Membership membership = session.server().membership();
    if (membership == null) {
      return ALONE;
    }
    ClusterStatus status = membership.cluster().status();
    Standing standing = membership.standing();
    return standing.leads() ? master(standing, status) : replica(standing, status);
  }

  private static Reply master(Standing standing, ClusterStatus status) {
    List<Reply> replicas = new ArrayList<>();
    for (ClusterStatus.Follower follower : status.followers()) {
      Member member = standing.view().member(follower.id());
      if (member != null) {
        replicas.add(
            Reply.array(
                Reply.bulk(member.host()),
                Reply.bulk(Integer.toString(member.port())),
                Reply.bulk(Long.toString(ClusterReport.entries(follower.matchIndex())))));
      }
    }
    return Reply.array(
        Reply.bulk("master"),
        new Reply.Int(ClusterReport.entries(status.committedIndex())),
        new Reply.Array(replicas));
  }

  private static Reply replica(Standing standing, ClusterStatus status) {
    Member leader = standing.view().leader();
    return Reply.array(
        Reply.bulk("slave"),
        Reply.bulk(leader == null ? "" : leader.host()),
        new Reply.Int(leader == null ? 0 : leader.port()),
        Reply.bulk(leader == null || !standing.open() ? "connect" : "connected"),
        new Reply.Int(ClusterReport.entries(status.appliedIndex())));
  }
}
