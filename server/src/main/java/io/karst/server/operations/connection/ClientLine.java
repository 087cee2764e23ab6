package io.karst.server.operations.connection;

import io.karst.engine.Watcher;
import io.karst.server.session.Session;
import io.karst.server.session.Transaction;
import java.util.Locale;

/// A connection as `CLIENT LIST` shows it: all fields of Redis 7, of which those about pub/sub,
/// tracking and file descriptors say that there are none; then `durability`.
final class ClientLine {
  private ClientLine() {}

  static void append(StringBuilder line, Session session, long nowMillis) {
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
    line.append(" sub=0 psub=0 ssub=0 multi=").append(queued(session));
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
    line.append(" redir=-1 resp=").append(session.protocol());
    line.append(" lib-name=").append(session.libraryName());
    line.append(" lib-ver=").append(session.libraryVersion());
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

  /// `x`: queues commands, `d`: what it watches has changed, `b`: waits for a key, `c`: closes
  /// after the reply, `A`: closes now, `U`: came by the socket in the file system, `e`: is not
  /// closed to save memory, `T`: does not touch keys, `N`: none of these.
  private static String flags(Session session) {
    String flags =
        (session.transaction() != null ? "x" : "")
            + (session.blocked() != null ? "b" : "")
            + (isTouched(session) ? "d" : "")
            + (session.closesAfterReply() ? "c" : "")
            + (session.killed() ? "A" : "")
            + (session.link().isLocal() ? "U" : "")
            + (session.noEvict() ? "e" : "")
            + (session.noTouch() ? "T" : "");
    return flags.isEmpty() ? "N" : flags;
  }
}
