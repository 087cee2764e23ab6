package io.karst.history;

import io.karst.base.Fault;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the [Room] filled: allocates segments ahead of the tail, and says when the disk refuses.
///
/// Thread: the writer's; [#failure] is read by anyone.
final class Supply {
  private static final Logger LOGGER = LoggerFactory.getLogger(Supply.class);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Stream stream;
  private final Room room;
  private final SegmentFiles files;

  /// What is kept allocated ahead of the tail.
  private final long ahead;

  /// With less than this left and no more to be had, nothing new is begun.
  private final long low;

  /// Why the latest attempt to allocate failed; null if it did not.
  private Fault.@Nullable ReadOnly refusal;

  private long refusedAtNanos;

  /// Whether something has changed since.
  private boolean hopeful;

  private volatile Fault.@Nullable ReadOnly failure;

  Supply(Stream stream, Room room, SegmentFiles files) {
    this.stream = stream;
    this.room = room;
    this.files = files;
    this.ahead = ahead(files.segmentSize());
    this.low = files.segmentSize() / 2;
  }

  static long ahead(int segmentSize) {
    return 2L * segmentSize;
  }

  /// Why nothing new may be begun; null if it may.
  Fault.@Nullable ReadOnly failure() {
    return failure;
  }

  /// There is space that was not there before: the next attempt is due at once.
  void retry() {
    hopeful = true;
  }

  /// Does some of the work; returns whether there is more at once.
  boolean step(long nowNanos) {
    long demanded = room.grant();
    long wanted = Math.max(ahead, demanded);
    if (room.free() >= wanted) {
      refused(null);
      return trim();
    }
    if (refusal != null && !hopeful && nowNanos - refusedAtNanos < RETRY_NANOS) {
      room.refuse(refusal);
      refused(refusal);
      return false;
    }
    try {
      if (!files.growing()) {
        // Not to fill the disk on the way to what it does not have.
        checkFree(demanded - room.free());
      }
      Segment next = files.grow(stream.endLsn());
      if (next != null) {
        stream.add(next);
        room.give(files.segmentSize());
        refused(null);
      }
      return true;
    } catch (IOException e) {
      files.abandonGrowth();
      refusedAtNanos = nowNanos;
      hopeful = false;
      Fault.ReadOnly reason = new Fault.ReadOnly("the log cannot grow: " + e.getMessage());
      room.grant();
      room.refuse(reason);
      refused(reason);
      return trim();
    }
  }

  private void checkFree(long need) throws IOException {
    if (files.freeSize() < need) {
      throw new IOException("No space left on device");
    }
  }

  private void refused(Fault.@Nullable ReadOnly reason) {
    refusal = reason;
    boolean failed = failure != null;
    if (reason != null && room.free() < low) {
      failure = reason;
      if (!failed) {
        LOGGER.error("writes are refused: {}", reason.getMessage());
      }
    } else if (failed && reason == null) {
      failure = null;
      LOGGER.info("the log can grow again: writes are accepted");
    }
  }

  /// Takes away a segment that was allocated for somebody who did not need it in the end; whether
  /// there was one.
  private boolean trim() {
    long size = files.segmentSize();
    if (room.free() < ahead + 2 * size || !room.takeExactly(size)) {
      return false;
    }
    Segment last = stream.segments().getLast();
    stream.remove(last);
    last.close();
    try {
      files.retire(last.firstLsn());
    } catch (IOException e) {
      LOGGER.warn("a file of the log cannot be removed: {}", e.getMessage());
    }
    return true;
  }
}
