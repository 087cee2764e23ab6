package io.karst.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/// Lends every socket of a loop the same buffer to be read into: its bytes are copied out before
/// the next socket is read.
///
/// One read a turn: a client that sends without a pause waits for the others of its loop.
final class InputAllocator extends DefaultMaxMessagesRecvByteBufAllocator {
  private final ByteBuf buffer = Buffers.POOL.directBuffer(Worker.INPUT_SIZE, Worker.INPUT_SIZE);

  InputAllocator() {
    super(1);
  }

  @Override
  @SuppressWarnings("deprecation") // The type is; what replaces it extends it.
  public Handle newHandle() {
    return new Lender();
  }

  void close() {
    buffer.release();
  }

  private final class Lender extends MaxMessageHandle {
    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      return buffer.refCnt() == 1
          ? buffer.clear().retain()
          : Buffers.POOL.directBuffer(Worker.INPUT_SIZE, Worker.INPUT_SIZE);
    }

    @Override
    public int guess() {
      return Worker.INPUT_SIZE;
    }
  }
}
