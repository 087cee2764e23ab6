package io.karst.history;

import io.karst.base.Disk;
import io.karst.base.Fault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A log that keeps everything on the heap, for tests: an LSN is the number of frames before it.
public final class KeptLog implements Log {
  private final List<List<Effect>> frames = new ArrayList<>();

  /// What one transaction may reserve, in bytes.
  private volatile long room = Long.MAX_VALUE;

  @Override
  public boolean keeps() {
    return true;
  }

  @Override
  public Appender newAppender() {
    return new Appender() {
      private long asked;

      @Override
      public void reserve(long size) {
        if (asked + size > room) {
          throw new Fault.ReadOnly("no room");
        }
        asked += size;
      }

      @Override
      public void reset() {
        asked = 0;
      }

      @Override
      public long append(List<Effect> effects) {
        return add(effects.stream().map(Effect::copy).toList());
      }

      @Override
      public void close() {
        // Nothing is reserved.
      }
    };
  }

  /// Lets one transaction reserve so many bytes, as a disk does that is nearly full; any number at
  /// first.
  public void room(long bytes) {
    room = bytes;
  }

  /// All effects so far, in order.
  public List<Effect> effects() {
    return effects(0);
  }

  /// The effects from a frame on, in order.
  public synchronized List<Effect> effects(long fromLsn) {
    return frames.subList((int) fromLsn, frames.size()).stream().flatMap(List::stream).toList();
  }

  /// All frames so far, in order: the index of each is its LSN.
  public synchronized List<List<Effect>> frames() {
    return List.copyOf(frames);
  }

  @Override
  public synchronized long tail() {
    return frames.size();
  }

  @Override
  public long complete() {
    return tail();
  }

  @Override
  public long durable() {
    return tail();
  }

  @Override
  public void requestSync(long lsn) {
    // All of it is as durable as it gets.
  }

  @Override
  public void awaitDurable(long lsn) {
    // All of it is as durable as it gets.
  }

  @Override
  public void listen(Runnable listener) {
    // Nothing advances by itself.
  }

  @Override
  public Fault.@Nullable ReadOnly failure() {
    return null;
  }

  @Override
  public boolean lost() {
    return false;
  }

  @Override
  public void truncateBefore(long lsn) {
    // Everything is kept.
  }

  @Override
  public void copyTo(Disk target, long from, long to) {
    throw new UnsupportedOperationException("it is on the heap only");
  }

  @Override
  public LogStatus status() {
    return LogStatus.NONE;
  }

  @Override
  public void close() {
    // Nothing is open.
  }

  private synchronized long add(List<Effect> frame) {
    frames.add(frame);
    return frames.size();
  }
}
