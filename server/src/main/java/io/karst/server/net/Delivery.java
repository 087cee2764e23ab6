package io.karst.server.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karst.server.config.OutputLimits;
import io.karst.server.session.Seen;
import io.karst.server.session.Server;
import io.karst.server.session.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way of one connection's replies to its client: sent at once, or held back, in their order,
/// while the log does not have what they tell; counted; and limited by what may wait for a client.
///
/// A long reply is held back, too, and flows: as much of it as a socket takes at a time, while the
/// client takes what was sent before, and other connections of the loop between any two. So it is
/// there once, and counts as what waits for the client.
///
/// Thread: the connection's event loop's.
final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  /// Replies held back beyond which it is full, in bytes.
  private static final int HELD_MAX = 256 << 10;

  /// Replies beyond which they flow, and about how many are sent then in a round of the loop, in
  /// bytes.
  private static final int LONG_SIZE = 256 << 10;

  private static final int FLOW_SIZE = Output.CHUNK_SIZE;

  private final Connection connection;
  private final Worker worker;
  private final Server server;
  private final Session session;
  private final ChannelLink link;
  private final Channel channel;

  /// Replies that wait; made when there are any.
  private @Nullable HeldReplies held;

  /// Messages that come behind the reply to the command that runs; made when there are any.
  private @Nullable HeldReplies deferredMessages;

  /// Whether more of them may leave as soon as the client has taken what was sent, and whether that
  /// is about to be done.
  private boolean flows;

  private boolean scheduled;

  /// Whether more was to be sent than may wait for a client.
  private boolean overflown;

  /// Whether a reply was never to leave.
  private boolean lost;

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

  /// Whether replies are held back, for whatever reason.
  boolean holds() {
    return held != null && !held.isEmpty();
  }

  /// Sends replies that tell `seen`, or holds them back. Afterwards limits may be exceeded
  /// ([#exceedsLimit]).
  void send(Output output, Seen seen) {
    if (worker.gate().isLost(seen)) {
      output.discard();
      lose();
      return;
    }
    boolean open = worker.gate().isOpenFor(seen);
    boolean passes = open && !holds() && output.replies().written() <= LONG_SIZE;
    long size = passes ? output.flush(channel) : hold(output, seen, open);
    session.countOut(size);
    worker.stats().countOut(size);
  }

  /// What it is to be told was lost with a reign that has ended: it is told that, and has to
  /// connect anew.
  private void lose() {
    if (channel.isActive() && !lost) {
      LOG.warn("Closing client {}: what its reply tells was lost", session.id());
      lost = true;
      discard();
      tellLoss();
      channel.flush();
    }
  }

  /// Whether it has been told that something was lost.
  boolean isLost() {
    return lost;
  }

  /// - `open`: whether the log has what it tells.
  private long hold(Output output, Seen seen, boolean open) {
    if (!channel.isActive() || output.isAbandoned()) {
      overflown = channel.isActive();
      output.discard();
      return 0;
    }
    if (held == null) {
      held = new HeldReplies();
    }
    long size = output.hold(held, seen);
    link.held = waiting();
    if (open) {
      flows = true; // Unless something before it waits for the log.
      flow();
      return size;
    }
    if (size > 0 && !atGate) {
      atGate = true;
      worker.gate().enter(connection);
    }
    worker.gate().want(seen); // Even if the client wants no replies: it wants the sync.
    return size;
  }

  /// Sends a message, without a flush, or holds it back behind what is held back.
  ///
  /// - `message`: released when it is sent.
  /// - `deferred`: whether it has to come behind the reply to the command that runs.
  void push(ByteBuf message, Seen seen, boolean deferred) {
    int size = message.readableBytes();
    session.countOut(size);
    worker.stats().countOut(size);
    if (deferred) {
      if (deferredMessages == null) {
        deferredMessages = new HeldReplies();
      }
      deferredMessages.add(message, seen);
      link.held = waiting();
    } else {
      pushNow(message, seen);
    }
  }

  private void pushNow(ByteBuf message, Seen seen) {
    if (worker.gate().isLost(seen)) {
      message.release(); // Nobody has sent it, as it turns out.
      return;
    }
    boolean open = worker.gate().isOpenFor(seen);
    if (open && !holds()) {
      var _ = channel.write(message, channel.voidPromise());
      return;
    }
    if (held == null) {
      held = new HeldReplies();
    }
    held.add(message, seen);
    link.held = waiting();
    if (!open && !atGate) {
      atGate = true;
      worker.gate().enter(connection);
    }
    if (!open) {
      worker.gate().want(seen);
    }
    // What stands before it lets it go: the gate, or the flow of a long reply.
  }

  /// Sends the messages that had to come behind a reply, which is on its way.
  void pushDeferred() {
    HeldReplies messages = deferredMessages;
    if (messages != null) {
      deferredMessages = null;
      messages.moveTo(this::pushNow, worker.messageSeen());
      link.held = waiting();
      channel.flush();
    }
  }

  /// Bytes that are held back.
  private long waiting() {
    return (held == null ? 0 : held.size())
        + (deferredMessages == null ? 0 : deferredMessages.size());
  }

  /// Sends some of what may leave, if the client has taken what was sent before.
  private void flow() {
    HeldReplies replies = held;
    if (replies != null && channel.isWritable()) {
      flows = replies.write(channel, worker.gate(), FLOW_SIZE);
      link.held = waiting();
      channel.flush();
    }
    goOn();
  }

  /// Sends more in the next round of the loop, if there is more and the client has taken what was
  /// sent.
  void goOn() {
    if (flows && !scheduled && channel.isWritable()) {
      scheduled = true;
      try {
        // A task would run in this round; what is due runs in the next.
        var _ = worker.loop().schedule(this::flowOn, 0, TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException atTheEnd) {
        flows = false; // The server ends, and its connections with it.
      }
    }
  }

  private void flowOn() {
    scheduled = false;
    if (channel.isActive()) {
      flow();
      connection.flowed();
    }
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
    long most = lost ? Long.MAX_VALUE : FLOW_SIZE; // Nothing may stand before what was lost.
    flows = replies.write(channel, gate, most);
    boolean tells = lost && replies.waitsForOthers(gate);
    if (tells) {
      LOG.warn("Closing client {}: what its replies tell was lost", session.id());
      replies.discard();
      tellLoss();
    }
    link.held = waiting();
    channel.flush();
    goOn();
    return tells;
  }

  private void tellLoss() {
    String line = "-" + worker.gate().lossLine() + "\r\n";
    var _ = channel.write(Unpooled.copiedBuffer(line, UTF_8), channel.voidPromise());
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
      flows = false;
    }
    if (deferredMessages != null) {
      deferredMessages.discard();
    }
    link.held = 0;
  }

  /// How many bytes may wait for the client, [Long#MAX_VALUE] if any number may.
  long hardLimit() {
    long limit = server.limits().output(session.listening().isListener()).hardBytes();
    return limit == 0 ? Long.MAX_VALUE : limit;
  }

  /// Whether more waits for the client than may, or for too long.
  boolean exceedsLimit() {
    if (!isOverLimit()) {
      return false;
    }
    worker.stats().countCutForOutput();
    return true;
  }

  private boolean isOverLimit() {
    OutputLimits.Limit limit = server.limits().output(session.listening().isListener());
    if (overflown) {
      LOG.warn("Closing client {}: a reply is longer than {} bytes", session.id(), hardLimit());
      return true;
    }
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
