package io.karst.server.net;

import io.karst.server.messages.Outbox;
import io.karst.server.messages.Subscriber;
import io.karst.server.session.Seen;
import io.karst.server.session.Session;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where one connection's messages arrive, to be sent behind the replies that are on their way.
///
/// Thread: the connection's event loop's, but for [#outbox].
final class Inbox implements Subscriber {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  private final Connection connection;
  private final Worker worker;
  private final Channel channel;
  private final Session session;
  private final Delivery delivery;

  /// Whether the mailbox lets it write soon what it has received.
  private boolean writes;

  Inbox(Connection connection, Worker worker, Channel channel, Session session, Delivery delivery) {
    this.connection = connection;
    this.worker = worker;
    this.channel = channel;
    this.session = session;
    this.delivery = delivery;
  }

  @Override
  public Outbox outbox() {
    return worker.mailbox();
  }

  /// The version of the protocol that messages to it are encoded in.
  int protocol() {
    return session.protocol();
  }

  /// Whether it listens to any channel.
  boolean listens() {
    return session.listening().isSubscriber();
  }

  /// Takes a message, to be sent with the next [#flush].
  ///
  /// - `message`: its own share of it.
  void receive(ByteBuf message, long seenLsn, long heldLsn) {
    if (!connection.isHeard()) {
      message.release();
      return;
    }
    Seen tells = worker.messageSeen();
    tells.begin(worker.gate().reign());
    tells.add(seenLsn, heldLsn, session.durability());
    delivery.push(message, tells, connection.defersMessages());
    if (!writes) {
      writes = true;
      worker.mailbox().writes(this);
    }
  }

  /// There is no memory for messages of so many bytes: the client has to connect anew.
  void misses(long size) {
    LOG.warn("Closing client {}: no memory for messages of {} bytes", session.id(), size);
    connection.closeNow();
  }

  /// Sends what was received.
  void flush() {
    writes = false;
    if (channel.isActive()) {
      channel.flush();
      if (delivery.exceedsLimit()) {
        connection.closeNow();
      }
    }
  }
}
