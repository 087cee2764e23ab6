package io.karst.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.karst.base.CommandException;
import io.karst.base.Disk;
import io.karst.base.Fault;
import io.karst.base.Invariant;
import io.karst.engine.Replica.Frame;
import io.karst.history.Appender;
import io.karst.history.Effect;
import io.karst.history.Log;
import io.karst.history.LogFeed;
import io.karst.history.LogStatus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// The log of an engine whose history is that of a Raft group.
///
/// - While the member *leads*, transactions append; what a majority has is [#durable].
/// - While it *follows*, one thread applies what the group has committed, and says where that is
///   ([#at]); nobody else may append, which [Appender#reserve] tells.
/// - When it is *deposed*, what is appended and not durable is [#lost], until the engine has
///   forgotten it and [#follow] or [#restart] is called. LSNs are used again after that.
///
/// Thread-safe; what changes the role is the shard's thread alone to call, under the locks of all
/// slots where it says so.
final class RaftLog implements Log {
  /// The history that may wait for a majority, in bytes; beyond it writes are refused.
  static final long PENDING_MAX = 256L << 20;

  private final Outbox outbox;
  private final Confirmations confirmations;
  private final LongConsumer checkpointed;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition advanced = lock.newCondition();

  /// Why transactions may not change anything; null while this member leads.
  private volatile Fault.@Nullable ReadOnly refusal = notLeading();

  /// Why transactions may not change anything though this member leads; null if they may.
  private volatile Fault.@Nullable ReadOnly scarcity;

  /// The thread that applies; null while none does.
  private volatile @Nullable Thread applier;

  /// The end of the frame that is applied. Thread: the one that applies.
  private long frameEnd;

  private volatile long durable;
  private volatile boolean lost;

  @GuardedBy("lock")
  private long losses;

  private volatile boolean closed;

  /// - `first`: the LSN of the first frame the engine does not have.
  /// - `checkpointed`: is told before which LSN a checkpoint has everything.
  RaftLog(Outbox outbox, Confirmations confirmations, long first, LongConsumer checkpointed) {
    this.outbox = outbox;
    this.confirmations = confirmations;
    this.checkpointed = checkpointed;
    outbox.restart(first);
    durable = first;
  }

  private static Fault.ReadOnly notLeading() {
    return new Fault.ReadOnly("this member of the cluster does not lead");
  }

  /// Where what is appended goes.
  Outbox outbox() {
    return outbox;
  }

  Confirmations confirmations() {
    return confirmations;
  }

  // ---- what the shard's thread does ----

  /// From now on this member leads. Under the locks of all slots.
  void lead() {
    Invariant.check(durable == outbox.tail(), "a leader has what no majority has");
    outbox.open();
    refusal = null;
  }

  /// Everything up to here has a majority. Also the thread that commits.
  void committed(long lsn) {
    durable = lsn;
    advanced();
  }

  /// What is appended and not durable is lost from now on, and nothing more may be appended.
  void deposed() {
    refusal = notLeading();
    lock.lock();
    try {
      lost = true;
      losses++;
    } finally {
      lock.unlock();
    }
    outbox.close();
    advanced();
  }

  /// Follows from now on; nothing was lost. Under the locks of all slots.
  void follow() {
    lost = false;
  }

  /// Follows from now on, from an LSN on: what was after it is forgotten. Under the locks of all
  /// slots.
  void restart(long lsn) {
    outbox.restart(lsn);
    durable = lsn;
    lost = false;
  }

  /// The calling thread applies what the group has committed, until [#applied].
  void applying() {
    applier = Thread.currentThread();
  }

  /// This frame is applied next. Under its locks. The tail moves past it with what it appends: who
  /// takes a checkpoint from a tail on relies on what is before that being in the keyspace.
  void at(Frame frame) {
    reached(frame.lsn());
    frameEnd = frame.endLsn();
  }

  private void reached(long lsn) {
    durable = lsn;
    outbox.restart(lsn);
  }

  /// Everything up to an LSN is applied; more is applied only after another [#applying].
  void applied(long lsn) {
    applier = null;
    reached(lsn);
    advanced();
  }

  private void advanced() {
    lock.lock();
    try {
      advanced.signalAll();
    } finally {
      lock.unlock();
    }
    tell();
  }

  /// Lets all who listen look again.
  void tell() {
    for (Runnable listener : listeners) {
      listener.run();
    }
  }

  /// There is too little room on the disk, or enough again. Any thread.
  void scarce(boolean on) {
    scarcity = on ? new Fault.ReadOnly("the disk of this member is nearly full") : null;
  }

  // ---- what an appender needs ----

  private void checkRoom() {
    Fault.ReadOnly reason = refusal;
    if (reason != null) {
      if (Thread.currentThread() != applier) {
        throw reason;
      }
      return;
    }
    Fault.ReadOnly full = scarcity;
    if (full != null) {
      throw full;
    }
    if (outbox.tail() - durable > PENDING_MAX) {
      throw new Fault.ReadOnly("the other members of the cluster do not keep up");
    }
  }

  private final class RaftAppender implements Appender {
    private final FrameBuffer buffer = new FrameBuffer();
    private long asked;

    @Override
    public void reserve(long size) {
      checkRoom();
      asked += size;
      if (asked > EntryFormat.FRAME_SIZE_MAX) {
        throw CommandException.err("the changes of one transaction exceed what the log can take");
      }
    }

    @Override
    public void reset() {
      asked = 0;
    }

    @Override
    public long append(List<Effect> effects) {
      asked = 0;
      if (Thread.currentThread() == applier) {
        reached(frameEnd);
        return frameEnd;
      }
      buffer.fill(effects);
      long end = outbox.append(buffer.bytes(), buffer.size(), buffer.handsOver());
      buffer.release();
      return end;
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }

  // ---- what everybody sees ----

  @Override
  public boolean keeps() {
    return true;
  }

  @Override
  public Appender newAppender() {
    return new RaftAppender();
  }

  @Override
  public long tail() {
    return outbox.tail();
  }

  /// What the leader alone has counts, for whoever is content with that.
  @Override
  public long complete() {
    return outbox.tail();
  }

  @Override
  public long durable() {
    return durable;
  }

  @Override
  public void requestSync(long lsn) {
    // Everything is proposed as soon as it can be.
  }

  @Override
  public void awaitDurable(long lsn) {
    if (durable >= lsn) {
      return;
    }
    lock.lock();
    try {
      long before = losses;
      while (durable < lsn) {
        if (lost || losses != before || closed) {
          throw new Fault.ReadOnly("this member leads no longer, and no majority has the change");
        }
        advanced.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long confirmation() {
    return confirmations.next();
  }

  @Override
  public long confirmed() {
    return confirmations.confirmed();
  }

  @Override
  public void requestConfirmation(long number) {
    confirmations.request(number);
  }

  @Override
  public void listen(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public Fault.@Nullable ReadOnly failure() {
    Fault.ReadOnly reason = refusal;
    return reason == null ? scarcity : reason;
  }

  @Override
  public boolean lost() {
    return lost;
  }

  @Override
  public void truncateBefore(long lsn) {
    checkpointed.accept(lsn);
  }

  @Override
  public void copyTo(Disk target, long from, long to) {
    throw new UnsupportedOperationException("a member of a cluster cannot be backed up yet");
  }

  @Override
  public LogFeed feed(long fromLsn) {
    throw new UnsupportedOperationException("a member of a cluster shows no changes yet");
  }

  @Override
  public LogStatus status() {
    return new LogStatus(0, 0, outbox.tail(), durable, 0, 0, false);
  }

  /// Nobody waits any more; the Raft log itself is the cluster's to close.
  @Override
  public void close() {
    closed = true;
    advanced();
  }
}
