package io.karst.history;

import io.karst.base.Disk;
import io.karst.base.Fault;
import io.karst.base.Invariant;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The write-ahead log: a history in mapped files.
///
/// An append stores its frame into the mapping of a file whose blocks are there already. From then
/// on the frame is the operating system's, and outlives the process, without a system call; it
/// outlives the machine's power after the next sync, which is the business of one thread
/// ([WalWriter]). Room is reserved before anything is changed, so an append cannot fail.
///
/// ```java
/// try (WalReader history = WalReader.open(options, checkpointLsn)) {
///   while (history.next()) {
///     replay(history.lsn(), history.effects());
///   }
///   log = Wal.open(options, history);
/// }
/// ```
///
/// Format: docs/formats/wal.md. Decision: docs/adr/0008-the-history-is-a-mapped-file.md.
///
/// Sources: ARIES (Mohan et al., 1992) for the order of log and data; Aeron's log buffers for the
/// claim on a shared tail; "Can applications recover from fsync failures?" (Rebello et al., 2020)
/// for why a failed sync is final.
///
/// Thread-safe, but for [#close], which comes after the last append.
public final class Wal implements Log {
  private final Disk disk;
  private final Stream stream;
  private final WalWriter writer;
  private final long logId;

  private Wal(Disk disk, Stream stream, WalWriter writer, long logId) {
    this.disk = disk;
    this.stream = stream;
    this.writer = writer;
    this.logId = logId;
  }

  /// Whether there is a log in a directory.
  public static boolean exists(Disk disk) throws IOException {
    return disk.list().stream().anyMatch(name -> name.endsWith(WalFormat.SEGMENT_SUFFIX));
  }

  /// Creates a log in a directory without one.
  ///
  /// - `firstLsn`: the LSN of its first frame, a multiple of 8.
  public static Wal create(WalOptions options, long firstLsn) throws IOException {
    return start(options, WalStart.create(options, firstLsn));
  }

  /// Opens a log to append to it, where a reader has come to its end.
  ///
  /// What is after that end is gone for good then. Waits for the disk.
  public static Wal open(WalOptions options, WalReader history) throws IOException {
    return start(options, WalStart.after(options, history));
  }

  private static Wal start(WalOptions options, WalStart start) {
    WalWriter writer = new WalWriter(start.stream(), start.files(), options, start.logId());
    if (options.thread()) {
      writer.start();
    }
    return new Wal(options.disk(), start.stream(), writer, start.logId());
  }

  @Override
  public boolean keeps() {
    return true;
  }

  @Override
  public Appender newAppender() {
    return new WalAppender(stream, writer.room(), writer, logId);
  }

  @Override
  public long tail() {
    return stream.tail();
  }

  @Override
  public long complete() {
    return stream.complete();
  }

  @Override
  public long durable() {
    return writer.durable();
  }

  @Override
  public void requestSync(long lsn) {
    writer.requestSync(checked(lsn));
  }

  @Override
  public void awaitDurable(long lsn) {
    writer.awaitDurable(checked(lsn));
  }

  @Override
  public void listen(Runnable listener) {
    writer.listen(listener);
  }

  @Override
  public Fault.@Nullable ReadOnly failure() {
    return writer.failure();
  }

  @Override
  public boolean lost() {
    return writer.lost();
  }

  @Override
  public void truncateBefore(long lsn) {
    writer.truncateBefore(checked(lsn));
  }

  @Override
  public void copyTo(Disk target, long from, long to) throws IOException {
    WalCopy.copy(disk, target, checked(from), checked(to));
  }

  @Override
  public LogFeed feed(long fromLsn) throws IOException {
    return LogFeed.open(disk, this, fromLsn);
  }

  @Override
  public LogStatus status() {
    return writer.status();
  }

  public SyncPolicy policy() {
    return writer.policy();
  }

  /// Changes when syncs happen that nobody has asked for, from now on.
  public void policy(SyncPolicy policy) {
    writer.policy(policy);
  }

  /// Does what the thread would do now, for a log without one; returns for how many nanoseconds
  /// there is nothing else, 0 if there is more.
  public long turn() {
    return writer.turn();
  }

  @Override
  public void close() {
    writer.close();
  }

  long logId() {
    return logId;
  }

  Stream stream() {
    return stream;
  }

  private long checked(long lsn) {
    Invariant.check(lsn <= stream.tail(), "an LSN past the tail");
    return lsn;
  }
}
