package io.karst.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.karst.base.Invariant;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/// The frames of a leader on their way into the Raft log: transactions append them, in the order of
/// the history, and one thread takes them away, as many at once as have come together.
///
/// Frames are copied into a batch under a short lock, which is what orders them. A frame that is
/// larger than a batch is a batch of its own.
///
/// What an entry costs, in all members together, is some hundred times what a frame in it does. So
/// a batch that is not full goes when nothing is on its way; otherwise it waits for company until
/// that has arrived. That is the group commit: who is alone waits for nobody, and the more there
/// are the more go together. Where an entry is long on its way, as between continents, it waits for
/// some moments only. Full batches need no company, and go until many are on their way.
///
/// Thread-safe.
final class Outbox {
  /// Frames of one entry, or one frame that goes in parts.
  static final class Batch {
    private final long reign;
    private final long lsn;
    private final byte[] bytes;
    private final int size;

    Batch(long reign, long lsn, byte[] bytes, int size) {
      this.reign = reign;
      this.lsn = lsn;
      this.bytes = bytes;
      this.size = size;
    }

    /// Where it begins.
    long lsn() {
      return lsn;
    }

    /// Of which the first [#size] count.
    byte[] bytes() {
      return bytes;
    }

    int size() {
      return size;
    }

    boolean goesInParts() {
      return size > EntryFormat.FRAMES_SIZE_MAX;
    }

    ByteString copy() {
      return ByteString.copyFrom(bytes, 0, size);
    }
  }

  /// Entries on their way, beyond which nothing goes.
  static final int IN_FLIGHT_MAX = 32;

  /// When nothing comes for so long, nothing is going to: who was answered has sent his next
  /// command by then. Longer than what [PromptAppender] takes for quiet.
  private static final long MOMENT_NANOS = 4_000_000;

  /// For how many of them a batch waits for company.
  private static final int MOMENTS_MAX = 3;

  static final long COMPANY_NANOS_MAX = MOMENTS_MAX * MOMENT_NANOS;

  /// Arrays of batches that are kept to be used again.
  private static final int SPARE_MAX = 4;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private final ArrayDeque<Batch> sealed = new ArrayDeque<>();

  @GuardedBy("lock")
  private final ArrayDeque<byte[]> spare = new ArrayDeque<>();

  /// The batch that frames are added to: its array, where it begins, and how much it has.
  @GuardedBy("lock")
  private byte @Nullable [] open;

  @GuardedBy("lock")
  private long openLsn;

  @GuardedBy("lock")
  private int openSize;

  @GuardedBy("lock")
  private boolean taking;

  @GuardedBy("lock")
  private boolean waiting;

  /// Whether the one who waits has taken a batch of which another part is to go.
  @GuardedBy("lock")
  private boolean inParts;

  @GuardedBy("lock")
  private int inFlight;

  /// How often it was opened.
  @GuardedBy("lock")
  private long reign;

  /// Where the next frame begins; written under the lock.
  private volatile long tail;

  long tail() {
    return tail;
  }

  /// Drops everything and goes on at an LSN. Nobody appends meanwhile.
  void restart(long lsn) {
    lock.lock();
    try {
      clear();
      taking = false;
      tail = lsn;
    } finally {
      lock.unlock();
    }
  }

  /// From now on what is appended is kept, until it is taken.
  void open() {
    lock.lock();
    try {
      taking = true;
      inFlight = 0;
      reign++;
    } finally {
      lock.unlock();
    }
  }

  /// From now on what is appended is dropped, and so is what was not taken; [#take] returns null.
  void close() {
    lock.lock();
    try {
      taking = false;
      clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void clear() {
    sealed.clear();
    open = null;
    openSize = 0;
  }

  /// Appends one frame.
  ///
  /// - `owned`: whether the array is nobody else's any more.
  /// - returns: the LSN just past it.
  long append(byte[] frame, int size, boolean owned) {
    lock.lock();
    try {
      long lsn = tail;
      long end = lsn + size;
      if (taking) {
        add(lsn, frame, size, owned);
        wake();
      }
      tail = end;
      return end;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void add(long lsn, byte[] frame, int size, boolean owned) {
    if (size > EntryFormat.FRAMES_SIZE_MAX) {
      seal();
      Invariant.check(owned && frame.length == size, "a large frame that is not its own array");
      sealed.add(new Batch(reign, lsn, frame, size));
      return;
    }
    if (open != null && openSize + size > EntryFormat.FRAMES_SIZE_MAX) {
      seal();
    }
    byte[] batch = open;
    if (batch == null) {
      byte[] old = spare.poll();
      batch = old == null ? new byte[EntryFormat.FRAMES_SIZE_MAX] : old;
      open = batch;
      openLsn = lsn;
    }
    System.arraycopy(frame, 0, batch, openSize, size);
    openSize += size;
  }

  @GuardedBy("lock")
  private void seal() {
    byte[] batch = open;
    if (batch != null) {
      sealed.add(new Batch(reign, openLsn, batch, openSize));
      open = null;
      openSize = 0;
    }
  }

  @GuardedBy("lock")
  private void wake() {
    if (waiting && mayGo()) {
      waiting = false;
      changed.signal();
    }
  }

  @GuardedBy("lock")
  private boolean mayGo() {
    boolean full = inParts || !sealed.isEmpty();
    return full ? inFlight < IN_FLIGHT_MAX : open != null && inFlight == 0;
  }

  /// Waits for frames that may go, and takes the oldest; an entry is on its way then, until
  /// [#arrived]. Null if it is closed. Thread: the one that proposes.
  ///
  /// - `idle`: is run, once, when nothing comes for a moment, and nothing is on its way.
  @Nullable Batch take(Runnable idle) {
    lock.lock();
    try {
      if (!awaitTurnOrIdle(idle)) {
        awaitTurn(false);
      }
      if (!taking) {
        return null;
      }
      if (sealed.isEmpty()) {
        seal();
      }
      inFlight++;
      return sealed.poll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until another part of the batch that was taken may go; it is on its way then. False if
  /// it is closed. Thread: the one that proposes.
  boolean another() {
    lock.lock();
    try {
      awaitTurn(true);
      inFlight++;
      return taking;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until a batch may go, or has waited for company long enough, or nothing is going to
  /// come.
  ///
  /// - returns: false in the last case.
  @GuardedBy("lock")
  private boolean awaitTurnOrIdle(Runnable idle) {
    int moments = 0;
    while (taking && !mayGo() && !(moments >= MOMENTS_MAX && mayGoAlone())) {
      if (moments > 0 && inFlight == 0) {
        idle.run();
        return false;
      }
      if (awaitMoment()) {
        moments++;
      }
    }
    return true;
  }

  @GuardedBy("lock")
  private boolean mayGoAlone() {
    return open != null && inFlight < IN_FLIGHT_MAX;
  }

  /// Whether nobody has said meanwhile that a batch may go.
  @GuardedBy("lock")
  private boolean awaitMoment() {
    boolean interrupted = false;
    long nanos = MOMENT_NANOS;
    waiting = true;
    while (taking && waiting && nanos > 0) {
      try {
        nanos = changed.awaitNanos(nanos);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    waiting = false;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return nanos <= 0;
  }

  @GuardedBy("lock")
  private void awaitTurn(boolean ofPart) {
    inParts = ofPart;
    while (taking && !mayGo()) {
      waiting = true;
      changed.awaitUninterruptibly();
    }
    waiting = false;
    inParts = false;
  }

  /// An entry of a batch, or a part of it, is on its way no longer. Any thread.
  void arrived(Batch batch) {
    lock.lock();
    try {
      if (batch.reign == reign) {
        inFlight--;
        wake();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Gives back the array of a batch that was copied.
  void recycle(Batch batch) {
    if (batch.goesInParts()) {
      return;
    }
    lock.lock();
    try {
      if (spare.size() < SPARE_MAX) {
        spare.add(batch.bytes());
      }
    } finally {
      lock.unlock();
    }
  }
}
