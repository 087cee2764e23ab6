package io.karst.server.messages;

import io.karst.base.Bytes;
import io.karst.commands.Reply;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Keys that have changed, on their way to one who wants to know of all that begin in some way: as
/// long as the event loop has not come to deliver them, others join them. So he is told once for
/// each round of his loop, of each key once, as in Redis.
///
/// Thread-safe; its lock is one of the last, as those of [Tracking] are.
public final class Gathering implements Mail {
  /// Bytes of keys beyond which no more join.
  private static final int SIZE_MAX = 16 << 10;

  private final Subscription to;
  private final boolean redirected;
  private final int sizeAtFirst;
  private final Set<Bytes> keys = new LinkedHashSet<>();
  private int size;
  private long seenLsn;
  private long heldLsn;
  private boolean settled;

  /// - `first`: the key it begins with; kept.
  /// - `redirected`: as [Invalidation#of] has it.
  Gathering(Subscription to, boolean redirected, Bytes first, long seenLsn, long heldLsn) {
    this.to = to;
    this.redirected = redirected;
    this.seenLsn = seenLsn;
    this.heldLsn = heldLsn;
    keys.add(first);
    sizeAtFirst = sizeOf(first);
    size = sizeAtFirst;
  }

  private static int sizeOf(Bytes key) {
    return Invalidation.SIZE + key.length();
  }

  /// Takes another key along; whether it could.
  ///
  /// - `another`: who is told now.
  /// - `key`: kept.
  @SuppressWarnings("ReferenceEquality") // A subscription is no value.
  synchronized boolean add(Subscription another, Bytes key, long newSeenLsn, long newHeldLsn) {
    if (settled || another != to || size > SIZE_MAX) {
      return false;
    }
    seenLsn = Math.max(seenLsn, newSeenLsn);
    heldLsn = Math.max(heldLsn, newHeldLsn);
    if (keys.add(key)) {
      size += sizeOf(key);
      to.subscriber().outbox().grew(sizeOf(key));
    }
    return true;
  }

  @Override
  public int size() {
    return sizeAtFirst;
  }

  @Override
  public synchronized Post settled() {
    List<Reply> names = keys.stream().<Reply>map(Reply::bulk).toList();
    settled = true;
    keys.clear();
    Message message = Invalidation.of(new Reply.Array(names), redirected);
    return new Post(to.group(0), message, size, null, seenLsn, heldLsn);
  }
}
