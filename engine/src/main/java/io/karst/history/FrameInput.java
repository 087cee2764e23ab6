package io.karst.history;

import io.karst.memory.MappedRegion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Reads frames of the stream, and looks for them where they may begin anywhere.
///
/// Thread: its owner's.
final class FrameInput {
  private static final int SUM_SIZE_MAX = 1 << 30;
  private static final long MARK_PAYLOAD_SIZE_MAX = 11;

  private final StreamInput input;
  private final int salt;
  private final CRC32C crc = new CRC32C();

  // The frame that was read last.
  private long lsn;
  private long payloadSize;

  FrameInput(StreamInput input) {
    this.input = input;
    this.salt = WalFormat.salt(input.header().logId());
  }

  /// Reads the frame at an LSN; its bytes are in memory until the next call of any method.
  ///
  /// - returns: null if it is whole, else what is wrong, for people.
  @Nullable String read(long at) throws IOException {
    if (!input.load(at, WalFormat.FRAME_PAYLOAD)) {
      return "there is nothing at " + input.place(input.loadedEnd());
    }
    long offset = input.offset(at);
    long head = input.memory().getLong(offset);
    long named = input.memory().getLong(offset + WalFormat.FRAME_LSN);
    if (named != at) {
      return head == 0 && named == 0 ? "nothing is written here" : "no frame begins here";
    }
    long length = Integer.toUnsignedLong((int) (head >>> Integer.SIZE));
    if (!input.load(at, WalFormat.frameSize(length))) {
      return "a frame goes on, but there is nothing at " + input.place(input.loadedEnd());
    }
    if ((checksum(at, length) ^ salt) != (int) head) {
      return head == 0 ? "nothing is written here" : "the checksum of a frame is wrong";
    }
    lsn = at;
    payloadSize = length;
    return null;
  }

  /// The bytes of the stream the frame takes.
  long size() {
    return WalFormat.frameSize(payloadSize);
  }

  /// What the frame says was durable when it was written; 0 if it does not say.
  long durable() {
    EffectInput payload = payload();
    return payload.hasRemaining() && payload.getByte() == WalFormat.MARK ? payload.getNumber() : 0;
  }

  /// The effects of the frame; their bytes are views of the memory.
  ///
  /// - throws [EffectCodec.MalformedException] if there is anything else in it.
  List<Effect> effects() {
    if (durable() > 0) {
      return List.of();
    }
    List<Effect> effects = new ArrayList<>();
    EffectInput payload = payload();
    while (payload.hasRemaining()) {
      effects.add(EffectCodec.read(payload));
    }
    return effects;
  }

  /// The LSN of the first whole frame at or after `from` and before `to`; -1 if there is none.
  long search(long from, long to) throws IOException {
    for (long at = candidate(from, to); at >= 0; at = candidate(at + 1, to)) {
      if (read(at) == null) {
        return at;
      }
    }
    return -1;
  }

  /// Where the last whole frame that begins from `from` on and before `to` ends; -1 if there is
  /// none.
  long lastEnd(long from, long to) throws IOException {
    long end = -1;
    for (long at = search(from, to); at >= 0; at = search(end, to)) {
      end = at + size();
    }
    return end;
  }

  /// The highest position that any mark at or after `from` says was durable; 0 if there is none.
  /// Files are read whatever their headers say.
  long searchMark(long from) throws IOException {
    input.lenient();
    long highest = 0;
    for (long at = candidate(from, Long.MAX_VALUE);
        at >= 0;
        at = candidate(at + 1, Long.MAX_VALUE)) {
      long head = input.memory().getLong(input.offset(at));
      boolean small = head >>> Integer.SIZE <= MARK_PAYLOAD_SIZE_MAX;
      if (small && read(at) == null) {
        highest = Math.max(highest, durable());
      }
    }
    return highest;
  }

  /// The first LSN from `from` on and before `to` that stands where the frame there would say it.
  private long candidate(long from, long to) throws IOException {
    long at = (from + WalFormat.FRAME_ALIGNMENT - 1) & -WalFormat.FRAME_ALIGNMENT;
    while (at < to) {
      if (!input.load(at, WalFormat.FRAME_PAYLOAD)) {
        Long next = input.segments().higher(at);
        if (next == null) {
          return -1;
        }
        at = next;
        continue;
      }
      MappedRegion memory = input.memory();
      long end = Math.min(to, input.loadedEnd() - WalFormat.FRAME_PAYLOAD + 1);
      for (long offset = input.offset(at); at < end; offset += WalFormat.FRAME_ALIGNMENT) {
        if (memory.getLong(offset + WalFormat.FRAME_LSN) == at) {
          return at;
        }
        at += WalFormat.FRAME_ALIGNMENT;
      }
    }
    return -1;
  }

  private EffectInput payload() {
    long offset = input.offset(lsn) + WalFormat.FRAME_PAYLOAD;
    return EffectInput.of(input.memory(), offset, offset + payloadSize);
  }

  private int checksum(long at, long length) {
    crc.reset();
    long offset = input.offset(at) + WalFormat.FRAME_LENGTH;
    long end = input.offset(at) + WalFormat.FRAME_PAYLOAD + length;
    while (offset < end) {
      int count = (int) Math.min(end - offset, SUM_SIZE_MAX);
      crc.update(input.memory().buffer(offset, count));
      offset += count;
    }
    return (int) crc.getValue();
  }
}
