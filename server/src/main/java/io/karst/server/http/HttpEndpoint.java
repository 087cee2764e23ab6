package io.karst.server.http;

import io.karst.server.config.Config;
import io.karst.server.config.ObservationDirectives;
import io.karst.server.http.console.Console;
import io.karst.server.http.console.ConsoleRequests;
import io.karst.server.session.Server;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The HTTP port: its socket, its event loop, its pages, and the console.
///
/// Thread-safe; opened and closed once.
public final class HttpEndpoint implements AutoCloseable {
  private static final int CONNECTIONS_MAX = 64;
  private static final int REQUEST_SIZE_MAX = 16 << 10;
  private static final int LINE_SIZE_MAX = 4 << 10;
  private static final int HEADERS_SIZE_MAX = 8 << 10;

  /// For how long a client may say nothing, or take nothing.
  private static final int IDLE_SECONDS = 75;

  private static final int WRITE_SECONDS = 10;
  private static final long STOP_SECONDS = 2;

  private final Pages pages = new Pages();
  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("http", true), NioIoHandler.newFactory());
  private final InetSocketAddress address;

  private volatile @Nullable Console console;

  /// Of the event loop.
  private int connections;

  private HttpEndpoint(String host, int port) throws IOException {
    address = listen(host, port);
  }

  /// Listens as the configuration says; before it [#serves], it tells that it is not ready.
  ///
  /// - returns: null if the configuration does not ask for it.
  /// - throws [IOException] if that cannot be; nothing is left behind.
  public static @Nullable HttpEndpoint open(Config config) throws IOException {
    int port = config.value(ObservationDirectives.HTTP_PORT);
    return port == 0 ? null : new HttpEndpoint(config.value(ObservationDirectives.HTTP_BIND), port);
  }

  /// The server has its data, and listens.
  public void serves(Server server) {
    console = new Console(server, address);
    pages.serves(server);
  }

  /// The TCP port that is listened on.
  public int port() {
    return address.getPort();
  }

  private InetSocketAddress listen(String host, int wanted) throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childHandler(new Pipeline())
            .bind(new InetSocketAddress(host, wanted))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      close();
      Throwable cause = bound.cause();
      String why = cause == null ? "unknown" : String.valueOf(cause.getMessage());
      throw new IOException("cannot listen for HTTP on " + host + ":" + wanted + ": " + why);
    }
    return (InetSocketAddress) bound.channel().localAddress();
  }

  /// Makes an accepted socket one that speaks HTTP, or closes it if there are too many.
  private final class Pipeline extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      if (connections == CONNECTIONS_MAX) {
        var _ = channel.close();
        return;
      }
      connections++;
      channel.closeFuture().addListener(closed -> connections--);
      HttpDecoderConfig limits =
          new HttpDecoderConfig()
              .setMaxInitialLineLength(LINE_SIZE_MAX)
              .setMaxHeaderSize(HEADERS_SIZE_MAX);
      Entrance entrance = new Entrance(pages::server, channel);
      channel
          .pipeline()
          .addLast(new ReadTimeoutHandler(IDLE_SECONDS, TimeUnit.SECONDS))
          .addLast(new WriteTimeoutHandler(WRITE_SECONDS, TimeUnit.SECONDS))
          .addLast(new HttpServerCodec(limits))
          .addLast(new Patience(entrance))
          .addLast(new ConsoleRequests(() -> console, entrance::admits))
          .addLast(new HttpObjectAggregator(REQUEST_SIZE_MAX, true))
          .addLast(new Requests(pages, entrance));
    }
  }

  /// Closes the port and every connection.
  @Override
  public void close() {
    loop.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(2 * STOP_SECONDS, TimeUnit.SECONDS);
    Console opened = console;
    if (opened != null) {
      opened.close();
    }
    pages.close();
  }
}
