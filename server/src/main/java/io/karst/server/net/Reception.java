package io.karst.server.net;

import io.karst.server.config.NetworkDirectives;
import io.karst.server.session.Server;
import io.karst.server.session.Session;
import io.karst.server.tls.Tls;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Makes an accepted socket a [Connection], or turns it away. Thread-safe.
final class Reception {
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
  private final Tls tls;

  /// Sockets that are not yet connections of TLS.
  private final AtomicInteger handshakes = new AtomicInteger();

  Reception(Server server, Map<EventLoop, Worker> workers, Transport transport, Tls tls) {
    this.server = server;
    this.workers = workers;
    this.transport = transport;
    this.tls = tls;
  }

  Transport transport() {
    return transport;
  }

  Tls tls() {
    return tls;
  }

  /// What a socket's event loop has for its connections; null if it is none of ours.
  @Nullable Worker worker(Channel channel) {
    return workers.get(channel.eventLoop());
  }

  /// Whether one more socket may try to become a connection of TLS: it is no client before that,
  /// but takes memory and a descriptor. If so, [#endHandshake] is called once.
  boolean beginHandshake() {
    if (handshakes.incrementAndGet() > server.limits().clientsMax()) {
      handshakes.decrementAndGet();
      return false;
    }
    return true;
  }

  void endHandshake() {
    handshakes.decrementAndGet();
  }

  /// Lets the client in, whose bytes come in the clear from here on, in place of `handler`; or
  /// tells it why not.
  void admit(Channel channel, ChannelHandler handler, Door door) {
    Worker worker = worker(channel);
    if (worker == null) {
      var _ = channel.close();
      return;
    }
    if (isForeign(channel)) {
      refuse(channel, worker, PROTECTED);
      return;
    }
    int keepAliveSeconds = server.config().value(NetworkDirectives.TCP_KEEPALIVE);
    if (keepAliveSeconds > 0 && door.kind() != Door.Kind.UNIX) {
      transport.keepAlive().set(channel, keepAliveSeconds);
    }
    ChannelLink link = new ChannelLink(channel, door);
    link.thread = worker.number();
    Session session = server.sessions().open(link);
    if (session == null) {
      refuse(channel, worker, TOO_MANY);
      return;
    }
    worker.stats().countAccepted();
    channel.pipeline().replace(handler, null, new Connection(worker, link, session));
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
