package io.karst.server.session;

import io.karst.cluster.Cluster;
import io.karst.cluster.ClusterListener;
import io.karst.cluster.ClusterView;
import io.karst.server.messages.Kind;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server's place in its cluster: what it may do, and the way from one [Standing] to the next.
///
/// *A reign* is the time in which what this server runs is one history. When it is deposed, what it
/// has run and no majority has is forgotten, and the positions of the history are used again. So
/// nothing of a reign may be told after its end: everything held back is failed, and each
/// [Seen] says which reign it is of, for what arrives late at its connection.
///
/// Thread-safe; the listener is called on the cluster's thread, one call at a time.
public final class Membership implements ClusterListener {
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

  /// How often who waits for others to end looks whether the server ends.
  private static final long LOOK_MILLIS = 200;

  private final Server server;
  private final Cluster cluster;
  private final ClusterRelay relay;
  private final LongAdder crowdedOut = new LongAdder();
  private final Underway underway = new Underway();
  private final List<ReplyLoop> loops = new CopyOnWriteArrayList<>();
  private volatile Standing standing;

  /// Whether it runs nothing any more, whatever it is told; guarded by `this`.
  private boolean retired;

  Membership(Server server, Cluster cluster) {
    this.server = server;
    this.cluster = cluster;
    relay = new ClusterRelay(cluster, server.engine().log());
    standing = new Standing(cluster.view(), Standing.State.FORMING, 0);
  }

  public Cluster cluster() {
    return cluster;
  }

  public Standing standing() {
    return standing;
  }

  /// Lets an event loop be told when a reign ends. Before it runs any command.
  public void enter(ReplyLoop loop) {
    loops.add(loop);
  }

  public void leave(ReplyLoop loop) {
    loops.remove(loop);
  }

  /// The way of messages to the other members.
  ClusterRelay relay() {
    return relay;
  }

  /// How many messages did not get to a member: another one that could not be reached or did not
  /// keep up, each counted, or this one, at which too many wait.
  public long missedMessages() {
    int others = Math.max(0, standing.view().members().size() - 1);
    return cluster.broadcasts().missed() + relay.missed() * others + crowdedOut.sum();
  }

  Underway underway() {
    return underway;
  }

  // ---- as the cluster tells ----

  @Override
  public void leads() {
    underway.open(standing.reign());
    become(Standing.State.LEADING);
  }

  @Override
  public void follows() {
    underway.open(standing.reign());
    become(Standing.State.FOLLOWING);
    server.tracking().everythingChanged(); // It may have gone back meanwhile.
  }

  @Override
  public void replaced() {
    server.tracking().everythingChanged();
  }

  @Override
  public void heard(byte[] message) {
    if (!server.exchange().relayed(message)) {
      crowdedOut.increment();
    }
  }

  @Override
  public void changed(ClusterView view) {
    set(standing.state(), view, 0);
  }

  /// Runs nothing that looks at keys any more, as the server ends: what has run gets a chance to be
  /// told, and others to lead. Any thread.
  public synchronized void retire() {
    retired = true;
    set(Standing.State.CLOSED, standing.view(), 0);
  }

  private void become(Standing.State state) {
    LOG.info("This member is {} now", state.name().toLowerCase(Locale.ROOT));
    set(state, cluster.view(), 0);
  }

  private synchronized void set(Standing.State state, ClusterView view, int reigns) {
    Standing.State allowed = retired ? Standing.State.CLOSED : state;
    standing = new Standing(view, allowed, standing.reign() + reigns);
    server.signal().signal();
  }

  @Override
  public void failed(Throwable cause) {
    LOG.error("This member cannot take part in the cluster any more: {}", cause.getMessage());
    server.fatal(cause);
  }

  @Override
  public void deposed() {
    become(Standing.State.CLOSED);
    underway.close();
    server.pause().changed();
    try {
      onEachLoop(loop -> {}); // What runs there has ended then.
      endTransactions();
      server.sessions().forEach(Membership::release);
      set(Standing.State.CLOSED, standing.view(), 1);
      long reign = standing.reign();
      onEachLoop(loop -> loop.lose(reign));
      relay.lose(reign);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a reign ends", e);
    }
    server.tracking().everythingChanged();
  }

  /// Ends the scripts that can be taken back, and waits for all else.
  private void endTransactions() throws InterruptedException {
    do {
      server.scripting().running().interrupt();
    } while (!underway.awaitNone(LOOK_MILLIS) && !server.isEnding());
  }

  /// Lets a client not wait for what nobody will do here. Whoever watches keys or listens to what
  /// the owner of a slot tells has to begin again elsewhere.
  private static void release(Session session) {
    BlockedCall blocked = session.blocked();
    if (blocked != null) {
      blocked.deposed();
    }
    boolean watches = session.watcher() != null && session.watcher().count() > 0;
    if (watches || session.listening().subscribed(Kind.SHARD_CHANNEL) > 0) {
      session.kill();
    }
  }

  /// Runs something between two runs of commands of each loop, and waits for that.
  private void onEachLoop(Consumer<ReplyLoop> action) throws InterruptedException {
    List<ReplyLoop> all = List.copyOf(loops);
    CountDownLatch left = new CountDownLatch(all.size());
    for (ReplyLoop loop : all) {
      try {
        loop.execute(() -> {
          try {
            action.accept(loop);
          } finally {
            left.countDown();
          }
        });
      } catch (RejectedExecutionException ended) {
        left.countDown();
      }
    }
    while (!left.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) && !server.isEnding()) {
      // A loop is at work.
    }
  }
}
