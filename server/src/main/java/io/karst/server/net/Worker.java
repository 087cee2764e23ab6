package io.karst.server.net;

import io.karst.server.session.Dispatcher;
import io.karst.server.session.Membership;
import io.karst.server.session.ReplyLoop;
import io.karst.server.session.Seen;
import io.karst.server.session.Server;
import io.karst.server.session.WorkerStats;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/// What the connections of one event loop share. Thread: the loop's.
final class Worker implements ReplyLoop {
  /// The most that is read at a time, in bytes.
  static final int INPUT_SIZE = 64 << 10;

  /// A reply buffer's room; what is beyond goes to the socket in pieces of this size.
  static final int OUTPUT_SIZE = 64 << 10;

  private final Server server;
  private final EventLoop loop;
  private final int number;

  /// A read, and the cut request before it.
  private final byte[] input = new byte[2 * INPUT_SIZE];

  private final Output output = new Output(OUTPUT_SIZE);
  private final InputAllocator inputBuffers = new InputAllocator();
  private final WorkerStats stats;
  private final Dispatcher dispatcher;
  private final Gate gate;
  private final Mailbox mailbox;

  /// Used again for each message to each connection.
  private final Seen messageSeen = new Seen();

  private final List<Connection> connections = new ArrayList<>();

  /// - `number`: which of the loops, from 0.
  Worker(Server server, EventLoop loop, int number) {
    this.server = server;
    this.number = number;
    this.loop = loop;
    stats = server.stats().newWorker();
    dispatcher = new Dispatcher(server, stats);
    Membership membership = server.membership();
    gate = new Gate(server.engine().log(), loop, membership != null);
    mailbox = new Mailbox(server, loop);
    if (membership != null) {
      membership.enter(this);
    }
  }

  Server server() {
    return server;
  }

  int number() {
    return number;
  }

  EventLoop loop() {
    return loop;
  }

  /// Where the bytes of one read are decoded from.
  byte[] input() {
    return input;
  }

  Output output() {
    return output;
  }

  InputAllocator inputBuffers() {
    return inputBuffers;
  }

  WorkerStats stats() {
    return stats;
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  /// Where its connections wait for the log.
  Gate gate() {
    return gate;
  }

  /// Where messages to its connections arrive.
  Mailbox mailbox() {
    return mailbox;
  }

  /// Where it is written down what a message tells.
  Seen messageSeen() {
    return messageSeen;
  }

  /// Enters a connection and returns its place.
  int enter(Connection connection) {
    connections.add(connection);
    return connections.size() - 1;
  }

  /// Removes the connection at a place; the last one takes the place.
  void remove(int place) {
    Connection last = connections.removeLast();
    if (place < connections.size()) {
      connections.set(place, last);
      last.moved(place);
    }
  }

  /// Closes connections that have outstayed their limits. About once a second.
  void tick() {
    dispatcher.tidy();
    long nowMillis = server.clock().wallMillis();
    for (int i = connections.size() - 1; i >= 0; i--) {
      connections.get(i).tick(nowMillis);
    }
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(task);
  }

  @Override
  public void lose(long reign) {
    gate.lose(reign, List.copyOf(connections));
    mailbox.drop();
  }

  /// Gives back what it holds; after the last connection.
  void close() {
    Membership membership = server.membership();
    if (membership != null) {
      membership.leave(this);
    }
    output.discard();
    mailbox.close();
    inputBuffers.close();
    dispatcher.close();
  }
}
