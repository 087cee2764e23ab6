package io.karst.lsm;

import io.karst.base.Bytes;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// A tier, and how many calls and cursors use it, so that it ends when the last of them has.
///
/// Thread-safe.
final class TierUse {
  private final Path directory;
  private final Tier tier;

  /// One more than there are users, as long as it is current.
  private final AtomicInteger users = new AtomicInteger(1);

  private final CountDownLatch unused = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);

  TierUse(Path directory, Tier tier) {
    this.directory = directory;
    this.tier = tier;
  }

  Tier tier() {
    return tier;
  }

  /// Keeps it open until [#leave]; false if it is no longer to be used.
  boolean enter() {
    int count = users.get();
    while (count > 0 && !users.compareAndSet(count, count + 1)) {
      count = users.get();
    }
    return count > 0;
  }

  void leave() {
    if (users.decrementAndGet() == 0) {
      unused.countDown();
    }
  }

  /// Is used by nobody any more who does not use it already; ends on a thread of its own after
  /// that, and then has `delete` delete its directory.
  void retire(Consumer<Path> delete) {
    leave();
    var _ =
        Thread.ofPlatform()
            .daemon()
            .name("karst-tier-end")
            .start(() -> {
              awaitUninterruptibly(unused);
              tier.close();
              delete.accept(directory);
              over.countDown();
            });
  }

  boolean isOver() {
    return over.getCount() == 0;
  }

  /// Ends one that was retired, and what still uses it.
  void close() {
    tier.close();
    unused.countDown();
    awaitUninterruptibly(over);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Opens a cursor for who has entered, who leaves when it is closed.
  <T> T cursor(Supplier<T> opening, Function<T, T> counted) {
    boolean open = false;
    try {
      T cursor = opening.get();
      open = true;
      return counted.apply(cursor);
    } finally {
      if (!open) {
        leave();
      }
    }
  }

  private void leaveOnce(AtomicBoolean closed) {
    if (closed.compareAndSet(false, true)) {
      leave();
    }
  }

  TierCursor of(TierCursor cursor) {
    AtomicBoolean closed = new AtomicBoolean();
    return new TierCursor() {
      @Override
      public boolean next() {
        return cursor.next();
      }

      @Override
      public Bytes key() {
        return cursor.key();
      }

      @Override
      public Stored stored() {
        return cursor.stored();
      }

      @Override
      public void close() {
        cursor.close();
        leaveOnce(closed);
      }
    };
  }

  SlotCursor of(SlotCursor cursor) {
    AtomicBoolean closed = new AtomicBoolean();
    return new SlotCursor() {
      @Override
      public boolean next() {
        return cursor.next();
      }

      @Override
      public long hash() {
        return cursor.hash();
      }

      @Override
      public Bytes key() {
        return cursor.key();
      }

      @Override
      public int type() {
        return cursor.type();
      }

      @Override
      public long expiryMillis() {
        return cursor.expiryMillis();
      }

      @Override
      public void close() {
        cursor.close();
        leaveOnce(closed);
      }
    };
  }

  DueCursor of(DueCursor cursor) {
    AtomicBoolean closed = new AtomicBoolean();
    return new DueCursor() {
      @Override
      public boolean next() {
        return cursor.next();
      }

      @Override
      public long expiryMillis() {
        return cursor.expiryMillis();
      }

      @Override
      public int database() {
        return cursor.database();
      }

      @Override
      public Bytes key() {
        return cursor.key();
      }

      @Override
      public void close() {
        cursor.close();
        leaveOnce(closed);
      }
    };
  }
}
