package io.karst.server.net;

import io.karst.server.resp.ArgumentBuffer;
import io.karst.server.resp.RequestDecoder;
import io.karst.server.session.BlockedCall;
import io.karst.server.session.Dispatcher;
import io.karst.server.session.Seen;
import io.karst.server.session.Server;
import io.karst.server.session.Session;
import io.karst.server.session.Task;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client's socket.
///
/// What a read brings is copied behind what was left over into the input array of the loop, run at
/// once, and answered with one flush; only a request that is not complete is kept. Replies that
/// tell what the log does not have yet are held back, in their order, until it does; the commands
/// behind them run meanwhile. While a command is away on another thread or waits for a key, the
/// client does not take its replies, many are held, or it has written faster than checkpoints keep
/// up with, nothing is run and, past [#WAITING_MAX], nothing is read: what a client can make the
/// server hold is bounded by that, by what [Delivery] holds, by one reply, and by the limits of the
/// configuration.
///
/// Thread: its event loop's.
final class Connection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /// Input that is kept while nothing can be run, before reading stops, in bytes.
  private static final int WAITING_MAX = 64 << 10;

  /// The reply buffer of a command that has left the loop.
  private static final int TASK_OUTPUT_SIZE = 16 << 10;

  private static final int NOWHERE = -1;

  private final Worker worker;
  private final Server server;
  private final Session session;
  private final ChannelLink link;
  private final Channel channel;
  private final RequestDecoder decoder;
  private final PendingInput pending;
  private final Delivery delivery;
  private final Blockage blockage;
  private final Outflow outflow;

  /// Its place among its worker's connections.
  private int place;

  private @Nullable Task task;

  /// Whether a leg of `task` runs; otherwise the next waits for the client to take replies.
  private boolean away;

  /// Whether it rests, as it has written so much, or tried passwords.
  private boolean resting;

  /// Whether a dispatcher is at work on its behalf further up the stack.
  private boolean running;

  /// Whether the client has said that it will send no more.
  private boolean ended;

  /// Whether it is closed as soon as everything is written.
  private boolean closing;

  Connection(Worker worker, ChannelLink link, Session session) {
    this.worker = worker;
    this.link = link;
    this.session = session;
    server = worker.server();
    channel = link.channel;
    decoder = link.decoder;
    pending = link.pending;
    delivery = new Delivery(this, worker, link, session);
    blockage = new Blockage(worker, link, session);
    link.woken = this::woken;
    outflow = new Outflow(this, worker);
    link.pieces = outflow::piece;
    link.subscriber = new Inbox(this, worker, channel, session, delivery);
    place = NOWHERE;
  }

  // ---- Netty's events ----

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    place = worker.enter(this);
    rest(TimeUnit.MILLISECONDS.toNanos(session.takeRestMillis()));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    server.sessions().closed(session);
    if (!away) {
      blockage.abandon();
    }
    pending.clear();
    delivery.discard();
    outflow.close();
    if (place != NOWHERE) {
      worker.remove(place);
      place = NOWHERE;
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      int size = in.readableBytes();
      session.countIn(size);
      worker.stats().countIn(size);
      read(in);
    } catch (Error failure) {
      server.fatal(failure);
    } finally {
      in.release();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    delivery.goOn();
    resume();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ChannelInputShutdownReadComplete.INSTANCE) {
      ended = true;
      if (blockage.stands() && !away) {
        closeNow(); // Whoever says goodbye does not wait any longer.
      } else {
        closeIfEnded();
      }
    } else if (event instanceof SslCloseCompletionEvent) {
      closeNow(); // Neither side encrypts anything any more.
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof Error failure) {
      server.fatal(failure);
    } else if (!(cause instanceof IOException)) {
      LOG.error("A bug on the way of client {}", session.id(), cause);
    }
    closeNow();
  }

  // ---- reading ----

  private void read(ByteBuf in) {
    while (in.isReadable() && !closing) {
      if (waits()) {
        wait(in);
        return;
      }
      ArgumentBuffer collecting = decoder.collecting();
      if (collecting != null && !collect(collecting, in)) {
        return;
      }
      byte[] input = worker.input();
      int before = pending.size();
      int count = in.readableBytes();
      if (before + count <= input.length) {
        System.arraycopy(pending.array(), 0, input, 0, before);
        in.readBytes(input, before, count);
        run(input, before + count, false);
      } else if (append(in)) {
        run(pending.array(), pending.size(), true);
      }
    }
  }

  /// Whether nothing may be run now.
  private boolean waits() {
    return task != null || resting || blockage.stands() || delivery.isFull();
  }

  private void wait(ByteBuf in) {
    if (append(in) && pending.size() > WAITING_MAX) {
      channel.config().setAutoRead(false);
    }
  }

  /// Moves bytes to a large argument; whether it is complete.
  private boolean collect(ArgumentBuffer argument, ByteBuf in) {
    int count = Math.min(in.readableBytes(), argument.missing());
    if (overQueryLimit(count)) {
      return false;
    }
    try {
      in.readBytes(argument.array(count), argument.position(), count);
      argument.advance(count);
      return argument.missing() == 0;
    } catch (OutOfMemoryError tooLarge) {
      outOfHeap(tooLarge);
      return false;
    }
  }

  private boolean append(ByteBuf in) {
    if (overQueryLimit(in.readableBytes())) {
      return false;
    }
    try {
      pending.append(in);
      return true;
    } catch (OutOfMemoryError tooLarge) {
      outOfHeap(tooLarge);
      return false;
    }
  }

  private boolean overQueryLimit(int added) {
    long size = pending.size() + decoder.held() + session.queuedSize() + added;
    if (size <= server.limits().queryBufferMax()) {
      return false;
    }
    LOG.warn("Closing client {}: {} bytes of unfinished requests", session.id(), size);
    worker.stats().countCutForInput();
    closeNow();
    return true;
  }

  /// The heap has no room for what a client sends: its own misfortune, nothing has been changed.
  private void outOfHeap(OutOfMemoryError cause) {
    LOG.error("Closing client {}: no heap left for its request", session.id(), cause);
    closeNow();
  }

  // ---- running ----

  /// Runs what is complete in the first `size` bytes of `array`, answers it, and keeps the rest.
  ///
  /// - `own`: whether that is the array of [#pending].
  private void run(byte[] array, int size, boolean own) {
    running = true;
    try {
      int from = 0;
      while (from != NOWHERE) {
        from = runFrom(from, array, size, own);
      }
    } finally {
      running = false;
    }
    if (own) {
      worker.dispatcher().forgetInput();
    }
    if (!closing && delivery.isFull()) {
      channel.config().setAutoRead(false);
    }
  }

  /// Runs the input from `from` on, as far as that goes without a stop; returns where to go on, or
  /// [#NOWHERE].
  private int runFrom(int from, byte[] array, int size, boolean own) {
    Dispatcher dispatcher = worker.dispatcher();
    Dispatcher.Stop stop =
        dispatcher.run(session, decoder, array, from, size, worker.output().replies());
    int next = dispatcher.position();
    flush(worker.output(), dispatcher.seen());
    rest(dispatcher.restNanos(next - from));
    rest(TimeUnit.MILLISECONDS.toNanos(session.takeRestMillis()));
    int rest = size - next;
    switch (stop) {
      case NEEDS_INPUT -> rest = decoder.kept(next, size);
      case OUTPUT_FULL -> {
        if (!delivery.isFull() && !closing) {
          return next;
        }
      }
      case TASK -> start(dispatcher.task());
      case BLOCKED -> block();
      case REST -> {} // Its timer is set.
      case CLOSE -> {
        closeWhenWritten();
        return NOWHERE;
      }
    }
    if (own) {
      pending.drop(next, rest);
    } else {
      pending.set(array, next, rest);
    }
    return NOWHERE;
  }

  /// Does not listen for so long.
  private void rest(long nanos) {
    if (nanos > 0 && !resting) {
      resting = true;
      var _ = worker.loop().schedule(this::rested, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void rested() {
    resting = false;
    try {
      if (channel.isActive()) {
        resume();
      }
    } catch (Throwable failure) {
      channel.pipeline().fireExceptionCaught(failure);
    }
  }

  /// Starts a task, or its next leg.
  private void start(Task started) {
    task = started;
    away = true;
    Output output = new Output(TASK_OUTPUT_SIZE, link, delivery.hardLimit());
    started.start(output.replies(), () -> ended(started, output));
  }

  /// A leg of what was away has ended. On its thread.
  private void ended(Task leg, Output output) {
    try {
      worker.loop().execute(() -> finished(leg, output));
    } catch (RejectedExecutionException atTheEnd) {
      output.discard(); // The server ends: its loops and connections are gone.
    }
  }

  /// Goes on after a leg of what was away.
  private void finished(Task leg, Output output) {
    away = false;
    worker.dispatcher().finished(leg);
    boolean heard = channel.isActive() && !closing;
    if (leg.isDone() || !heard) {
      task = null;
    }
    if (!heard) {
      blockage.abandon();
      output.discard();
      return;
    }
    flush(output, leg.seen());
    delivery.pushDeferred();
    rest(TimeUnit.MILLISECONDS.toNanos(session.takeRestMillis()));
    block();
    woken();
    if (session.closesAfterReply() || leg.isAbandoned()) {
      closeWhenWritten();
    }
    resume();
  }

  /// Waits with a command that has run and found nothing, if there is one.
  private void block() {
    if (ended && blockage.stands()) {
      closeNow(); // The client is not there any more to wait.
    } else {
      blockage.begin();
    }
  }

  /// Goes on if the command that waited is answered.
  private void woken() {
    BlockedCall call = away ? null : blockage.end();
    if (call == null) {
      return;
    }
    Output output = blockage.reply(call);
    if (!channel.isActive() || closing) {
      output.discard();
      return;
    }
    flush(output, call.told());
    delivery.pushDeferred();
    resume();
  }

  /// Goes on if nothing is in the way any more.
  private void resume() {
    outflow.goOn();
    boolean kept = resting || blockage.stands() || delivery.isFull();
    if (task != null && !away && !closing && !kept) {
      start(task);
    }
    if (running || closing || waits()) {
      return;
    }
    if (pending.size() > 0) {
      run(pending.array(), pending.size(), true);
    }
    if (!closing && !waits()) {
      channel.config().setAutoRead(true);
      closeIfEnded();
    }
  }

  // ---- writing and closing ----

  void flush(Output output, Seen seen) {
    delivery.send(output, seen);
    if (delivery.isLost()) {
      closeWhenWritten();
    } else if (delivery.exceedsLimit()) {
      closeNow();
    }
  }

  /// Sends the replies that the log allows by now, and goes on. Called by the [Gate].
  ///
  /// - `lost`: whether the others will never leave; the client has to connect anew then.
  /// - returns: whether there are still some.
  boolean release(boolean lost) {
    if (channel.isActive()) {
      closing |= delivery.release(lost);
      flowed();
    }
    return delivery.staysAtGate();
  }

  /// Goes on after some of a long reply has been sent, if that was what it waited for.
  void flowed() {
    if (closing && !delivery.holds()) {
      closeWhenWritten();
    }
    resume();
  }

  /// Closes the connection if it has outstayed a limit. About once a second.
  void tick(long nowMillis) {
    long idleMillis = server.limits().idleSeconds() * 1000L;
    boolean busy = task != null || blockage.stands() || delivery.holds();
    boolean idle =
        !busy
            && !session.listening().isListener()
            && !session.listening().isFollower()
            && nowMillis - session.lastCommandMillis() > idleMillis;
    if (delivery.exceedsLimit() || (idleMillis > 0 && idle)) {
      closeNow();
    }
  }

  void moved(int newPlace) {
    place = newPlace;
  }

  private void closeIfEnded() {
    if (ended && !waits() && !running) {
      closeWhenWritten();
    }
  }

  /// Whether what it has not asked for may be sent at once: behind the reply to its command.
  boolean hasRoom() {
    return task == null && !delivery.isFull();
  }

  /// Whether it takes messages.
  boolean isHeard() {
    return !closing && !session.killed() && channel.isActive();
  }

  /// Whether messages have to come behind the reply to the command that is away.
  boolean defersMessages() {
    boolean tracks = session.listening().tracker() != null;
    return task == null ? tracks && blockage.isReplied() : tracks || task.mayListen();
  }

  void closeNow() {
    closing = true;
    link.close();
  }

  /// Closes the connection behind its last reply, held back as that may be.
  private void closeWhenWritten() {
    closing = true;
    pending.clear();
    if (delivery.holds()) {
      return;
    }
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }
}
