package io.karst.cluster;

import io.karst.base.Fault;
import io.karst.base.Invariant;
import io.karst.cluster.Boundaries.Boundary;
import io.karst.cluster.ShardQueue.Call;
import io.karst.cluster.ShardQueue.Entry;
import io.karst.cluster.ShardQueue.Passed;
import io.karst.cluster.ShardQueue.Task;
import io.karst.engine.Replica;
import io.karst.engine.Replica.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One engine as a member of one Raft group: applies what is committed, leads, and forgets what it
/// has led in vain.
///
/// Everything that Ratis tells comes into one queue, in its order, and is done by one thread. One
/// thing does not: what this member has proposed itself is executed already, and an entry of the
/// term it leads in only says that a majority has it. While nothing else waits in the queue, the
/// thread of Ratis that brings it notes that itself, and tells who waits.
///
/// Thread: `karst-shard`; what is called by Ratis says so.
final class Shard implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Shard.class);

  /// What is applied at once, in bytes of entries, or a little more.
  private static final int APPLY_SIZE = 1 << 20;

  private static final long NO_TERM = -1;

  /// Is told up to where the Raft log is processed.
  interface Processed {
    void upTo(long term, long index);
  }

  private final Replica replica;
  private final RaftLog log;
  private final Snapshots snapshots;
  private final ClusterListener listener;
  private final ShardHost host;
  private volatile @Nullable Leading leading;
  private final ShardQueue queue = new ShardQueue();
  private final Thread thread = Thread.ofPlatform().name("karst-shard").daemon().unstarted(this);

  /// Guards the history against the thread of Ratis while that commits: it is the shard thread's,
  /// but for then.
  private final ReentrantLock commitLock = new ReentrantLock();

  private final History history = new History(0);
  private final Boundaries boundaries = new Boundaries(Snapshots.NOTHING);
  private final Retention retention;
  private volatile Processed processed = (term, index) -> {};
  private final ProcessedIndex processedIndex = new ProcessedIndex();

  /// In which term this member leads. Changed under the commit lock.
  private volatile long leadingTerm = NO_TERM;

  private volatile boolean serves;

  /// Whether Ratis is about to close the group.
  private volatile boolean ending;

  /// This member is about to close; the Raft log may be closed already.
  private volatile boolean closing;

  private volatile boolean closed;
  private volatile boolean failed;
  private final AtomicLong installs = new AtomicLong();

  /// - `keptBytes`: history behind the latest checkpoint that is kept for who lags behind.
  Shard(
      Replica replica,
      RaftLog log,
      Snapshots snapshots,
      ClusterListener listener,
      ShardHost host,
      long keptBytes) {
    this.replica = replica;
    this.log = log;
    this.snapshots = snapshots;
    this.listener = listener;
    this.host = host;
    retention = new Retention(boundaries, snapshots, keptBytes);
  }

  /// - `how`: what this member does as the leader.
  void start(Leading how) {
    leading = how;
    thread.start();
  }

  private Leading leading() {
    return Objects.requireNonNull(leading, "the shard has not started");
  }

  // ---- what Ratis tells ----

  /// The log is read from behind `first` on. Before anything else is told.
  void begin(Boundary first, Processed told) throws IOException {
    processed = told;
    if (snapshots.received()) {
      install();
      return;
    }
    Invariant.check(
        first.lsn() <= log.tail(), "the store lacks what the Raft log says it has: it is damaged");
    var _ = queue.call(() -> moveTo(first)).join();
  }

  private Boundary moveTo(Boundary boundary) {
    commitLock.lock();
    try {
      history.moveTo(boundary.lsn());
      boundaries.restart(boundary);
      processedIndex.set(boundary.index());
      return boundary;
    } finally {
      commitLock.unlock();
    }
  }

  /// An entry is committed. One thread of Ratis's, in the order of the log; waits for room.
  CompletableFuture<Message> committed(LogEntryProto proto) {
    long term = proto.getTerm();
    long index = proto.getIndex();
    ByteString data = proto.getStateMachineLogEntry().getLogData();
    boolean own = term == leadingTerm && queue.idle() && commitOwn(term, index, data);
    return own ? ShardQueue.DONE : queue.add(term, index, data);
  }

  /// An entry of Ratis's own is committed. As [#committed].
  void passed(long term, long index) {
    queue.addPassed(term, index);
  }

  /// This member may lead: everything before its term is on its way to the queue.
  void ready(long term) {
    later(() -> lead(term));
  }

  /// This member leads no longer. Under Ratis's lock.
  void notLeader() {
    later(this::depose);
  }

  void configured(RaftConfigurationProto configuration) {
    host.configured(configuration);
  }

  void changed() {
    host.changed();
  }

  /// Runs something on the shard's thread, after what is there already. Any thread.
  void later(Runnable work) {
    queue.later(work);
  }

  /// Takes over a snapshot that was received; returns where the log is read on. Waits.
  Boundary install() throws IOException {
    try {
      return queue.call(this::installNow).join();
    } catch (CompletionException e) {
      throw new IOException("a snapshot could not be taken over", e.getCause());
    }
  }

  private Boundary installNow() throws IOException {
    Boundary boundary =
        snapshots.install(
            tier -> replica.replaceTier(tier, () -> log.restart(replica.checkpointLsn())));
    Invariant.check(boundary.lsn() <= log.tail(), "a snapshot lacks what it says it has");
    log.tell();
    installs.incrementAndGet();
    LOG.info("A snapshot was installed, up to entry {}", boundary.index());
    listener.replaced();
    return moveTo(boundary);
  }

  /// The log could not be written, or something as bad. Any thread.
  void failed(Throwable cause) {
    if (!failed && !closing) {
      failed = true;
      host.failed(cause);
    }
  }

  /// Ratis applies nothing more.
  void ended() {
    if (!ending) {
      failed(new ClusterException("this member has left its Raft group"));
    }
  }

  // ---- the thread ----

  @Override
  public void run() {
    try {
      while (!closed || !queue.isEmpty()) {
        next();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error failure) {
      failed(failure);
      LOG.error("The member of the cluster cannot go on", failure);
      queue.close();
    }
  }

  private void next() throws InterruptedException {
    switch (queue.take()) {
      case Entry entry -> apply(queue.withFollowing(entry));
      case Passed passed -> {
        advance(passed.term(), passed.index());
        queue.passed();
      }
      case Task task -> task.work().run();
      case Call<?> call -> call.run();
    }
  }

  private void apply(List<Entry> entries) {
    List<Frame> frames = new ArrayList<>();
    for (Entry entry : entries) {
      if (leadingTerm != NO_TERM && entry.term() > leadingTerm) {
        depose();
      }
      if (entry.term() != leadingTerm || !commitOwn(entry.term(), entry.index(), entry.data())) {
        take(entry.term(), entry.index(), entry.data(), frames);
      }
    }
    execute(frames);
    Entry last = entries.getLast();
    advance(last.term(), last.index());
    queue.applied(entries);
  }

  private void take(long term, long index, ByteString data, List<Frame> frames) {
    EntryHeader header = EntryHeader.of(data);
    commitLock.lock();
    try {
      if (history.take(term, header, data, log.tail(), frames)) {
        boundaries.passed(term, index, history.lsn());
      }
    } finally {
      commitLock.unlock();
    }
  }

  /// Applies frames, and says how far the history is then.
  private void execute(List<Frame> frames) {
    if (!frames.isEmpty()) {
      log.applying();
      replica.apply(frames, log::at);
      log.applied(Math.max(history.lsn(), log.tail()));
    }
  }

  private void advance(long term, long index) {
    processedIndex.set(index);
    processed.upTo(term, index);
  }

  /// Notes that what this member has proposed is committed; false if it does not lead any more.
  private boolean commitOwn(long term, long index, ByteString data) {
    EntryHeader header = EntryHeader.of(data);
    commitLock.lock();
    try {
      if (term != leadingTerm) {
        return false;
      }
      Invariant.check(
          header.term() != term || header.lsn() <= history.lsn(),
          "an entry of this leader's is missing in the Raft log");
      if (history.takeOwn(term, header)) {
        boundaries.passed(term, index, history.lsn());
        log.committed(history.lsn());
      }
      advance(term, index);
      return true;
    } finally {
      commitLock.unlock();
    }
  }

  // ---- roles ----

  private void lead(long term) {
    if (closed || !leading().stillLeads(term)) {
      return;
    }
    Invariant.check(history.lsn() == log.tail(), "a leader has not applied all it knows of");
    replica.lead(log::lead);
    commitLock.lock();
    try {
      history.moveTo(log.tail());
      leadingTerm = term;
    } finally {
      commitLock.unlock();
    }
    leading().begin(term);
    serves = true;
    LOG.info("This member leads, in term {}", term);
    host.role(Role.LEADING, term);
    listener.leads();
  }

  private void depose() {
    commitLock.lock();
    try {
      if (leadingTerm == NO_TERM) {
        return;
      }
      leadingTerm = NO_TERM;
      log.deposed();
    } finally {
      commitLock.unlock();
    }
    leading().end();
    host.role(Role.RESETTING, NO_TERM);
    listener.deposed();
    if (log.tail() == log.durable()) {
      replica.follow(log::follow);
    } else {
      reset();
    }
    LOG.info("This member leads no longer");
    if (!closing) {
      host.role(Role.FOLLOWING, NO_TERM);
      listener.follows();
    }
  }

  /// Forgets what no majority has: back to what the tier has, and again what was committed since.
  private void reset() {
    LOG.info("Changes that no majority has are forgotten: {} bytes", log.tail() - log.durable());
    long lsn = replica.rewind(() -> log.restart(replica.checkpointLsn()));
    log.tell();
    Boundary from = boundaries.atOrBefore(lsn);
    if (from == null) {
      throw Invariant.violated("the Raft log since the last checkpoint is not known");
    }
    history.moveTo(from.lsn());
    if (!closing) {
      replay(from, lsn);
    }
  }

  /// Applies again what was committed since a checkpoint.
  private void replay(Boundary from, long lsn) {
    long last = processedIndex.get();
    List<Frame> frames = new ArrayList<>();
    long size = 0;
    for (long index = from.index() + 1; index <= last; index++) {
      LogEntryProto entry = read(index);
      if (entry == null) {
        return;
      }
      if (entry.hasStateMachineLogEntry()) {
        ByteString data = entry.getStateMachineLogEntry().getLogData();
        history.take(entry.getTerm(), EntryHeader.of(data), data, lsn, frames);
        size += data.size();
      }
      if (size >= APPLY_SIZE) {
        execute(frames);
        frames.clear();
        size = 0;
      }
    }
    execute(frames);
  }

  /// Null if this member closes, and the Raft log has.
  private @Nullable LogEntryProto read(long index) {
    try {
      LogEntryProto entry = host.division().getRaftLog().get(index);
      if (entry == null) {
        throw Invariant.violated("the Raft log lacks entry " + index);
      }
      return entry;
    } catch (IOException | IllegalStateException e) {
      if (closing) {
        return null;
      }
      throw new Fault.ReadOnly("the Raft log cannot be read: " + e.getMessage());
    }
  }

  /// This member has all that was committed when somebody asked: reads that may be stale are
  /// allowed from now on. Any thread.
  void caughtUp() {
    if (!serves) {
      later(this::serve);
    }
  }

  private void serve() {
    if (!serves) {
      serves = true;
      host.role(Role.FOLLOWING, NO_TERM);
      listener.follows();
    }
  }

  // ---- checkpoints ----

  /// A checkpoint has everything before `lsn`. The thread of checkpoints.
  void checkpointed(long lsn, org.apache.ratis.server.raftlog.RaftLog entries) {
    try {
      retention.checkpointed(lsn, entries);
    } catch (IOException e) {
      failed(e);
    }
  }

  // ---- figures, any thread ----

  long processedIndex() {
    return processedIndex.get();
  }

  boolean awaitProcessed(long index, long timeoutMillis) throws InterruptedException {
    return processedIndex.await(index, timeoutMillis);
  }

  boolean leads(long term) {
    return term == leadingTerm;
  }

  /// The term this member leads in; negative if it does not.
  long leadingTerm() {
    return leadingTerm;
  }

  long installs() {
    return installs.get();
  }

  // ---- the end ----

  /// This member is about to close: what ends from now on does so on purpose. Any thread.
  void closing() {
    closing = true;
    ending = true;
  }

  /// Whether what ends from now on does so on purpose. Any thread.
  void ending(boolean on) {
    ending = on;
  }

  /// Ends, after what is there already; who led leads no longer. Any other thread.
  void close() {
    later(() -> {
      depose();
      closed = true;
    });
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    queue.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
