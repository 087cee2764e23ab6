package io.karst.server.net;

import io.karst.server.resp.ReplyBuffer;
import io.karst.server.session.Seen;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;

/// Replies on their way from a dispatcher to a socket: a [ReplyBuffer], and the direct buffers it
/// has spilled into. Thread: its owner's, an event loop or the thread of a task.
final class Output implements ReplyBuffer.Sink {
  private final ReplyBuffer replies;
  private final ArrayDeque<ByteBuf> chunks = new ArrayDeque<>(4);

  /// - `capacity`: of the reply buffer, in bytes.
  Output(int capacity) {
    replies = new ReplyBuffer(capacity, this);
  }

  ReplyBuffer replies() {
    return replies;
  }

  @Override
  public void take(byte[] array, int size) {
    ByteBuf chunk = Buffers.POOL.directBuffer(size, size);
    chunk.writeBytes(array, 0, size);
    chunks.add(chunk);
  }

  /// Writes everything to the channel and flushes it; returns the number of bytes. On the
  /// channel's event loop.
  long flush(Channel channel) {
    replies.drain();
    long size = replies.drained();
    replies.reset();
    if (size > 0) {
      for (ByteBuf chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
        var _ = channel.write(chunk, channel.voidPromise());
      }
      channel.flush();
    }
    return size;
  }

  /// Moves everything to `held`; returns the number of bytes.
  long hold(HeldReplies held, Seen seen) {
    replies.drain();
    long size = replies.drained();
    replies.reset();
    for (ByteBuf chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
      held.add(chunk, seen.complete(), seen.durable());
    }
    return size;
  }

  /// Forgets everything.
  void discard() {
    replies.reset();
    for (ByteBuf chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
      chunk.release();
    }
  }
}
