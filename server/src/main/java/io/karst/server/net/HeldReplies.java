package io.karst.server.net;

import io.karst.server.session.Seen;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;

/// Replies of one connection, in their order, that wait for the log, or for the client to take what
/// was sent before. Thread: its event loop's.
final class HeldReplies {
  /// Encoded replies, and how far the log has to be before they leave.
  private record Part(ByteBuf bytes, long complete, long durable, long confirmation, long reign) {}

  private final ArrayDeque<Part> parts = new ArrayDeque<>(4);
  private long size;

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /// Bytes that wait.
  long size() {
    return size;
  }

  /// Takes over `bytes`.
  void add(ByteBuf bytes, Seen seen) {
    parts.add(new Part(bytes, seen.complete(), seen.durable(), seen.confirmation(), seen.reign()));
    size += bytes.readableBytes();
  }

  /// Writes what may leave by now, without a flush, up to about `most` bytes; whether there is
  /// more.
  boolean write(Channel channel, Gate gate, long most) {
    long left = most;
    for (Part part = parts.peek(); part != null; part = parts.peek()) {
      if (!gate.isPast(part.complete, part.durable, part.confirmation)) {
        return false;
      }
      if (left <= 0) {
        return true;
      }
      parts.remove();
      int count = part.bytes.readableBytes();
      size -= count;
      left -= count;
      var _ = channel.write(part.bytes, channel.voidPromise());
    }
    return false;
  }

  /// Takes over one of them.
  interface Taker {
    /// - `seen`: what it tells, for as long as the call lasts.
    void take(ByteBuf bytes, Seen seen);
  }

  /// Gives all of them away, in their order.
  ///
  /// - `seen`: used for each.
  void moveTo(Taker taker, Seen seen) {
    for (Part part = parts.poll(); part != null; part = parts.poll()) {
      seen.set(part.complete, part.durable, part.confirmation, part.reign);
      taker.take(part.bytes, seen);
    }
    size = 0;
  }

  /// Whether any of them waits for more than the operating system, or in vain.
  boolean waitsForOthers(Gate gate) {
    for (Part part : parts) {
      if (part.reign != gate.reign() || !gate.isPast(0, part.durable, part.confirmation)) {
        return true;
      }
    }
    return false;
  }

  /// Forgets everything.
  void discard() {
    for (Part part = parts.poll(); part != null; part = parts.poll()) {
      part.bytes.release();
    }
    size = 0;
  }
}
