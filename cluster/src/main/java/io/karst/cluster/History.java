package io.karst.cluster;

import io.karst.base.Invariant;
import io.karst.engine.Replica.Frame;
import io.karst.history.Frames;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/// Follows the Raft log, entry by entry, and says which of them belong to the history.
///
/// All members follow the same log, so they take the same entries and pass by the same ones:
///
/// - What a leader proposed in another term than that of the entry: it had been deposed meanwhile,
///   and has forgotten what it proposed.
/// - What does not begin where the history ends, and a part that does not go on where the last one
///   ended.
///
/// A frame in parts is taken with its last one.
///
/// Thread: the shard's, or the one that it lets in ([Shard]).
final class History {
  private long lsn;
  private byte[] unfinished = new byte[0];
  private int received;

  History(long lsn) {
    this.lsn = lsn;
  }

  /// Where the history ends.
  long lsn() {
    return lsn;
  }

  /// Goes on from another place.
  void moveTo(long newLsn) {
    lsn = newLsn;
    forgetParts();
  }

  /// Takes an entry that this member has proposed and executed before: nothing is made of it.
  ///
  /// - returns: whether the history has become longer.
  boolean takeOwn(long term, EntryHeader entry) {
    if (!belongs(term, entry)) {
      return false;
    }
    if (entry.part()) {
      received += entry.bodySize();
      if (!entry.last()) {
        return false;
      }
    }
    end(entry);
    return true;
  }

  /// Takes an entry, and adds the frames that are whole with it to `frames`.
  ///
  /// - `term`: of the entry in the Raft log.
  /// - `from`: frames that begin before this LSN are left out: they are known.
  /// - returns: whether the history has become longer.
  boolean take(long term, EntryHeader entry, ByteString data, long from, List<Frame> frames) {
    if (!belongs(term, entry)) {
      return false;
    }
    if (!entry.part()) {
      if (entry.endLsn() > from) {
        read(entry.lsn(), data.substring(entry.size()).toByteArray(), from, frames);
      }
      end(entry);
      return true;
    }
    if (entry.offset() == 0) {
      unfinished = new byte[Math.toIntExact(entry.frameSize())];
    }
    data.substring(entry.size()).copyTo(unfinished, received);
    received += entry.bodySize();
    if (!entry.last()) {
      return false;
    }
    read(entry.lsn(), unfinished, from, frames);
    end(entry);
    return true;
  }

  private boolean belongs(long term, EntryHeader entry) {
    if (entry.term() != term || entry.lsn() != lsn) {
      return false;
    }
    if (!entry.part() || entry.offset() == 0) {
      forgetParts();
      return true;
    }
    return entry.offset() == received;
  }

  private void end(EntryHeader entry) {
    lsn = entry.endLsn();
    forgetParts();
  }

  private void forgetParts() {
    unfinished = new byte[0];
    received = 0;
  }

  private static void read(long start, byte[] bytes, long from, List<Frame> frames) {
    ByteBuffer lengths = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    while (at < bytes.length) {
      int body = at + EntryFormat.LENGTH_SIZE;
      Invariant.check(body <= bytes.length, "a frame of the Raft log is cut off");
      int length = lengths.getInt(at);
      Invariant.check(
          length >= 0 && length <= bytes.length - body, "a frame of the Raft log is too long");
      int end = body + length;
      if (start + at >= from) {
        frames.add(new Frame(start + at, start + end, Frames.read(bytes, body, end)));
      }
      at = end;
    }
  }
}
