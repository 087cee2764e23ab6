package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Disk;
import io.karst.base.Fault;
import io.karst.engine.Replica.Frame;
import io.karst.history.Appender;
import io.karst.history.Effect;
import io.karst.history.Frames;
import io.karst.history.Log;
import io.karst.history.LogStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The log of one of several stores that hold the same: what the leader appends is committed when a
/// test says so, and then everybody's to apply.
///
/// As a log of a cluster it lets nobody append while its store follows, but the thread that applies
/// a frame.
final class MemberLog implements Log {
  /// What a frame takes beside its effects.
  private static final int HEAD = 16;

  /// What is committed, of all members.
  static final class Committed {
    private final List<Frame> frames = new ArrayList<>();

    /// The frames from an LSN on, `count` at most, read anew.
    synchronized List<Frame> from(long lsn, int count) {
      return frames.stream()
          .filter(frame -> frame.lsn() >= lsn)
          .limit(count)
          .map(Committed::reread)
          .toList();
    }

    /// As a member gets it from elsewhere: as bytes.
    private static Frame reread(Frame frame) {
      byte[] bytes = new byte[(int) Frames.size(frame.effects())];
      Frames.write(frame.effects(), bytes, 0);
      return new Frame(frame.lsn(), frame.endLsn(), Frames.read(bytes, 0, bytes.length));
    }

    synchronized long end() {
      return frames.isEmpty() ? 0 : frames.getLast().endLsn();
    }

    private synchronized void add(Frame frame) {
      assertThat(frame.lsn()).isEqualTo(end());
      frames.add(frame);
    }
  }

  private final Committed committed;

  /// What this leader has appended and is not committed.
  private final List<Frame> uncommitted = new ArrayList<>();

  private boolean leads;

  /// Whether nothing is committed any more: the others do not answer.
  private boolean alone;

  private @Nullable Frame applying;
  private @Nullable Thread applier;
  private long tail;
  private long durable;

  /// - `from`: where it goes on.
  MemberLog(Committed committed, long from) {
    this.committed = committed;
    tail = from;
    durable = from;
  }

  /// It leads from now on, or follows.
  synchronized void leads(boolean on) {
    leads = on;
    alone = false;
  }

  /// The others do not answer any more.
  synchronized void leftAlone() {
    alone = true;
  }

  /// Commits up to `count` frames.
  synchronized void commit(int count) {
    for (int i = 0; i < count && !alone && !uncommitted.isEmpty(); i++) {
      Frame frame = uncommitted.removeFirst();
      committed.add(frame);
      durable = frame.endLsn();
    }
  }

  /// Forgets what is not committed, and goes on at an LSN.
  synchronized void reset(long lsn) {
    uncommitted.clear();
    leads = false;
    alone = false;
    tail = lsn;
    durable = lsn;
  }

  synchronized int uncommittedCount() {
    return uncommitted.size();
  }

  /// See [Replica.Cursor].
  synchronized void at(Frame frame) {
    assertThat(leads).isFalse();
    settle();
    assertThat(frame.lsn()).isEqualTo(tail);
    applying = frame;
    applier = Thread.currentThread();
  }

  /// Everything that was to be applied is.
  synchronized void applied() {
    settle();
    applier = null;
    durable = tail;
  }

  /// The frame before was one that changed nothing, if it is not over yet.
  private void settle() {
    Frame last = applying;
    if (last != null) {
      tail = last.endLsn();
      applying = null;
    }
  }

  private synchronized void reserve() {
    if (!leads && !Thread.currentThread().equals(applier)) {
      throw new Fault.ReadOnly("another leads");
    }
  }

  private synchronized long append(List<Effect> effects) {
    Frame followed = applying;
    if (followed != null) {
      assertThat(Thread.currentThread()).isEqualTo(applier);
      settle();
      return tail;
    }
    assertThat(leads).isTrue();
    long lsn = tail;
    tail += HEAD + Frames.size(effects);
    uncommitted.add(new Frame(lsn, tail, effects.stream().map(Effect::copy).toList()));
    return tail;
  }

  @Override
  public boolean keeps() {
    return true;
  }

  @Override
  public Appender newAppender() {
    return new Appender() {
      @Override
      public void reserve(long size) {
        MemberLog.this.reserve();
      }

      @Override
      public long append(List<Effect> effects) {
        return MemberLog.this.append(effects);
      }

      @Override
      public void close() {
        // Nothing is reserved.
      }
    };
  }

  @Override
  public synchronized long tail() {
    return tail;
  }

  @Override
  public synchronized long complete() {
    return durable;
  }

  @Override
  public synchronized long durable() {
    return durable;
  }

  @Override
  public void requestSync(long lsn) {
    // It is committed when the test says so.
  }

  @Override
  public synchronized void awaitDurable(long lsn) {
    if (alone && lsn > durable) {
      throw new Fault.ReadOnly("the others do not answer");
    }
    assertThat(leads || lsn <= tail).isTrue();
    commit(Integer.MAX_VALUE);
  }

  @Override
  public void listen(Runnable listener) {
    // Nobody waits for it.
  }

  @Override
  public Fault.@Nullable ReadOnly failure() {
    return null;
  }

  @Override
  public synchronized boolean lost() {
    return alone;
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
    return Log.NONE.status();
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
