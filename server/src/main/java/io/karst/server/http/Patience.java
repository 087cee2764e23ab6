package io.karst.server.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/// Holds back the requests of one connection that show a password, for as long as [Entrance] says,
/// with all that comes behind them. Nothing is read meanwhile: what is held is what one read has
/// brought. Thread: the port's event loop.
final class Patience extends ChannelInboundHandlerAdapter {
  private final Entrance entrance;
  private final Queue<Object> held = new ArrayDeque<>(2);

  Patience(Entrance entrance) {
    this.entrance = entrance;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (held.isEmpty() && !waits(context, message)) {
      context.fireChannelRead(message);
    } else {
      held.add(message);
    }
  }

  /// Whether a message has to wait; its turn comes again then.
  private boolean waits(ChannelHandlerContext context, Object message) {
    long nanos = message instanceof HttpRequest request ? entrance.restNanos(request) : 0;
    if (nanos > 0) {
      context.channel().config().setAutoRead(false);
      var _ = context.executor().schedule(() -> goOn(context), nanos, TimeUnit.NANOSECONDS);
    }
    return nanos > 0;
  }

  private void goOn(ChannelHandlerContext context) {
    while (!held.isEmpty()) {
      if (waits(context, held.element())) {
        return;
      }
      context.fireChannelRead(held.remove());
    }
    context.channel().config().setAutoRead(true);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    held.forEach(ReferenceCountUtil::release);
    held.clear();
    context.fireChannelInactive();
  }
}
