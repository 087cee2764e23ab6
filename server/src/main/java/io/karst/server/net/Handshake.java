package io.karst.server.net;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A socket that is to become a connection of TLS: it is handed to the [Reception] when both sides
/// have agreed. Until then it is no client, and has a time to become one.
///
/// Its bytes are read into buffers of its own, as a record that is not complete stays in them.
/// Thread: its event loop's.
final class Handshake extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);

  private static final int INPUT_MIN = 512;
  private static final int INPUT_FIRST = 2 << 10;

  private final Reception reception;
  private final Door door;
  private boolean counted;

  private Handshake(Reception reception, Door door) {
    this.reception = reception;
    this.door = door;
  }

  /// Puts one in front of every socket that is accepted.
  static ChannelInitializer<Channel> forEach(Reception reception, Door door) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        Handshake handshake = new Handshake(reception, door);
        SslHandler encryption = handshake.begin();
        if (encryption == null) {
          var _ = channel.close();
          return;
        }
        channel.config().setRecvByteBufAllocator(inputBuffers());
        channel.pipeline().addLast(encryption, handshake);
      }
    };
  }

  private static RecvByteBufAllocator inputBuffers() {
    return new AdaptiveRecvByteBufAllocator(INPUT_MIN, INPUT_FIRST, Worker.INPUT_SIZE)
        .maxMessagesPerRead(1);
  }

  private @Nullable SslHandler begin() {
    counted = reception.beginHandshake();
    return counted ? reception.tls().newHandler(Buffers.POOL) : null;
  }

  private void end() {
    if (counted) {
      counted = false;
      reception.endHandshake();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent completion) {
      end();
      if (completion.isSuccess()) {
        reception.admit(context.channel(), this, door);
      } else {
        LOG.debug(
            "No TLS with {}: {}",
            Addresses.text(context.channel().remoteAddress()),
            why(completion));
      }
    }
  }

  private static String why(SslHandshakeCompletionEvent completion) {
    Throwable cause = completion.cause();
    return cause == null ? "unknown" : String.valueOf(cause.getMessage());
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    end();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }
}
