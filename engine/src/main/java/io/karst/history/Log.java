package io.karst.history;

import io.karst.base.Disk;
import io.karst.base.Fault;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Where effects go when a transaction commits: the history, one stream of bytes.
///
/// An *LSN* is a position in that stream, in bytes. A frame, the effects of one transaction, has
/// the LSN at which it begins; a watermark L says something about every frame that begins before
/// L. There are three, each at most the one before: [#tail], [#complete], [#durable].
///
/// Thread-safe.
public interface Log extends AutoCloseable {
  /// A log that keeps nothing: the store is a cache.
  Log NONE = none(0);

  /// As [#NONE], in the place of a log that has come to an LSN: all watermarks stay there.
  static Log none(long lsn) {
    return new NoLog(lsn);
  }

  /// As an LSN to read from: that of the oldest frame that is kept.
  long OLDEST = -1;

  /// Whether effects are wanted at all; constant. If not, none are made.
  boolean keeps();

  /// A way to append, for one transaction at a time.
  Appender newAppender();

  /// The LSN of the next frame.
  long tail();

  /// Every frame before this is in the hands of the operating system: the process may be killed.
  long complete();

  /// Every frame before this is on disk: the machine may lose its power.
  long durable();

  /// Asks for [#durable] to reach `lsn` as soon as the disk can, and returns at once.
  void requestSync(long lsn);

  /// Waits until [#durable] has reached `lsn`. Blocks: not for event loops.
  ///
  /// - throws [Fault.ReadOnly] if it never will.
  void awaitDurable(long lsn);

  /// The number of the confirmation that whoever reads now needs: [#confirmed] reaches it once the
  /// log has proved, by something that began after this call, that no other has taken over and
  /// changed what this store holds. 0 where no other can.
  default long confirmation() {
    return 0;
  }

  /// How far confirmations have come; it never goes back.
  default long confirmed() {
    return 0;
  }

  /// Asks for [#confirmed] to reach a number that [#confirmation] gave, and returns at once. All
  /// who ask while one is under way share the next.
  default void requestConfirmation(long number) {
    // Nobody ever needs one.
  }

  /// Lets `listener` run, on the log's own thread, whenever [#durable] or [#confirmed] has
  /// advanced or [#failure] has changed. It must not block.
  void listen(Runnable listener);

  /// Why no more can be appended just now; null if nothing is in the way.
  Fault.@Nullable ReadOnly failure();

  /// Whether what is appended and not yet durable never will be: a sync has failed.
  boolean lost();

  /// Allows to delete what is before `lsn`: a checkpoint has it.
  void truncateBefore(long lsn);

  /// Copies the frames from `from` to `to`, both where frames begin, to an empty directory: a log
  /// that ends there. Everything before `to` is [#complete], and nothing from `from` on is
  /// truncated meanwhile. Blocks.
  void copyTo(Disk target, long from, long to) throws IOException;

  /// Reads what was appended, as far as it is durable. Blocks.
  ///
  /// - `fromLsn`: where a frame begins or the log ends, or [#OLDEST].
  /// - throws [TrimmedException] if that is no longer kept.
  /// - throws [IllegalArgumentException] if no frame begins there.
  /// - throws [UnsupportedOperationException] if this log keeps nothing on disk.
  default LogFeed feed(long fromLsn) throws IOException {
    throw new UnsupportedOperationException("nothing is kept on disk");
  }

  /// Figures for people, a moment old.
  LogStatus status();

  /// Makes durable what was appended, and lets go of the files.
  @Override
  void close();
}
