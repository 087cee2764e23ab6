package io.karst.server.net;

import io.karst.server.messages.Post;
import io.karst.server.resp.ReplyBuffer;
import io.karst.server.resp.ReplyEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.internal.PlatformDependent;
import java.util.List;

/// Writes messages into one direct buffer, which many connections send. Thread: its event loop's.
final class MessageEncoder implements ReplyBuffer.Sink {
  private static final int PIECE_SIZE = 8 << 10;

  /// What a message takes besides what it says, about, in bytes.
  private static final int FRAME_SIZE = 64;

  private final ReplyBuffer replies = new ReplyBuffer(PIECE_SIZE, this);
  private ByteBuf target = Unpooled.EMPTY_BUFFER;

  /// - returns: the messages one behind the other; the caller's.
  /// - throws [OutOfMemoryError] if there is no room for them.
  ByteBuf encode(List<Post> posts, int protocol) {
    if (PlatformDependent.usedDirectMemory() > Buffers.REPLIES_MAX) {
      throw new OutOfMemoryError("replies take " + Buffers.REPLIES_MAX + " bytes");
    }
    int size = 0;
    for (Post post : posts) {
      size += post.size() + FRAME_SIZE;
    }
    ByteBuf fresh = Buffers.POOL.directBuffer(size);
    target = fresh;
    boolean done = false;
    try {
      ReplyEncoder encoder = ReplyEncoder.of(protocol);
      posts.forEach(post -> encoder.encode(post.message().in(protocol), replies));
      replies.drain();
      done = true;
      return fresh;
    } finally {
      target = Unpooled.EMPTY_BUFFER;
      replies.reset();
      if (!done) {
        fresh.release();
      }
    }
  }

  @Override
  public void take(byte[] array, int count) {
    target.writeBytes(array, 0, count);
  }

  @Override
  public ReplyBuffer.Gap leaveGap(int room) {
    throw new IllegalStateException("a message whose length is not known");
  }

  @Override
  public void giveBack(long count) {
    target.writerIndex(target.writerIndex() - Math.toIntExact(count));
  }
}
