package io.karst.server.operations.cluster;

import static io.karst.server.operations.SessionCommand.session;

import io.karst.base.CommandException;
import io.karst.cluster.ClusterView;
import io.karst.cluster.Member;
import io.karst.commands.Command;
import io.karst.server.session.Membership;
import io.karst.server.session.Session;
import io.karst.server.session.SessionBody;
import java.util.Locale;

/// What the subcommands of `CLUSTER` have in common.
final class ClusterCommand {
  private ClusterCommand() {}

  static Command cluster(String syntax, String since, String summary, SessionBody body) {
    return session("CLUSTER " + syntax, since, summary, body)
        .group("cluster")
        .stale()
        .complexity("O(N) where N is the number of members");
  }

  /// The place of a server in its cluster.
  ///
  /// - throws [CommandException] if it is in none.
  static Membership membership(Session session) {
    Membership membership = session.server().membership();
    if (membership == null) {
      throw CommandException.err("This instance has cluster support disabled");
    }
    return membership;
  }

  static ClusterView view(Session session) {
    return membership(session).standing().view();
  }

  /// The member of an id.
  ///
  /// - throws [CommandException] if there is none.
  static Member member(ClusterView view, String id) {
    Member member = view.member(id.toLowerCase(Locale.ROOT));
    if (member == null) {
      throw CommandException.err("Unknown node " + printable(id));
    }
    return member;
  }

  private static String printable(String word) {
    return word.replaceAll("[^ -~]", "?");
  }
}
