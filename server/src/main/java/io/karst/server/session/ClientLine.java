package io.karst.server.session;

import io.karst.engine.Watcher;
import io.karst.server.messages.Kind;
import io.karst.server.messages.Tracker;
import java.util.Locale;

/// A connection as `CLIENT LIST` shows it: all fields of Redis 7, of which that about file
/// descriptors says that there are none; then `durability`.
public final class ClientLine {
  /// All that [#flags] may answer.
  public static final String FLAGS = "NOPFxbtRBdcAUreT";

  private ClientLine() {}

  public static void append(StringBuilder line, Session session, long nowMillis) {
    long queryFree = session.queryBufferCapacity() - session.queryBufferSize();
    long output = session.outputBufferSize();
    line.append("id=").append(session.id());
    line.append(" addr=").append(session.remoteAddress());
    line.append(" laddr=").append(session.localAddress());
    line.append(" fd=-1 name=").append(session.name());
    line.append(" age=").append(seconds(session.createdMillis(), nowMillis));
    line.append(" idle=").append(seconds(session.lastCommandMillis(), nowMillis));
    line.append(" flags=").append(flags(session));
    line.append(" db=").append(session.database());
    line.append(" sub=").append(session.listening().subscribed(Kind.CHANNEL));
    line.append(" psub=").append(session.listening().subscribed(Kind.PATTERN));
    line.append(" ssub=").append(session.listening().subscribed(Kind.SHARD_CHANNEL));
    line.append(" multi=").append(queued(session));
    line.append(" watch=").append(watched(session));
    line.append(" qbuf=").append(session.queryBufferSize());
    line.append(" qbuf-free=").append(queryFree);
    line.append(" argv-mem=0 multi-mem=").append(session.queuedSize());
    line.append(" rbs=0 rbp=0");
    line.append(" obl=").append(output);
    line.append(" oll=0 omem=").append(output);
    line.append(" tot-mem=").append(session.memorySize());
    line.append(" events=").append(output > 0 ? "rw" : "r");
    line.append(" cmd=").append(session.lastCommand());
    line.append(" user=").append(session.user());
    line.append(" redir=").append(redirect(session));
    line.append(" resp=").append(session.protocol());
    line.append(" lib-name=").append(session.libraryName());
    line.append(" lib-ver=").append(session.libraryVersion());
    line.append(" io-thread=").append(session.link().thread());
    line.append(" tot-net-in=").append(session.bytesIn());
    line.append(" tot-net-out=").append(session.bytesOut());
    line.append(" tot-cmds=").append(session.commands());
    line.append(" durability=").append(session.durability().name().toLowerCase(Locale.ROOT));
  }

  private static long seconds(long fromMillis, long toMillis) {
    return Math.max(0, toMillis - fromMillis) / 1000;
  }

  /// The number of queued commands, -1 if it does not queue.
  private static int queued(Session session) {
    Transaction transaction = session.transaction();
    return transaction == null ? -1 : transaction.count();
  }

  private static int watched(Session session) {
    Watcher watcher = session.watcher();
    return watcher == null ? 0 : watcher.count();
  }

  private static boolean isTouched(Session session) {
    Watcher watcher = session.watcher();
    return watcher != null && watcher.touched();
  }

  private static long redirect(Session session) {
    Tracker tracker = session.listening().tracker();
    return tracker == null ? -1 : tracker.mode().redirect();
  }

  private static String tracking(Session session) {
    Tracker tracker = session.listening().tracker();
    return tracker == null
        ? ""
        : "t" + (tracker.isBroken() ? "R" : "") + (tracker.mode().broadcast() ? "B" : "");
  }

  /// `O`: is shown every command, `P`: listens to messages, `F`: follows the changes, `x`: queues
  /// commands, `b`: waits for a key, `t`: has it remembered what it reads, `R`: to tell a
  /// connection that is gone, `B`: or is told of all keys that begin in some way, `d`: what it
  /// watches has changed, `c`: closes after the reply, `A`: closes now, `U`: came by the socket
  /// in the file system, `r`: takes from a follower what may be old, `e`: is not closed to save
  /// memory, `T`: does not touch keys, `N`: none of these.
  public static String flags(Session session) {
    String flags =
        (session.listening().isMonitor() ? "O" : "")
            + (session.listening().isSubscriber() ? "P" : "")
            + (session.listening().isFollower() ? "F" : "")
            + (session.transaction() != null ? "x" : "")
            + (session.blocked() != null ? "b" : "")
            + tracking(session)
            + (isTouched(session) ? "d" : "")
            + (session.closesAfterReply() ? "c" : "")
            + (session.killed() ? "A" : "")
            + (session.link().isLocal() ? "U" : "")
            + (session.readsReplicas() ? "r" : "")
            + (session.noEvict() ? "e" : "")
            + (session.noTouch() ? "T" : "");
    return flags.isEmpty() ? "N" : flags;
  }
}
