package io.karst.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;

/// Replies of one connection, in their order, that wait for the log, or for the client to take what
/// was sent before. Thread: its event loop's.
final class HeldReplies {
  /// Encoded replies, and how far the log has to be before they leave.
  private record Part(ByteBuf bytes, long complete, long durable) {}

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
  void add(ByteBuf bytes, long complete, long durable) {
    parts.add(new Part(bytes, complete, durable));
    size += bytes.readableBytes();
  }

  /// Writes what may leave by now, without a flush, up to about `most` bytes; whether there is
  /// more.
  boolean write(Channel channel, long complete, long durable, long most) {
    long left = most;
    for (Part part = parts.peek(); part != null; part = parts.peek()) {
      if (part.complete > complete || part.durable > durable) {
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
    void take(ByteBuf bytes, long complete, long durable);
  }

  /// Gives all of them away, in their order.
  void moveTo(Taker taker) {
    for (Part part = parts.poll(); part != null; part = parts.poll()) {
      taker.take(part.bytes, part.complete, part.durable);
    }
    size = 0;
  }

  /// How far the log has to be on disk before all of them may leave.
  long durable() {
    long highest = 0;
    for (Part part : parts) {
      highest = Math.max(highest, part.durable);
    }
    return highest;
  }

  /// Forgets everything.
  void discard() {
    for (Part part = parts.poll(); part != null; part = parts.poll()) {
      part.bytes.release();
    }
    size = 0;
  }
}
