package io.karst.server.net;

import io.karst.server.config.Config;
import io.karst.server.config.NetworkDirectives;
import io.karst.server.session.Server;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The event loops and the sockets that are listened on.
///
/// Thread-safe; opened and closed once.
public final class Network implements AutoCloseable {
  /// Replies waiting at a socket beyond which its connection waits, and below which it goes on.
  private static final WriteBufferWaterMark OUTPUT_MARKS =
      new WriteBufferWaterMark(64 << 10, 256 << 10);

  /// Netty's search for buffers nobody released, which costs on every buffer.
  private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

  private static final long TICK_MILLIS = 1000;
  private static final long STOP_SECONDS = 2;

  private final Transport transport;
  private final MultiThreadIoEventLoopGroup loops;
  private final Map<EventLoop, Worker> workers = new HashMap<>();
  private final List<Channel> listeners = new ArrayList<>();

  private Network(Transport transport, int loopCount) {
    this.transport = transport;
    loops =
        new MultiThreadIoEventLoopGroup(
            loopCount, new DefaultThreadFactory("loop"), transport.handlers().get());
  }

  /// Loops that serve nobody yet, for [#listen]. Loads the transport, which takes about as long as
  /// all else that a server needs before it can listen: worth a thread of its own.
  ///
  /// - throws [IllegalStateException] if this machine does not have the transport.
  public static Network prepare(Config config) {
    if (System.getProperty(LEAK_DETECTION) == null) {
      ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }
    Transport transport = Transport.choose(config.value(NetworkDirectives.TRANSPORT));
    return new Network(transport, config.value(NetworkDirectives.IO_THREADS));
  }

  /// Listens as the configuration says; tells the server where.
  ///
  /// - throws [IOException] if an address cannot be listened on; the network is closed then.
  public void listen(Server server) throws IOException {
    try {
      start(server);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /// As [#prepare] and [#listen].
  public static Network open(Server server) throws IOException {
    Network network = prepare(server.config());
    network.listen(server);
    return network;
  }

  private void start(Server server) throws IOException {
    for (EventExecutor executor : loops) {
      EventLoop loop = (EventLoop) executor;
      Worker worker = new Worker(server, loop);
      workers.put(loop, worker);
      var _ =
          loop.scheduleAtFixedRate(worker::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
    ServerBootstrap bootstrap = bootstrap(server);
    Config config = server.config();
    int port = config.value(NetworkDirectives.PORT);
    for (String address : config.value(NetworkDirectives.BIND)) {
      port = listen(bootstrap, address, port);
    }
    if (listeners.isEmpty()) {
      throw new IOException("none of the addresses to bind to can be listened on");
    }
    server.listening(port, transport.name());
  }

  private ServerBootstrap bootstrap(Server server) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(transport.serverChannel())
            .option(ChannelOption.SO_BACKLOG, server.config().value(NetworkDirectives.TCP_BACKLOG))
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.ALLOCATOR, Buffers.POOL)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, OUTPUT_MARKS)
            .childHandler(new Acceptor(server, workers, transport));
    transport.options().forEach((option, value) -> childOption(bootstrap, option, value));
    return bootstrap;
  }

  @SuppressWarnings("unchecked") // Transports pair options with values of their type.
  private static <T> void childOption(ServerBootstrap on, ChannelOption<T> option, Object value) {
    on.childOption(option, (T) value);
  }

  /// Listens on one address of the configuration; returns the port, which is the first one's if
  /// any would do. An address behind `-` may be missing on this machine.
  private int listen(ServerBootstrap bootstrap, String address, int port) throws IOException {
    boolean optional = address.startsWith("-");
    String name = optional ? address.substring(1) : address;
    String host = name.equals("*") ? "0.0.0.0" : name.equals("::*") ? "::" : name;
    ChannelFuture bound = bootstrap.bind(new InetSocketAddress(host, port)).awaitUninterruptibly();
    if (bound.isSuccess()) {
      listeners.add(bound.channel());
      return ((InetSocketAddress) bound.channel().localAddress()).getPort();
    }
    if (!optional) {
      throw new IOException("cannot listen on " + host + ":" + port + ": " + reason(bound));
    }
    return port;
  }

  private static String reason(ChannelFuture failed) {
    Throwable cause = failed.cause();
    return cause == null ? "unknown" : String.valueOf(cause.getMessage());
  }

  /// Listens no longer; the connections there are go on.
  public void stopListening() {
    listeners.forEach(listener -> listener.close().awaitUninterruptibly());
    listeners.clear();
  }

  /// Listens no longer, closes every connection and ends the loops. Waits for that, a moment at
  /// most for connections that do not go.
  @Override
  public void close() {
    stopListening();
    loops
        .shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(2 * STOP_SECONDS, TimeUnit.SECONDS);
    if (loops.isTerminated()) {
      workers.values().forEach(Worker::close);
    }
  }
}
