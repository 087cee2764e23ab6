package io.karst.server.migration;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Closes a socket that has been written to for too long without any progress, for which sockets
/// have no timeout of their own, or that nobody waits for any more: who uses it gets an
/// [IOException].
///
/// How it works: a virtual thread looks some times a second, as long as it is not closed.
final class StallGuard implements AutoCloseable {
  private static final int PIECE_SIZE = 1 << 16;
  private static final long LOOK_MILLIS = 100;
  private static final long NOT_WRITING = Long.MAX_VALUE;

  private final Socket socket;
  private final long timeoutNanos;
  private final BooleanSupplier abandons;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /// Guarded by `lock`: when the write of the present piece has taken too long.
  private long deadlineNanos = NOT_WRITING;

  /// Guarded by `lock`.
  private boolean closed;

  StallGuard(Socket socket, int timeoutMillis, BooleanSupplier abandons) {
    this.socket = socket;
    this.abandons = abandons;
    timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    Thread.ofVirtual().name("migrate-guard").start(this::guard);
  }

  private void guard() {
    lock.lock();
    try {
      while (!closed && !isOver()) {
        var _ = changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      if (!closed) {
        socket.close();
      }
    } catch (IOException | InterruptedException _) {
      // Whoever uses the socket finds out.
    } finally {
      lock.unlock();
    }
  }

  private boolean isOver() {
    return abandons.getAsBoolean()
        || (deadlineNanos != NOT_WRITING && System.nanoTime() - deadlineNanos > 0);
  }

  /// The stream of the socket, watched.
  OutputStream watch(OutputStream out) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int at = 0; at < length; at += PIECE_SIZE) {
          deadline(System.nanoTime() + timeoutNanos);
          out.write(bytes, offset + at, Math.min(PIECE_SIZE, length - at));
        }
        deadline(NOT_WRITING);
      }

      @Override
      public void flush() throws IOException {
        out.flush();
      }
    };
  }

  private void deadline(long nanos) {
    lock.lock();
    try {
      deadlineNanos = nanos;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }
}
