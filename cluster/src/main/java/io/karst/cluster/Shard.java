package io.karst.cluster;

import io.karst.base.Fault;
import io.karst.base.Invariant;
import io.karst.cluster.Boundaries.Boundary;
import io.karst.engine.Replica;
import io.karst.engine.Replica.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.server.RaftServer.Division;
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

  /// Entries that may wait to be applied, by count and by size.
  private static final int QUEUED_MAX = 1024;

  private static final int QUEUED_KB_MAX = 32 << 10;

  /// What is applied at once, in bytes of entries, or a little more.
  private static final int APPLY_SIZE = 1 << 20;

  private static final long NO_TERM = -1;
  private static final CompletableFuture<Message> DONE =
      CompletableFuture.completedFuture(Message.EMPTY);

  /// What the rest of the membership does for the shard, and is told by it.
  interface Host {
    /// The member's division of the group; it has been started.
    Division division();

    /// The role is another one. The shard's thread.
    void role(Role role, long term);

    /// The members of the group are others. Any thread.
    void configured(RaftConfigurationProto configuration);

    /// Something about the group is different. Any thread.
    void changed();

    /// It cannot go on. Any thread.
    void failed(Throwable cause);
  }

  /// Is told up to where the Raft log is processed.
  interface Processed {
    void upTo(long term, long index);
  }

  private sealed interface Event {}

  private record Entry(long term, long index, ByteString data, CompletableFuture<Message> done)
      implements Event {
    int sizeKb() {
      return Math.min(data.size() / 1024 + 1, QUEUED_KB_MAX);
    }
  }

  /// An entry of Ratis's own.
  private record Passed(long term, long index) implements Event {}

  private record Task(Runnable work) implements Event {}

  private final Replica replica;
  private final RaftLog log;
  private final Snapshots snapshots;
  private final ClusterListener listener;
  private final Host host;
  private volatile @Nullable Leading leading;
  private final long keptBytes;
  private final LinkedBlockingQueue<Event> queue = new LinkedBlockingQueue<>();
  private final Semaphore queuedRoom = new Semaphore(QUEUED_MAX);
  private final Semaphore queuedKb = new Semaphore(QUEUED_KB_MAX);

  /// Entries and entries of Ratis's in the queue, or being applied.
  private final AtomicLong queued = new AtomicLong();

  private final Thread thread = Thread.ofPlatform().name("karst-shard").daemon().unstarted(this);

  /// Guards the history against the thread of Ratis while that commits: it is the shard thread's,
  /// but for then.
  private final ReentrantLock commitLock = new ReentrantLock();

  private final History history = new History(0);
  private final Boundaries boundaries = new Boundaries(Snapshots.NOTHING);
  private volatile Processed processed = (term, index) -> {};
  private final ProcessedIndex processedIndex = new ProcessedIndex();

  /// In which term this member leads. Changed under the commit lock.
  private volatile long leadingTerm = NO_TERM;

  private volatile boolean serves;

  /// This member is about to close.
  private volatile boolean ending;

  private volatile boolean closed;
  private volatile boolean failed;
  private final AtomicLong installs = new AtomicLong();

  /// - `keptBytes`: history behind the latest checkpoint that is kept for who lags behind.
  Shard(
      Replica replica,
      RaftLog log,
      Snapshots snapshots,
      ClusterListener listener,
      Host host,
      long keptBytes) {
    this.replica = replica;
    this.log = log;
    this.snapshots = snapshots;
    this.listener = listener;
    this.host = host;
    this.keptBytes = keptBytes;
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
    moveTo(first);
  }

  private void moveTo(Boundary boundary) {
    commitLock.lock();
    try {
      history.moveTo(boundary.lsn());
      boundaries.restart(boundary);
      processedIndex.set(boundary.index());
    } finally {
      commitLock.unlock();
    }
  }

  /// An entry is committed. One thread of Ratis's, in the order of the log; waits for room.
  CompletableFuture<Message> committed(LogEntryProto proto) {
    long term = proto.getTerm();
    long index = proto.getIndex();
    ByteString data = proto.getStateMachineLogEntry().getLogData();
    if (term == leadingTerm && queued.get() == 0 && commitOwn(term, index, data)) {
      return DONE;
    }
    Entry entry = new Entry(term, index, data, new CompletableFuture<>());
    queuedRoom.acquireUninterruptibly();
    queuedKb.acquireUninterruptibly(entry.sizeKb());
    add(entry);
    return entry.done();
  }

  /// An entry of Ratis's own is committed. As [#committed].
  void passed(long term, long index) {
    add(new Passed(term, index));
  }

  private void add(Event event) {
    queued.incrementAndGet();
    queue.add(event);
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
    queue.add(new Task(work));
  }

  /// Takes over a snapshot that was received; returns where the log is read on. Waits.
  Boundary install() throws IOException {
    CompletableFuture<Boundary> done = new CompletableFuture<>();
    later(() -> installNow(done));
    try {
      return done.join();
    } catch (CompletionException e) {
      throw new IOException("a snapshot could not be taken over", e.getCause());
    }
  }

  private void installNow(CompletableFuture<Boundary> done) {
    try {
      Boundary boundary =
          snapshots.install(
              tier -> replica.replaceTier(tier, () -> log.restart(replica.checkpointLsn())));
      Invariant.check(boundary.lsn() <= log.tail(), "a snapshot lacks what it says it has");
      log.tell();
      moveTo(boundary);
      installs.incrementAndGet();
      LOG.info("A snapshot was installed, up to entry {}", boundary.index());
      done.complete(boundary);
    } catch (IOException | RuntimeException | Error failure) {
      done.completeExceptionally(failure);
      failed(failure);
    }
  }

  /// The log could not be written, or something as bad. Any thread.
  void failed(Throwable cause) {
    if (!failed && !ending) {
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
      drain();
    }
  }

  private void next() throws InterruptedException {
    switch (queue.take()) {
      case Entry entry -> apply(withFollowing(entry));
      case Passed passed -> {
        advance(passed.term(), passed.index());
        queued.decrementAndGet();
      }
      case Task task -> task.work().run();
    }
  }

  private List<Entry> withFollowing(Entry first) {
    List<Entry> entries = new ArrayList<>();
    entries.add(first);
    int size = first.data().size();
    while (size < APPLY_SIZE && queue.peek() instanceof Entry) {
      Entry entry = (Entry) queue.remove();
      entries.add(entry);
      size += entry.data().size();
    }
    return entries;
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
    for (Entry entry : entries) {
      entry.done().complete(Message.EMPTY);
      queuedRoom.release();
      queuedKb.release(entry.sizeKb());
    }
    queued.addAndGet(-entries.size());
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
    host.role(Role.FOLLOWING, NO_TERM);
    listener.follows();
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
    long last = processedIndex.get();
    List<Frame> frames = new ArrayList<>();
    long size = 0;
    for (long index = from.index() + 1; index <= last; index++) {
      LogEntryProto entry = read(index);
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

  private LogEntryProto read(long index) {
    try {
      LogEntryProto entry = host.division().getRaftLog().get(index);
      if (entry == null) {
        throw Invariant.violated("the Raft log lacks entry " + index);
      }
      return entry;
    } catch (IOException e) {
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
  void checkpointed(long lsn) {
    Boundary boundary = boundaries.atOrBefore(lsn);
    if (boundary == null) {
      return;
    }
    try {
      if (snapshots.publish(boundary)) {
        purge(boundary);
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  private void purge(Boundary published) {
    Boundary kept = boundaries.atOrBefore(published.lsn() - keptBytes);
    if (kept == null) {
      return;
    }
    long index = Math.min(kept.index(), snapshots.neededIndex());
    if (index > Snapshots.NOTHING.index()) {
      var _ = host.division().getRaftLog().purge(index);
    }
    boundaries.forgetBefore(kept);
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

  /// What ends from now on ends because this member closes. Any thread.
  void ending() {
    ending = true;
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
    drain();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Lets Ratis's threads go.
  private void drain() {
    closed = true;
    queuedRoom.release(QUEUED_MAX);
    for (Event event = queue.poll(); event != null; event = queue.poll()) {
      if (event instanceof Entry entry) {
        entry.done().complete(Message.EMPTY);
        queuedKb.release(entry.sizeKb());
      }
    }
  }

  /// What a reign consists of.
  interface Leading {
    /// Whether this member leads by Ratis's word, in a term.
    boolean stillLeads(long term);

    /// Begins to propose.
    void begin(long term);

    /// Proposes nothing more when it returns.
    void end();
  }
}
