package io.karst.server.operations.server;

import io.karst.base.CommandException;
import io.karst.cluster.ClusterStatus;
import io.karst.server.session.Membership;
import io.karst.server.session.Session;
import org.jspecify.annotations.Nullable;

/// How many other members of a cluster have what a connection has written.
///
/// The log is known by positions here and by entries there. So, when a majority is seen to have
/// what was written, the latest entry that a majority has a moment later stands for it: whoever has
/// that has it, too.
///
/// Thread: its command's.
final class Acknowledgements {
  private static final long LOOK_MILLIS = 10;
  private static final long UNKNOWN = -1;

  private final Session session;

  /// Null without a cluster.
  private final @Nullable Membership membership;

  private final long written;
  private final long reign;
  private long index = UNKNOWN;

  private Acknowledgements(Session session) {
    this.session = session;
    membership = session.server().membership();
    written = session.writtenLsn();
    reign = membership == null ? 0 : membership.standing().reign();
  }

  /// - throws [CommandException] on a member that does not lead.
  static Acknowledgements of(Session session) {
    Acknowledgements fresh = new Acknowledgements(session);
    if (fresh.membership != null && !fresh.membership.standing().leads()) {
      throw CommandException.err("WAIT cannot be used with replica instances.");
    }
    if (session.hasLost()) {
      throw lost();
    }
    return fresh;
  }

  private static CommandException lost() {
    return new CommandException(
        "UNKNOWNOUTCOME The server led no longer; whether the latest change has happened is not"
            + " known");
  }

  /// Whether there are others.
  boolean any() {
    return membership != null;
  }

  /// For how long to wait until the next look, if there are `leftMillis`, or any number if that is
  /// 0: nobody tells when another member has got something.
  long lookMillis(long leftMillis) {
    return leftMillis == 0 ? LOOK_MILLIS : Math.min(leftMillis, LOOK_MILLIS);
  }

  /// - throws [CommandException] if the server does not lead any more.
  void check() {
    boolean leads = membership == null || membership.standing().leads();
    if (!leads || (membership != null && membership.standing().reign() != reign)) {
      throw session.isOpen() ? deposed() : lost();
    }
  }

  private static CommandException deposed() {
    return new CommandException(
        "UNBLOCKED force unblock from blocking operation, instance state changed (master ->"
            + " replica?)");
  }

  /// How many have it now, at least.
  long count() {
    if (membership == null) {
      return 0;
    }
    if (index == UNKNOWN && written > 0) {
      if (membership.cluster().status().committed() < written) {
        return 0;
      }
      index = membership.cluster().status().committedIndex();
    }
    ClusterStatus status = membership.cluster().status();
    return status.followers().stream().filter(each -> each.matchIndex() >= index).count();
  }
}
