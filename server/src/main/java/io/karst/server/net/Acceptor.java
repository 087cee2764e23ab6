package io.karst.server.net;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Takes a socket whose client speaks at once to the [Reception]. Shared by all sockets of one
/// door; thread-safe.
@ChannelHandler.Sharable
final class Acceptor extends ChannelInboundHandlerAdapter {
  private final Reception reception;
  private final Door door;

  Acceptor(Reception reception, Door door) {
    this.reception = reception;
    this.door = door;
  }

  @Override
  public void channelRegistered(ChannelHandlerContext context) {
    Worker worker = reception.worker(context.channel());
    boolean brings = !reception.transport().lendsInput() && door.kind() == Door.Kind.TCP;
    if (worker != null && !brings) {
      context.channel().config().setRecvByteBufAllocator(worker.inputBuffers());
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    reception.admit(context.channel(), this, door);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }
}
