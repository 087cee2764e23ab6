package io.karst.server.session;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All open connections, by id. Thread-safe.
public final class Sessions {
  private final Server server;
  private final ConcurrentHashMap<Long, Session> byId = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();

  Sessions(Server server) {
    this.server = server;
  }

  /// Enters a new connection.
  public Session open(Link link) {
    long id = lastId.incrementAndGet();
    Session session = new Session(server, link, id, !server.needsPassword());
    byId.put(id, session);
    return session;
  }

  /// Forgets a connection that has been closed.
  public void closed(Session session) {
    byId.remove(session.id());
  }

  public @Nullable Session byId(long id) {
    return byId.get(id);
  }

  public int count() {
    return byId.size();
  }

  /// Visits every connection open from start to end, in no order; those that come or go meanwhile
  /// may be missed. The visitor may kill sessions.
  public void forEach(Consumer<Session> visitor) {
    byId.values().forEach(visitor);
  }
}
