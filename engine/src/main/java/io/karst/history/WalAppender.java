package io.karst.history;

import io.karst.base.CommandException;
import io.karst.base.Invariant;
import java.util.List;

/// Appends the frames of one transaction after another to a [Wal].
///
/// An append counts the effects' bytes, claims that much of the stream, copies, sums, and is done:
/// no lock, no system call, no object. See [Stream] for why that is safe.
///
/// Thread: its transaction's.
final class WalAppender implements Appender {
  /// With more than this in hand, what is not used goes back.
  private static final long CREDIT_MAX = 2 * Room.PORTION;

  private final Stream stream;
  private final Room room;
  private final WalWriter writer;
  private final FrameOutput output;
  private final SizeOutput size = new SizeOutput();
  private final Watermark inProgress;

  /// Bytes of room that are this appender's.
  private long credit;

  /// How many of them the current transaction has asked for.
  private long asked;

  WalAppender(Stream stream, Room room, WalWriter writer, long logId) {
    this.stream = stream;
    this.room = room;
    this.writer = writer;
    this.output = new FrameOutput(stream, logId);
    this.inProgress = stream.register();
  }

  @Override
  public void reset() {
    asked = 0;
    trim();
  }

  @Override
  public void reserve(long effectsSize) {
    writer.checkNotLost();
    long total = asked + effectsSize;
    if (total > WalFormat.PAYLOAD_SIZE_MAX) {
      throw CommandException.err("the changes of one transaction exceed what the log can take");
    }
    if (total > credit) {
      credit += writer.take(total - credit);
    }
    asked = total;
  }

  @Override
  public long append(List<Effect> effects) {
    size.reset();
    for (int i = 0, count = effects.size(); i < count; i++) {
      EffectCodec.write(effects.get(i), size);
    }
    long lsn = claim(size.size());
    output.write(lsn, size.size(), effects);
    long end = lsn + WalFormat.frameSize(size.size());
    published();
    writer.appended();
    return end;
  }

  /// Appends a mark, if there is room for it.
  ///
  /// - `durable`: what it says is on disk.
  /// - returns: its LSN, or -1 if there was no room.
  long appendMark(long durable) {
    long frameSize = markSize(durable);
    if (credit < frameSize) {
      credit += room.take(frameSize - credit);
      if (credit < frameSize) {
        return -1;
      }
    }
    long payloadSize = markPayloadSize(durable);
    long lsn = claim(payloadSize);
    output.writeMark(lsn, payloadSize, durable);
    published();
    return lsn;
  }

  /// The size of a mark's frame.
  static long markSize(long durable) {
    return WalFormat.frameSize(markPayloadSize(durable));
  }

  private static long markPayloadSize(long durable) {
    return 1L + SizeOutput.numberSize(durable);
  }

  @Override
  public void close() {
    stream.unregister(inProgress);
    room.give(credit);
    credit = 0;
    asked = 0;
  }

  private long claim(long payloadSize) {
    long frameSize = WalFormat.frameSize(payloadSize);
    Invariant.check(frameSize <= credit, "more is appended than was reserved");
    credit -= frameSize;
    return stream.claim(inProgress, frameSize);
  }

  private void published() {
    stream.publish(inProgress);
    asked = 0;
    trim();
  }

  private void trim() {
    if (credit > CREDIT_MAX) {
      room.give(credit - Room.PORTION);
      credit = Room.PORTION;
    }
  }
}
