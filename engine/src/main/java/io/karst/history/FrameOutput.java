package io.karst.history;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import io.karst.memory.MappedRegion;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Writes frames straight into the mapped memory of the stream, across segments where need be.
///
/// Thread: its appender's, to bytes the appender has claimed.
final class FrameOutput implements EffectOutput {
  private final Stream stream;
  private final int salt;
  private final CRC32C crc = new CRC32C();

  /// Where the next byte goes: an offset in a segment's memory, and where that segment ends.
  private @Nullable Segment segment;

  private long offset;
  private long limit;

  /// A view of the segment that was summed last, kept because making one costs objects.
  private @Nullable Segment summed;

  private ByteBuffer sum = ByteBuffer.allocate(0);

  /// - `logId`: see [WalFormat#salt].
  FrameOutput(Stream stream, long logId) {
    this.stream = stream;
    this.salt = WalFormat.salt(logId);
  }

  /// Writes the frame of a transaction.
  ///
  /// - `payloadSize`: the sum of the effects' sizes.
  void write(long lsn, long payloadSize, List<Effect> effects) {
    begin(lsn);
    for (int i = 0, count = effects.size(); i < count; i++) {
      EffectCodec.write(effects.get(i), this);
    }
    end(lsn, payloadSize);
  }

  /// Writes a mark: everything before `durable` was on disk by then.
  void writeMark(long lsn, long payloadSize, long durable) {
    begin(lsn);
    putByte(WalFormat.MARK);
    putNumber(durable);
    end(lsn, payloadSize);
  }

  private void begin(long lsn) {
    seek(lsn + WalFormat.FRAME_LSN);
    memory().putLong(offset, lsn);
    offset += Long.BYTES;
  }

  private void end(long lsn, long payloadSize) {
    long written = position();
    long expected = lsn + WalFormat.FRAME_PAYLOAD + payloadSize;
    Invariant.check(written == expected, "a frame has another size than was counted");
    for (long end = lsn + WalFormat.frameSize(payloadSize); written < end; written++) {
      putByte(0);
    }
    // The length is part of what is summed. It and the sum share a word, which no segment splits.
    seek(lsn);
    memory().putInt(offset + WalFormat.FRAME_LENGTH, (int) payloadSize);
    int checksum = checksum(lsn + WalFormat.FRAME_LENGTH, expected) ^ salt;
    seek(lsn);
    memory().putInt(offset, checksum);
  }

  @Override
  public void putByte(int value) {
    if (offset == limit) {
      seek(position());
    }
    memory().putByte(offset++, (byte) value);
  }

  @Override
  public void putNumber(long value) {
    long rest = value;
    while ((rest & -0x80L) != 0) {
      putByte((int) rest | 0x80);
      rest >>>= 7;
    }
    putByte((int) rest);
  }

  @Override
  public void putBytes(Bytes bytes) {
    int length = bytes.length();
    putNumber(length);
    for (int done = 0; done < length; ) {
      if (offset == limit) {
        seek(position());
      }
      int count = (int) Math.min(length - done, limit - offset);
      memory().put(offset, bytes, done, count);
      offset += count;
      done += count;
    }
  }

  private void seek(long lsn) {
    Segment at = segment;
    if (at == null || lsn < at.firstLsn() || lsn >= at.endLsn()) {
      at = stream.at(lsn);
      segment = at;
      limit = at.memory().size();
    }
    offset = at.offset(lsn);
  }

  /// The LSN of the next byte.
  private long position() {
    Segment at = current();
    return at.firstLsn() + offset - WalFormat.STREAM_OFFSET;
  }

  private MappedRegion memory() {
    return current().memory();
  }

  private Segment current() {
    Segment at = segment;
    if (at == null) {
      throw Invariant.violated("a frame is written before its place is looked up");
    }
    return at;
  }

  private int checksum(long from, long to) {
    crc.reset();
    for (long lsn = from; lsn < to; ) {
      seek(lsn);
      Segment at = current();
      if (summed != at) {
        summed = at;
        sum = at.memory().buffer(0, Math.toIntExact(at.memory().size()));
      }
      long end = Math.min(to, at.endLsn());
      crc.update(sum.limit((int) at.offset(end)).position((int) at.offset(lsn)));
      lsn = end;
    }
    return (int) crc.getValue();
  }
}
