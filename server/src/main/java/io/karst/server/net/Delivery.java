package io.karst.server.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karst.server.config.OutputLimits;
import io.karst.server.session.Seen;
import io.karst.server.session.Server;
import io.karst.server.session.Session;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way of one connection's replies to its client: sent at once, or held back, in their order,
/// while the log does not have what they tell; counted; and limited by what may wait for a client.
///
/// Thread: the connection's event loop's.
final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  /// Replies held back beyond which it is full, in bytes.
  private static final int HELD_MAX = 256 << 10;

  private final Connection connection;
  private final Worker worker;
  private final Server server;
  private final Session session;
  private final ChannelLink link;
  private final Channel channel;

  /// Replies that wait for the log; made when there are any.
  private @Nullable HeldReplies held;

  /// Whether the connection has entered the [Gate].
  private boolean atGate;

  /// Since when more output waits than the soft limit allows; 0 if it does not.
  private long overSoftLimitSinceMillis;

  Delivery(Connection connection, Worker worker, ChannelLink link, Session session) {
    this.connection = connection;
    this.worker = worker;
    this.link = link;
    this.session = session;
    server = worker.server();
    channel = link.channel;
  }

  /// Whether as many replies as may be are on their way: no more should be made.
  boolean isFull() {
    return !channel.isWritable() || link.held > HELD_MAX;
  }

  /// Whether replies are held back.
  boolean holds() {
    return held != null && !held.isEmpty();
  }

  /// Sends replies that tell `seen`, or holds them back. Afterwards limits may be exceeded
  /// ([#exceedsLimit]).
  void send(Output output, Seen seen) {
    boolean open = !holds() && worker.gate().isOpenFor(seen);
    long size = open ? output.flush(channel) : hold(output, seen);
    session.countOut(size);
    worker.stats().countOut(size);
  }

  private long hold(Output output, Seen seen) {
    if (!channel.isActive()) {
      output.discard();
      return 0;
    }
    if (held == null) {
      held = new HeldReplies();
    }
    long size = output.hold(held, seen);
    if (size > 0) {
      link.held = held.size();
      if (!atGate) {
        atGate = true;
        worker.gate().enter(connection);
      }
    }
    worker.gate().want(seen); // Even if the client wants no replies: it wants the sync.
    return size;
  }

  /// Sends the replies that the log allows by now. Called for the [Gate], with [#staysAtGate] after
  /// it.
  ///
  /// - `lost`: whether the others will never leave. The client is told so in their place.
  /// - returns: whether that was so, and the connection has to end.
  boolean release(boolean lost) {
    HeldReplies replies = held;
    if (replies == null || replies.isEmpty()) {
      return false;
    }
    Gate gate = worker.gate();
    replies.write(channel, gate.complete(), gate.durable());
    boolean tells = lost && replies.durable() > gate.durable();
    if (tells) {
      LOG.warn("Closing client {}: what its replies tell was lost", session.id());
      replies.discard();
      String line = "-" + gate.lossLine() + "\r\n";
      var _ = channel.write(Unpooled.copiedBuffer(line, UTF_8), channel.voidPromise());
    }
    link.held = replies.size();
    channel.flush();
    return tells;
  }

  /// Whether the connection is to be called again; otherwise it has left the [Gate].
  boolean staysAtGate() {
    atGate = holds();
    return atGate;
  }

  /// Forgets what is held back: nobody is there any more.
  void discard() {
    if (held != null) {
      held.discard();
      link.held = 0;
    }
  }

  /// Whether more waits for the client than may, or for too long.
  boolean exceedsLimit() {
    OutputLimits.Limit limit = server.limits().output();
    if (limit.hardBytes() == 0 && limit.softBytes() == 0) {
      return false;
    }
    long waiting = link.outputBufferSize();
    if (limit.hardBytes() > 0 && waiting > limit.hardBytes()) {
      LOG.warn("Closing client {}: it does not take {} bytes of replies", session.id(), waiting);
      return true;
    }
    if (limit.softBytes() == 0 || waiting <= limit.softBytes()) {
      overSoftLimitSinceMillis = 0;
      return false;
    }
    long nowMillis = server.clock().wallMillis();
    if (overSoftLimitSinceMillis == 0) {
      overSoftLimitSinceMillis = nowMillis;
    }
    if (nowMillis - overSoftLimitSinceMillis < limit.softSeconds() * 1000L) {
      return false;
    }
    LOG.warn("Closing client {}: it takes its replies too slowly", session.id());
    return true;
  }
}
