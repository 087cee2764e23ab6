package io.karst.server.net;

import io.karst.server.messages.Mail;
import io.karst.server.messages.Outbox;
import io.karst.server.messages.Post;
import io.karst.server.session.Server;
import io.netty.channel.EventLoop;
import io.netty.util.internal.PlatformDependent;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Where messages for the connections of one event loop arrive, from any thread.
///
/// *How it works.* Posts stand in one queue, and one task of the loop is under way as long as there
/// are any. In each round it hands some posts to the connections they are for, many of which may
/// have several to take by then, and then lets some of those connections write to their sockets,
/// once for all they have taken. What is left waits for the next round, after the loop has served
/// everybody else: a message to ten thousand clients holds nobody up.
///
/// *Bounds.* Those who publish rest while more than [#BACKLOG_MAX] bytes wait here. A client that
/// does not take its messages is closed by the limits of the configuration.
///
/// Thread: the loop's, but for [#post].
final class Mailbox implements Outbox {
  /// Bytes of messages beyond which those who publish rest.
  private static final long BACKLOG_MAX = 32L << 20;

  /// What a post takes besides the message, about, in bytes.
  private static final int POST_OVERHEAD = 128;

  /// Messages handed to connections, and connections that write, in a round.
  private static final int HANDED_MAX = 2048;

  private static final int WRITERS_MAX = 128;

  private final Server server;
  private final EventLoop loop;
  private final Queue<Mail> posts = PlatformDependent.newMpscQueue();

  /// The first of those that are left, if it has been looked at.
  private @Nullable Post next;

  private final Parcel parcel = new Parcel();
  private final ArrayDeque<Inbox> writers = new ArrayDeque<>();
  private final Runnable round = this::round;

  /// Whether a task of the loop is under way.
  private final AtomicBoolean awake = new AtomicBoolean();

  private final AtomicLong backlog = new AtomicLong();

  /// Whether those who publish know that too much waits here.
  private final AtomicBoolean pressed = new AtomicBoolean();

  Mailbox(Server server, EventLoop loop) {
    this.server = server;
    this.loop = loop;
  }

  @Override
  public void grew(int bytes) {
    if (backlog.addAndGet(bytes) > BACKLOG_MAX && pressed.compareAndSet(false, true)) {
      server.exchange().pressed(true);
    }
  }

  @Override
  public void post(Mail mail) {
    grew(mail.size() + POST_OVERHEAD);
    posts.add(mail);
    if (!awake.get() && awake.compareAndSet(false, true)) {
      try {
        loop.execute(round);
      } catch (RejectedExecutionException atTheEnd) {
        // The server ends: its loops and connections are gone.
      }
    }
  }

  private void round() {
    awake.set(false); // Before the look at the queue: whoever comes later starts a round.
    int left = HANDED_MAX;
    while (left > 0 && (parcel.isOpen() || open())) {
      left = parcel.hand(left);
    }
    for (int i = 0; i < WRITERS_MAX && !writers.isEmpty(); i++) {
      writers.remove().flush();
    }
    if ((parcel.isOpen() || !isEmpty() || !writers.isEmpty()) && awake.compareAndSet(false, true)) {
      again();
    }
  }

  /// A task would run in this round of the loop; what is due runs in the next.
  private void again() {
    try {
      var _ = loop.schedule(round, 0, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException atTheEnd) {
      // As above.
    }
  }

  /// Takes the next posts, as many as go to the same connections; whether there were any.
  private boolean open() {
    Post first = next();
    if (first == null) {
      return false;
    }
    parcel.open(first);
    taken(first);
    for (Post post = next(); post != null; post = next()) {
      if (!parcel.add(post)) {
        next = post;
        return true;
      }
      taken(post);
    }
    return true;
  }

  private @Nullable Post next() {
    Post first = next;
    if (first != null) {
      next = null;
      return first;
    }
    Mail mail = posts.poll();
    return mail == null ? null : mail.settled();
  }

  private boolean isEmpty() {
    return next == null && posts.isEmpty();
  }

  private void taken(Post post) {
    long weight = (long) post.size() + POST_OVERHEAD;
    if (backlog.addAndGet(-weight) < BACKLOG_MAX / 2 && pressed.compareAndSet(true, false)) {
      server.exchange().pressed(false);
    }
  }

  /// Lets a connection write soon what it has received.
  void writes(Inbox inbox) {
    writers.add(inbox);
  }

  /// Forgets what waits: some of it tells what was lost.
  void drop() {
    parcel.close();
    for (Post post = next(); post != null; post = next()) {
      taken(post);
    }
  }

  /// Forgets everything; after the last connection.
  void close() {
    parcel.close();
    posts.clear();
    next = null;
  }
}
