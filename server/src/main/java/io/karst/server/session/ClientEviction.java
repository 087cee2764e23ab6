package io.karst.server.session;

import io.karst.server.config.ClientDirectives;
import io.karst.server.config.ClientMemory;
import io.karst.server.config.Config;
import io.karst.server.config.Machine;
import io.karst.server.config.MemoryDirectives;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what clients take together within `maxmemory-clients`: those that take most are closed
/// first, but for those that asked to be spared (`CLIENT NO-EVICT`).
///
/// It looks ten times a second, so that a command costs nothing; between two looks clients may pass
/// the limit by what they send meanwhile. Thread-safe.
public final class ClientEviction {
  private static final Logger LOG = LoggerFactory.getLogger(ClientEviction.class);

  private record Size(Session session, long bytes) {}

  private final Sessions sessions;
  private final Config config;
  private final AtomicLong evicted = new AtomicLong();
  private volatile ClientMemory limit;

  ClientEviction(Sessions sessions, Config config) {
    this.sessions = sessions;
    this.config = config;
    limit = config.value(ClientDirectives.MAXMEMORY_CLIENTS);
    config.follow(ClientDirectives.MAXMEMORY_CLIENTS, value -> limit = value);
  }

  /// How many clients have been closed.
  public long evicted() {
    return evicted.get();
  }

  /// Counts from 0 again.
  public void reset() {
    evicted.set(0);
  }

  /// Closes clients if they take more than they may.
  void look() {
    long most = limit.limit(maxmemory());
    if (most == 0) {
      return;
    }
    long[] sum = {0};
    List<Size> sizes = new ArrayList<>();
    sessions.forEach(session -> {
      long bytes = session.killed() ? 0 : session.memorySize();
      sum[0] += bytes;
      if (bytes > 0 && !session.noEvict()) {
        sizes.add(new Size(session, bytes));
      }
    });
    if (sum[0] > most) {
      evict(sizes, sum[0] - most);
    }
  }

  private long maxmemory() {
    return config.value(MemoryDirectives.MAXMEMORY).effectiveBytes(Machine.current());
  }

  private void evict(List<Size> sizes, long excess) {
    sizes.sort(Comparator.comparingLong(Size::bytes).reversed());
    long left = excess;
    for (Size size : sizes) {
      if (left <= 0) {
        return;
      }
      LOG.info("Evicting client {}, which takes {} bytes", size.session.id(), size.bytes);
      size.session.kill();
      evicted.incrementAndGet();
      left -= size.bytes;
    }
  }
}
