package io.karst.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/// What a shard has to do: entries that are committed, and everything else, in the order in which
/// it came. Who brings an entry waits while there are many.
///
/// Thread-safe; one thread takes.
final class ShardQueue {
  /// Entries that may wait, by count and by size.
  private static final int ENTRIES_MAX = 1024;

  private static final int KB_MAX = 32 << 10;

  /// What is taken at once, in bytes of entries, or a little more.
  private static final int BATCH_SIZE = 1 << 20;

  /// What there is nothing to wait for.
  static final CompletableFuture<Message> DONE = CompletableFuture.completedFuture(Message.EMPTY);

  /// One thing to do.
  sealed interface Event {}

  /// An entry of the Raft log that is committed; `done` ends when it is applied.
  record Entry(long term, long index, ByteString data, CompletableFuture<Message> done)
      implements Event {
    private int sizeKb() {
      return Math.min(data.size() / 1024 + 1, KB_MAX);
    }
  }

  /// An entry of Ratis's own.
  record Passed(long term, long index) implements Event {}

  /// Anything else.
  record Task(Runnable work) implements Event {}

  private final LinkedBlockingQueue<Event> queue = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(ENTRIES_MAX);
  private final Semaphore roomKb = new Semaphore(KB_MAX);

  /// Entries, Ratis's own among them, that wait or are being applied.
  private final AtomicLong entries = new AtomicLong();

  private volatile boolean closed;

  /// Whether no entry waits, and none is being applied.
  boolean idle() {
    return entries.get() == 0;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /// Adds an entry; waits for room. Done at once if nothing is taken any more.
  CompletableFuture<Message> add(long term, long index, ByteString data) {
    if (closed) {
      return DONE;
    }
    Entry entry = new Entry(term, index, data, new CompletableFuture<>());
    room.acquireUninterruptibly();
    roomKb.acquireUninterruptibly(entry.sizeKb());
    entries.incrementAndGet();
    queue.add(entry);
    drainIfClosed();
    return entry.done();
  }

  void addPassed(long term, long index) {
    entries.incrementAndGet();
    queue.add(new Passed(term, index));
    drainIfClosed();
  }

  /// Adds something to do after what is there already.
  void later(Runnable work) {
    queue.add(new Task(work));
  }

  /// As [#later]; the future ends with it, or fails if nothing is taken any more.
  <T> CompletableFuture<T> call(Callable<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    queue.add(new Call<>(work, done));
    drainIfClosed();
    return done;
  }

  /// A task that somebody waits for.
  record Call<T>(Callable<T> work, CompletableFuture<T> done) implements Event {
    /// Does it; what it throws is thrown after who waits knows.
    void run() {
      try {
        done.complete(work.call());
      } catch (RuntimeException | Error failure) {
        done.completeExceptionally(failure);
        throw failure;
      } catch (Exception failure) {
        done.completeExceptionally(failure);
        throw new ClusterException(String.valueOf(failure.getMessage()), failure);
      }
    }
  }

  /// Waits for the next thing to do.
  Event take() throws InterruptedException {
    return queue.take();
  }

  /// An entry that was taken, and those behind it that may be applied together with it.
  List<Entry> withFollowing(Entry first) {
    List<Entry> batch = new ArrayList<>();
    batch.add(first);
    int size = first.data().size();
    while (size < BATCH_SIZE && queue.peek() instanceof Entry) {
      Entry entry = (Entry) queue.remove();
      batch.add(entry);
      size += entry.data().size();
    }
    return batch;
  }

  /// Entries that were taken are applied.
  void applied(List<Entry> batch) {
    batch.forEach(this::release);
    entries.addAndGet(-batch.size());
  }

  private void release(Entry entry) {
    entry.done().complete(Message.EMPTY);
    room.release();
    roomKb.release(entry.sizeKb());
  }

  /// An entry of Ratis's own that was taken is past.
  void passed() {
    entries.decrementAndGet();
  }

  /// Takes nothing any more: lets go who waits.
  void close() {
    closed = true;
    drainIfClosed();
  }

  private void drainIfClosed() {
    if (!closed) {
      return;
    }
    for (Event event = queue.poll(); event != null; event = queue.poll()) {
      switch (event) {
        case Entry entry -> release(entry);
        case Call<?> call ->
            call.done().completeExceptionally(new ClusterException("this member has ended"));
        case Passed _, Task _ -> {
          // Nobody waits.
        }
      }
    }
  }
}
