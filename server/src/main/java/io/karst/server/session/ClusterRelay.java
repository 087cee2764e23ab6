package io.karst.server.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.karst.cluster.Cluster;
import io.karst.history.Log;
import io.karst.server.messages.Relay;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.LongAdder;

/// Lets messages go round in a cluster as soon as a majority has what they may tell of.
///
/// All messages stand in one queue, so that those of a connection keep their order: one that has to
/// wait for the log, as its sender has just written, holds up those behind it for as long as a
/// majority takes. What waits for a reign that has ended is not told.
///
/// Thread-safe; nothing here blocks.
final class ClusterRelay implements Relay {
  /// Bytes that wait at most; who publishes more meanwhile is not heard elsewhere.
  private static final long WAITING_MAX = 16 << 20;

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Waiting(byte[] message, long lsn) {}

  private final Cluster cluster;
  private final Log log;
  private final LongAdder missed = new LongAdder();

  @GuardedBy("this")
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();

  @GuardedBy("this")
  private long size;

  /// Whether anything waits: what the log's thread asks.
  private volatile boolean occupied;

  /// Changed under the lock.
  private volatile long reign;

  ClusterRelay(Cluster cluster, Log log) {
    this.cluster = cluster;
    this.log = log;
    log.listen(this::advanced);
  }

  @Override
  public long reign() {
    return reign;
  }

  @Override
  public synchronized void send(byte[] message, long lsn, long ofReign) {
    if (lsn != 0 && ofReign != reign) {
      missed.increment();
      return;
    }
    flow();
    if (queue.isEmpty() && lsn <= log.durable()) {
      cluster.broadcast(message);
    } else if (size + message.length > WAITING_MAX) {
      missed.increment();
    } else {
      queue.add(new Waiting(message, lsn));
      size += message.length;
      occupied = true;
      flow(); // The log may have advanced before it could know that somebody waits.
    }
  }

  private void advanced() {
    if (occupied) {
      flow();
    }
  }

  private synchronized void flow() {
    long durable = log.durable();
    Waiting next = queue.peek();
    while (next != null && next.lsn <= durable) {
      take(queue.remove());
      next = queue.peek();
    }
    occupied = !queue.isEmpty();
  }

  @GuardedBy("this")
  private void take(Waiting next) {
    size -= next.message.length;
    cluster.broadcast(next.message);
  }

  /// Another reign begins: what is not safe by now is lost.
  synchronized void lose(long newReign) {
    long durable = log.durable();
    for (Waiting next = queue.poll(); next != null; next = queue.poll()) {
      if (next.lsn <= durable) {
        take(next);
      } else {
        size -= next.message.length;
        missed.increment();
      }
    }
    occupied = false;
    reign = newReign;
  }

  /// How many messages no other member was given.
  long missed() {
    return missed.sum();
  }
}
