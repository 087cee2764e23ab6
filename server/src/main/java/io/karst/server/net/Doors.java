package io.karst.server.net;

import io.karst.server.config.FileMode;
import io.karst.server.config.NetworkDirectives;
import io.karst.server.session.Server;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens sockets to listen on, each with what its clients need. Thread-safe.
final class Doors {
  private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

  /// Replies waiting at a socket beyond which its connection waits, and below which it goes on.
  private static final WriteBufferWaterMark OUTPUT_MARKS =
      new WriteBufferWaterMark(64 << 10, 256 << 10);

  private final Server server;
  private final EventLoopGroup loops;
  private final Reception reception;

  Doors(Server server, EventLoopGroup loops, Reception reception) {
    this.server = server;
    this.loops = loops;
    this.reception = reception;
  }

  /// Listens at a door that is no path; null if its address may be missing, and is.
  @Nullable Channel open(Door door, int port) throws IOException {
    boolean optional = door.address().startsWith("-");
    String name = optional ? door.address().substring(1) : door.address();
    String host = name.equals("*") ? "0.0.0.0" : name.equals("::*") ? "::" : name;
    ChannelFuture bound = bind(tcp(door), new InetSocketAddress(host, port));
    if (bound.isSuccess()) {
      return bound.channel();
    }
    if (optional) {
      return null;
    }
    throw new IOException(
        "cannot listen on " + new Door(door.kind(), host, port).text() + ": " + reason(bound));
  }

  /// Listens at a path.
  ///
  /// - throws [IOException] if that cannot be done, or somebody else does.
  Channel openPath(String path, FileMode mode) throws IOException {
    Door door = Door.unix(path);
    SocketFile file = SocketFile.of(path);
    file.makeRoom();
    Transport.Local local = reception.transport().local();
    ServerBootstrap bootstrap =
        bootstrap(new Acceptor(reception, door)).channel(local.serverChannel());
    if (local.halfCloses()) {
      bootstrap.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }
    ChannelFuture bound = bind(bootstrap, local.address().apply(path));
    if (!bound.isSuccess()) {
      throw new IOException("cannot listen on " + door.text() + ": " + reason(bound));
    }
    try {
      file.mode(mode);
    } catch (IOException e) {
      bound.channel().close().awaitUninterruptibly();
      throw e;
    }
    return bound.channel();
  }

  void remove(String path) {
    try {
      SocketFile.of(path).remove();
    } catch (IOException e) {
      LOG.warn("Cannot remove the unix socket {}", path, e);
    }
  }

  /// What was listened on before cannot be listened on again.
  void lost(IOException why) {
    LOG.error("No clients come in any more where they did before", why);
  }

  private static ChannelFuture bind(ServerBootstrap bootstrap, SocketAddress address) {
    return bootstrap.bind(address).awaitUninterruptibly();
  }

  private ServerBootstrap tcp(Door door) {
    boolean encrypted = door.kind() == Door.Kind.TLS;
    ChannelHandler handler =
        encrypted ? Handshake.forEach(reception, door) : new Acceptor(reception, door);
    ServerBootstrap bootstrap =
        bootstrap(handler)
            .channel(reception.transport().serverChannel())
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.TCP_NODELAY, true);
    if (!encrypted) {
      reception
          .transport()
          .options()
          .forEach((option, value) -> childOption(bootstrap, option, value));
    }
    return bootstrap;
  }

  private ServerBootstrap bootstrap(ChannelHandler handler) {
    return new ServerBootstrap()
        .group(loops)
        .option(ChannelOption.SO_BACKLOG, server.config().value(NetworkDirectives.TCP_BACKLOG))
        .childOption(ChannelOption.ALLOCATOR, Buffers.POOL)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, OUTPUT_MARKS)
        .childHandler(handler);
  }

  @SuppressWarnings("unchecked") // Transports pair options with values of their type.
  private static <T> void childOption(ServerBootstrap on, ChannelOption<T> option, Object value) {
    on.childOption(option, (T) value);
  }

  private static String reason(ChannelFuture failed) {
    Throwable cause = failed.cause();
    return cause == null ? "unknown" : String.valueOf(cause.getMessage());
  }
}
