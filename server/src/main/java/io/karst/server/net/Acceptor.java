package io.karst.server.net;

import io.karst.server.config.NetworkDirectives;
import io.karst.server.session.Server;
import io.karst.server.session.Session;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Makes an accepted socket a [Connection], or turns it away. Shared by all sockets; thread-safe.
@ChannelHandler.Sharable
final class Acceptor extends ChannelInboundHandlerAdapter {
  private static final String TOO_MANY = "-ERR max number of clients reached\r\n";

  private static final String PROTECTED =
      "-DENIED This server is in protected mode: it has no password and serves its own machine"
          + " only. To let other machines in, do one of these: set a password with"
          + " 'CONFIG SET requirepass' from this machine or in the configuration file; or, if the"
          + " network is trusted, turn the mode off with 'CONFIG SET protected-mode no' or start"
          + " the server with '--protected-mode no'.\r\n";

  private final Server server;
  private final Map<EventLoop, Worker> workers;
  private final Transport transport;

  Acceptor(Server server, Map<EventLoop, Worker> workers, Transport transport) {
    this.server = server;
    this.workers = workers;
    this.transport = transport;
  }

  @Override
  public void channelRegistered(ChannelHandlerContext context) {
    Worker worker = workers.get(context.channel().eventLoop());
    if (transport.lendsInput() && worker != null) {
      context.channel().config().setRecvByteBufAllocator(worker.inputBuffers());
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    Channel channel = context.channel();
    Worker worker = workers.get(channel.eventLoop());
    if (worker == null) {
      var _ = channel.close();
      return;
    }
    if (isForeign(channel)) {
      refuse(channel, worker, PROTECTED);
      return;
    }
    int keepAliveSeconds = server.config().value(NetworkDirectives.TCP_KEEPALIVE);
    if (keepAliveSeconds > 0) {
      transport.keepAlive().set(channel, keepAliveSeconds);
    }
    ChannelLink link = new ChannelLink(channel);
    Session session = server.sessions().open(link);
    if (session == null) {
      refuse(channel, worker, TOO_MANY);
      return;
    }
    worker.stats().countAccepted();
    context.pipeline().replace(this, null, new Connection(worker, link, session));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }

  private boolean isForeign(Channel channel) {
    return server.config().value(NetworkDirectives.PROTECTED_MODE)
        && !server.needsPassword()
        && !Addresses.isLoopback(channel.remoteAddress());
  }

  private static void refuse(Channel channel, Worker worker, String line) {
    worker.stats().countRefused();
    channel
        .writeAndFlush(Unpooled.copiedBuffer(line, StandardCharsets.US_ASCII))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
