package io.karst.server.session;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All open connections, by id. Thread-safe.
public final class Sessions {
  private final Server server;
  private final ConcurrentHashMap<Long, Session> byId = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();
  private final AtomicInteger count = new AtomicInteger();

  Sessions(Server server) {
    this.server = server;
  }

  /// Enters a new connection; null if there are as many as `maxclients` allows.
  public @Nullable Session open(Link link) {
    if (count.incrementAndGet() > server.limits().clientsMax()) {
      count.decrementAndGet();
      return null;
    }
    long id = lastId.incrementAndGet();
    Session session = new Session(server, link, id, !server.needsPassword());
    if (!link.isInner()) {
      session.rest(server.access().restMillis(link.remoteAddress()));
    }
    byId.put(id, session);
    return session;
  }

  /// Forgets a connection that has been closed.
  public void closed(Session session) {
    session.closed();
    if (byId.remove(session.id()) != null) {
      count.decrementAndGet();
    }
  }

  public @Nullable Session byId(long id) {
    return byId.get(id);
  }

  public int count() {
    return count.get();
  }

  /// Visits every connection open from start to end, in no order; those that come or go meanwhile
  /// may be missed. The visitor may kill sessions.
  public void forEach(Consumer<Session> visitor) {
    byId.values().forEach(visitor);
  }
}
