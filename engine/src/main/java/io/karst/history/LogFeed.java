package io.karst.history;

import io.karst.base.Disk;
import io.karst.history.EffectCodec.MalformedException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a log frame by frame while it is written, as far as it is durable: what is shown once can
/// never be taken back, and nothing is left out.
///
/// The log may take the oldest files away, or write anew into them, while they are read: frames say
/// their LSN and their checksum, so that is noticed, and told as a [TrimmedException].
///
/// Thread: its owner's; blocks.
public final class LogFeed implements AutoCloseable {
  private static final int WINDOW_SIZE = 256 << 10;

  private final Wal log;
  private final StreamInput input;
  private final FrameInput frames;
  private long position;
  private long lsn;

  /// Up to where the log was durable when the input was loaded.
  private long limit;

  private LogFeed(Wal log, StreamInput input, long fromLsn) {
    this.log = log;
    this.input = input;
    this.frames = new FrameInput(input);
    this.position = fromLsn;
    this.limit = log.durable();
  }

  /// See [Log#feed].
  static LogFeed open(Disk disk, Wal log, long fromLsn) throws IOException {
    boolean oldest = fromLsn == Log.OLDEST;
    long from = oldest ? log.status().first() : fromLsn;
    checkKept(log, from);
    if (from > log.durable()) {
      throw none(from);
    }
    LogFeed feed = new LogFeed(log, input(disk, log, from), from);
    try {
      feed.begin(oldest);
      return feed;
    } catch (IOException | RuntimeException e) {
      feed.close();
      throw e;
    }
  }

  private static StreamInput input(Disk disk, Wal log, long fromLsn) throws IOException {
    try {
      return StreamInput.open(disk, fromLsn, WINDOW_SIZE);
    } catch (DamagedLogException | IOException flaw) {
      checkKept(log, fromLsn);
      throw flaw;
    }
  }

  /// - `oldest`: whether to look for the first frame, which may have begun in a file that is gone.
  private void begin(boolean oldest) throws IOException {
    if (position == limit || flaw() == null) {
      return;
    }
    long found = oldest ? frames.search(position, limit) : -1;
    if (found < 0) {
      checkKept(log, position);
      throw none(position);
    }
    position = found;
  }

  private static IllegalArgumentException none(long lsn) {
    return new IllegalArgumentException("no change begins at LSN " + lsn);
  }

  /// Goes on to the next transaction; false if there is none yet that is durable: it may be asked
  /// again later.
  ///
  /// - throws [TrimmedException] if it is no longer kept, [DamagedLogException] if it is damaged.
  public boolean next() throws IOException {
    while (position < limit || advances()) {
      String flaw = flaw();
      if (flaw != null) {
        checkKept(log, position);
        throw new DamagedLogException(position, input.place(position) + ": " + flaw);
      }
      lsn = position;
      position += frames.size();
      if (frames.durable() == 0) {
        return true; // Not the log's own.
      }
    }
    return false;
  }

  /// Where the transaction begins.
  public long lsn() {
    return lsn;
  }

  /// Just past what has been read: where to go on, later or with another feed.
  public long position() {
    return position;
  }

  /// The effects of the transaction, in order; their bytes are views, good until the next [#next].
  ///
  /// - throws [DamagedLogException] if it has effects this build does not know.
  public List<Effect> effects() {
    try {
      return frames.effects();
    } catch (MalformedException e) {
      throw new DamagedLogException(lsn, input.place(lsn) + ": " + e.getMessage());
    }
  }

  @Override
  public void close() {
    input.close();
  }

  private boolean advances() throws IOException {
    long durable = log.durable();
    if (position >= durable) {
      return false;
    }
    limit = durable;
    input.refresh();
    return true;
  }

  private @Nullable String flaw() throws IOException {
    try {
      return frames.read(position);
    } catch (DamagedLogException | IOException flaw) {
      checkKept(log, position);
      throw flaw;
    }
  }

  private static void checkKept(Wal log, long lsn) {
    long oldest = log.status().first();
    if (lsn < oldest) {
      throw new TrimmedException(lsn, oldest);
    }
  }
}
