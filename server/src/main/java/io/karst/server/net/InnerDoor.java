package io.karst.server.net;

import io.karst.server.config.NetworkDirectives;
import io.karst.server.session.Server;
import io.karst.server.session.Session;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// The way in for clients of this very process, which speak RESP as all do, but over no socket:
/// whatever the server listens on, and whoever it lets in there.
///
/// They have an event loop of their own, so that what is written to them is in no other client's
/// way. In `CLIENT LIST` they have the address they are opened with. Thread-safe.
public final class InnerDoor implements AutoCloseable {
  private static final long TICK_MILLIS = 1000;
  private static final long STOP_SECONDS = 2;
  private static final String TOO_MANY = "-ERR max number of clients reached\r\n";

  private final Server server;
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("inner", true), LocalIoHandler.newFactory());
  private final Worker worker;
  private final Channel listener;

  /// Opens it.
  ///
  /// - `address`: what its clients are connected to; no other is open with the same.
  public InnerDoor(Server server, SocketAddress address) {
    this.server = server;
    worker = new Worker(server, loops.next(), server.config().value(NetworkDirectives.IO_THREADS));
    var _ =
        worker
            .loop()
            .scheduleAtFixedRate(worker::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    listener =
        new ServerBootstrap()
            .group(loops)
            .channel(LocalServerChannel.class)
            .childHandler(new Welcome())
            .bind(local(address))
            .syncUninterruptibly()
            .channel();
  }

  private static LocalAddress local(SocketAddress address) {
    return new LocalAddress(Addresses.text(address));
  }

  /// Connects a client. The future tells when it is; events, on the door's event loop, go to the
  /// handler.
  ///
  /// - `as`: its address; no other is connected with the same.
  public ChannelFuture connect(SocketAddress as, ChannelHandler handler) {
    return new Bootstrap()
        .group(loops)
        .channel(LocalChannel.class)
        .handler(
            new ChannelInitializer<LocalChannel>() {
              @Override
              protected void initChannel(LocalChannel channel) {
                channel.pipeline().addLast(handler);
              }
            })
        .connect(listener.localAddress(), local(as));
  }

  /// Makes what comes in a [Connection], if the server takes one more. Shared by all.
  @ChannelHandler.Sharable
  private final class Welcome extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      Channel channel = context.channel();
      ChannelLink link = new ChannelLink(channel, Door.inner());
      link.thread = worker.number();
      Session session = server.sessions().open(link);
      if (session == null) {
        worker.stats().countRefused();
        channel
            .writeAndFlush(Unpooled.copiedBuffer(TOO_MANY, StandardCharsets.US_ASCII))
            .addListener(ChannelFutureListener.CLOSE);
        return;
      }
      worker.stats().countAccepted();
      context.pipeline().replace(this, null, new Connection(worker, link, session));
    }
  }

  /// Closes the door and every connection, and gives back what its loop holds of the engine.
  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    loops
        .shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(2 * STOP_SECONDS, TimeUnit.SECONDS);
    if (loops.isTerminated()) {
      worker.close();
    }
  }
}
