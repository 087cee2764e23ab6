package io.karst.history;

import io.karst.base.Disk;
import io.karst.base.Invariant;
import io.karst.history.EffectCodec.MalformedException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a log frame by frame, for recovery and for people, and finds out where it ends and why.
///
/// A frame counts if its length, its checksum and its LSN are right, and so is everything before
/// it. What comes after the last such frame is either a *torn tail*, what was being written when
/// the process or the machine stopped; or *damage*, if a mark further on says that the disk had had
/// that position: no crash takes back what was durable.
///
/// Thread: its owner's.
public final class WalReader implements AutoCloseable {
  private final StreamInput input;
  private final FrameInput frames;
  private final long fromLsn;
  private final boolean salvage;

  /// Where the log ends if the process that wrote it is to be believed.
  private final long cleanEnd;

  private boolean closed;
  private long position;
  private long durable;
  private long lsn;
  private @Nullable LogEnd end;

  private WalReader(StreamInput input, long fromLsn, long cleanEnd, boolean salvage) {
    this.input = input;
    this.frames = new FrameInput(input);
    this.fromLsn = fromLsn;
    this.position = fromLsn;
    this.durable = fromLsn;
    this.cleanEnd = cleanEnd;
    this.salvage = salvage;
  }

  /// Begins to read the log of a store from the frame at an LSN on.
  ///
  /// - throws [UnusableLogException] if the log does not reach from before `fromLsn` to there, or
  ///   is of a later version.
  /// - throws [DamagedLogException] if a header is damaged.
  public static WalReader open(WalOptions options, long fromLsn) throws IOException {
    StreamInput input = StreamInput.open(options.disk(), fromLsn, StreamInput.REPLAY_WINDOW_SIZE);
    try {
      long cleanEnd = CleanEnd.read(options.disk(), input.header().logId());
      WalReader reader = new WalReader(input, fromLsn, cleanEnd, options.salvage());
      reader.checkReaches();
      return reader;
    } catch (IOException | RuntimeException e) {
      input.close();
      throw e;
    }
  }

  /// Begins to read a log as far as it can be read, from an LSN where a frame begins, or from its
  /// oldest whole frame on if that is later; never complains of damage but in [#end].
  static WalReader inspect(Disk disk, long fromLsn) throws IOException {
    StreamInput input = StreamInput.open(disk, fromLsn, StreamInput.REPLAY_WINDOW_SIZE);
    try {
      long oldest = Math.max(input.header().originLsn(), input.segments().first());
      long first = fromLsn;
      if (fromLsn < oldest) {
        long found = new FrameInput(input).search(oldest, Long.MAX_VALUE);
        first = found < 0 ? oldest : found;
      }
      return new WalReader(input, first, CleanEnd.NONE, true);
    } catch (IOException | RuntimeException e) {
      input.close();
      throw e;
    }
  }

  /// Goes on to the next frame; whether there is one.
  ///
  /// - throws [DamagedLogException] at the damage, unless it is to be salvaged.
  public boolean next() throws IOException {
    if (end != null) {
      return false;
    }
    String flaw = flaw();
    if (flaw != null) {
      end(flaw);
      return false;
    }
    lsn = position;
    position += frames.size();
    durable = Math.max(durable, frames.durable());
    return true;
  }

  /// Shows all frames from here on; returns the LSN just past the last.
  ///
  /// - throws as [#next] and [#effects]; all frames before that have been shown then.
  public long replay(FrameVisitor visitor) throws IOException {
    input.beforeMoves(visitor::release);
    try {
      while (next()) {
        if (hasEffects()) {
          visitor.visit(lsn, effects());
        }
      }
    } catch (DamagedLogException damage) {
      visitor.release();
      throw damage;
    }
    visitor.release();
    return position;
  }

  /// The LSN just past the latest frame.
  public long position() {
    return position;
  }

  /// The LSN of the frame.
  public long lsn() {
    return lsn;
  }

  /// The bytes of the stream it takes.
  public long size() {
    return frames.size();
  }

  /// Whether the frame is a transaction's, not the log's own.
  public boolean hasEffects() {
    return frames.durable() == 0;
  }

  /// The effects of one transaction, in order; none if the frame is the log's own. Their bytes are
  /// views, good until the next [#next].
  ///
  /// - throws [DamagedLogException] if the frame is whole and has effects this build does not know.
  public List<Effect> effects() {
    try {
      return frames.effects();
    } catch (MalformedException e) {
      throw new DamagedLogException(lsn, input.place(lsn) + ": " + e.getMessage());
    }
  }

  /// Where and why the log ends; only after [#next] has answered false.
  public LogEnd end() {
    LogEnd found = end;
    if (found == null) {
      throw Invariant.violated("the end of a log before it is reached");
    }
    return found;
  }

  /// Every frame before this was durable for certain, as far as was read.
  long durable() {
    return durable;
  }

  /// Whether the log was closed where it ends, so that there is nothing behind that.
  boolean closed() {
    return closed;
  }

  long fromLsn() {
    return fromLsn;
  }

  StreamInput input() {
    return input;
  }

  @Override
  public void close() {
    input.close();
  }

  private @Nullable String flaw() throws IOException {
    try {
      return frames.read(position);
    } catch (DamagedLogException header) {
      if (!salvage) {
        throw header;
      }
      return header.getMessage();
    }
  }

  private void end(String flaw) throws IOException {
    String place = input.place(position);
    if (position == cleanEnd) {
      closed = true;
      end = new LogEnd(position, place, "it was closed here", 0);
      return;
    }
    long proven = frames.searchMark(position);
    boolean damaged = proven > position;
    if (damaged && !salvage) {
      throw new DamagedLogException(
          position,
          place + ": " + flaw + ", although everything up to LSN " + proven + " had been on disk");
    }
    end = new LogEnd(position, place, flaw, Math.max(0, proven - position));
  }

  /// Frames end where another begins or the log does: `from` must be such a place.
  private void checkReaches() throws IOException {
    SegmentHeader header = input.header();
    long oldest = Math.max(header.originLsn(), input.segments().first());
    if (fromLsn < oldest) {
      throw unusable("begins at LSN " + oldest);
    }
    if (fromLsn == header.originLsn() || fromLsn == cleanEnd || flaw() == null) {
      return;
    }
    long segment = Math.max(oldest, (fromLsn - 1) & -header.segmentSize());
    long end = frames.lastEnd(segment, fromLsn);
    boolean past = fromLsn > input.segments().last() + header.segmentSize();
    if (past || (end >= 0 && end != fromLsn)) {
      throw unusable("ends before that");
    }
  }

  private UnusableLogException unusable(String fact) {
    return new UnusableLogException(
        "the log in "
            + input.directory()
            + " "
            + fact
            + ", but the store needs it from LSN "
            + fromLsn
            + " on: the two do not belong together");
  }
}
