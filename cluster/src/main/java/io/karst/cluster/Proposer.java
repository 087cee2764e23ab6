package io.karst.cluster;

import io.karst.base.Clock;
import io.karst.cluster.Outbox.Batch;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
import org.apache.ratis.protocol.exceptions.ResourceUnavailableException;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes entries of the Raft log of what a leader appends, in order, for as long as it leads.
///
/// How many entries are on their way at once, and so how much comes together in one, is up to the
/// [Outbox].
///
/// It ends with the first entry that Ratis does not take because this member leads no longer. What
/// Ratis refuses for the moment (it hands the leadership over, and that may fail) is tried again.
///
/// Thread: one of its own, `karst-propose`; submitting takes Ratis's locks and may wait.
final class Proposer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Proposer.class);

  private static final long RETRY_NANOS = 1_000_000;

  /// The Raft group.
  interface Group {
    /// Appends an entry to the Raft log; the future ends when it is applied.
    CompletableFuture<RaftClientReply> submit(ByteString entry) throws IOException;

    /// Lets the others know what is committed: the next entry would tell them, but there is none.
    void announce();
  }

  private final long term;
  private final Outbox outbox;
  private final Group group;
  private final CommitTimes times;
  private final Clock clock;
  private final Thread thread;
  private volatile boolean stopped;

  Proposer(long term, Outbox outbox, Group group, CommitTimes times, Clock clock) {
    this.term = term;
    this.outbox = outbox;
    this.group = group;
    this.times = times;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("karst-propose").daemon().unstarted(this);
  }

  void start() {
    thread.start();
  }

  /// Proposes nothing more when this returns. The outbox is closed before.
  void stop() {
    stopped = true;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void run() {
    try {
      while (!stopped) {
        Batch batch = outbox.take(group::announce);
        if (batch == null || !propose(batch)) {
          return;
        }
      }
    } catch (IOException | RuntimeException failure) {
      // Whatever it is: Ratis has closed, or tells so by the state machine.
      LOG.debug("No more is proposed in term {}", term, failure);
    }
  }

  private boolean propose(Batch batch) throws IOException {
    if (!batch.goesInParts()) {
      ByteString body = batch.copy();
      outbox.recycle(batch);
      return propose(batch, EntryHeader.frames(term, batch.lsn(), body));
    }
    for (int from = 0; from < batch.size(); from += EntryFormat.PART_SIZE_MAX) {
      if (from > 0 && !outbox.another()) {
        return false;
      }
      int to = Math.min(batch.size(), from + EntryFormat.PART_SIZE_MAX);
      if (!propose(batch, EntryHeader.part(term, batch.lsn(), batch.bytes(), from, to))) {
        return false;
      }
    }
    return true;
  }

  /// Returns false if this member leads no longer.
  private boolean propose(Batch batch, ByteString entry) throws IOException {
    while (!stopped) {
      long begin = clock.monotonicNanos();
      CompletableFuture<RaftClientReply> future = group.submit(entry);
      Throwable refusal = refusal(future);
      if (refusal == null) {
        var _ = future.whenComplete((reply, failure) -> ended(batch, begin, reply, failure));
        return true;
      }
      if (!passes(refusal)) {
        LOG.debug("No more is proposed in term {}", term, refusal);
        return false;
      }
      LockSupport.parkNanos(this, RETRY_NANOS);
    }
    return false;
  }

  private void ended(
      Batch batch, long begin, @Nullable RaftClientReply reply, @Nullable Throwable failure) {
    outbox.arrived(batch);
    if (failure == null && reply != null && reply.isSuccess()) {
      times.add(clock.monotonicNanos() - begin);
    }
  }

  /// Why an entry was not appended; null if it was.
  private static @Nullable Throwable refusal(CompletableFuture<RaftClientReply> future) {
    if (!future.isDone()) {
      return null;
    }
    if (future.isCompletedExceptionally()) {
      return future.exceptionNow();
    }
    RaftClientReply reply = future.resultNow();
    return reply.isSuccess() ? null : reply.getException();
  }

  private static boolean passes(Throwable refusal) {
    return refusal instanceof LeaderSteppingDownException
        || refusal instanceof ResourceUnavailableException;
  }
}
