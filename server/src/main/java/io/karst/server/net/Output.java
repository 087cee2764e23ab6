package io.karst.server.net;

import io.karst.server.resp.ReplyBuffer;
import io.karst.server.session.Seen;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.internal.PlatformDependent;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Replies on their way from a dispatcher to a socket: a [ReplyBuffer], and the direct buffers it
/// has spilled into, which is all there is of a long reply. Thread: its owner's, an event loop or
/// the thread of a task.
final class Output implements ReplyBuffer.Sink {
  /// What the second piece and those behind it are gathered in, in bytes: as much as is handed to
  /// the socket at a time.
  static final int CHUNK_SIZE = 128 << 10;

  private final ReplyBuffer replies;
  private final ArrayDeque<ByteBuf> chunks = new ArrayDeque<>(4);

  /// Whose it is, if there may be much of it before the event loop sees it.
  private final @Nullable ChannelLink link;

  /// How many bytes of replies there may be in the chunks.
  private final long limit;

  /// The last chunk, if more may be written to it.
  private @Nullable ByteBuf open;

  /// Bytes in the chunks.
  private long size;

  /// Whether it is more than its client may have waiting, or that client is gone.
  private boolean abandoned;

  /// - `capacity`: of the reply buffer, in bytes.
  Output(int capacity) {
    this(capacity, null, Long.MAX_VALUE);
  }

  /// - `limit`: bytes beyond which the client is to be closed, and nothing more is kept.
  Output(int capacity, @Nullable ChannelLink link, long limit) {
    replies = new ReplyBuffer(capacity, this);
    this.link = link;
    this.limit = limit;
  }

  ReplyBuffer replies() {
    return replies;
  }

  /// Whether it has been given up as nobody is going to read it.
  boolean isAbandoned() {
    return abandoned;
  }

  @Override
  public void take(byte[] array, int count) {
    if (abandoned) {
      return;
    }
    ByteBuf last = open;
    int fits = last == null ? 0 : Math.min(count, last.writableBytes());
    if (fits < count) {
      add(chunk(count - fits));
    }
    if (last != null) {
      last.writeBytes(array, 0, fits);
    }
    if (fits < count) {
      chunks.getLast().writeBytes(array, fits, count - fits);
    }
    grown(count);
  }

  /// A buffer for so many bytes, or for more if there are others already.
  private ByteBuf chunk(int atLeast) {
    if (chunks.isEmpty()) {
      return Buffers.POOL.directBuffer(atLeast, atLeast);
    }
    if (PlatformDependent.usedDirectMemory() > Buffers.REPLIES_MAX) {
      throw new OutOfMemoryError("replies take " + Buffers.REPLIES_MAX + " bytes");
    }
    int capacity = Math.max(atLeast, CHUNK_SIZE);
    return Buffers.POOL.directBuffer(capacity, capacity);
  }

  private void add(ByteBuf chunk) {
    chunks.add(chunk);
    open = chunk;
  }

  private void grown(int count) {
    size += count;
    ChannelLink client = link;
    if (client != null) {
      client.made = size;
      if (size > limit || !client.channel.isActive()) {
        abandoned = true;
        releaseAll();
      }
    }
  }

  @Override
  public ReplyBuffer.Gap leaveGap(int room) {
    ByteBuf gap = Buffers.POOL.directBuffer(room, room);
    if (abandoned) {
      gap.release();
      return (array, count) -> {};
    }
    chunks.add(gap);
    open = null;
    return (array, count) -> {
      if (!abandoned) {
        gap.writeBytes(array, 0, count);
        size += count;
      }
    };
  }

  @Override
  public void giveBack(long count) {
    open = null;
    long left = abandoned ? 0 : count;
    size -= left;
    while (!chunks.isEmpty() && (left > 0 || !chunks.getLast().isReadable())) {
      ByteBuf last = chunks.getLast();
      int taken = (int) Math.min(left, last.readableBytes());
      last.writerIndex(last.writerIndex() - taken);
      left -= taken;
      if (!last.isReadable()) {
        chunks.removeLast().release();
      }
    }
  }

  /// Writes everything to the channel and flushes it; returns the number of bytes. On the
  /// channel's event loop.
  long flush(Channel channel) {
    long written = finish();
    if (written > 0) {
      for (ByteBuf chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
        var _ = channel.write(chunk, channel.voidPromise());
      }
      channel.flush();
    }
    return written;
  }

  /// Moves everything to `held`; returns the number of bytes.
  long hold(HeldReplies held, Seen seen) {
    long written = finish();
    for (ByteBuf chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
      held.add(chunk, seen);
    }
    return written;
  }

  /// Brings everything into the chunks, which are the caller's then; returns the number of bytes.
  private long finish() {
    replies.drain();
    long written = replies.drained();
    replies.reset();
    open = null;
    size = 0;
    if (link != null) {
      link.made = 0;
    }
    return written;
  }

  /// Forgets everything.
  void discard() {
    replies.reset();
    releaseAll();
  }

  private void releaseAll() {
    open = null;
    size = 0;
    for (ByteBuf chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
      chunk.release();
    }
    if (link != null) {
      link.made = 0;
    }
  }
}
