package io.karst.cluster;

import io.karst.base.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Gives messages to all other members of a cluster, of whatever shard, each by a [Line] of its
/// own: at most once, and in the order in which one thread broadcasts them.
///
/// Lines are opened before anything is to be said, and again a moment after they have ended. A
/// member without one misses what is said meanwhile.
///
/// Thread: `karst-cluster` opens and closes lines; anybody may broadcast, which does not block.
final class Broadcaster implements AutoCloseable {
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// A member, and the way to it.
  private record Listener(String id, String address, Line line, long openedNanos) {
    boolean is(Member member) {
      return id.equals(member.id()) && address.equals(Peers.address(member));
    }
  }

  private final Secret secret;
  private final Callers callers;
  private final Clock clock;
  private final Outlook outlook;
  private final Hearing hearing;
  private final LongAdder sent = new LongAdder();
  private final LongAdder missed = new LongAdder();
  private final LongAdder heard = new LongAdder();
  private volatile List<Listener> listeners = List.of();

  /// - `listener`: is told what others broadcast.
  Broadcaster(
      Secret secret, Callers callers, Clock clock, Outlook outlook, ClusterListener listener) {
    this.secret = secret;
    this.callers = callers;
    this.clock = clock;
    this.outlook = outlook;
    hearing =
        new Hearing(
            secret,
            () -> outlook.view().clusterId(),
            message -> {
              heard.increment();
              listener.heard(message);
            });
  }

  /// Where others' messages arrive.
  Hearing hearing() {
    return hearing;
  }

  /// Gives a message to all others.
  ///
  /// - `message`: not changed any more.
  void broadcast(byte[] message) {
    for (Listener listener : listeners) {
      (listener.line.offer(message) ? sent : missed).increment();
    }
  }

  BroadcastCounts counts() {
    return new BroadcastCounts(sent.sum(), missed.sum(), heard.sum());
  }

  /// Sees to it that there is a line to everybody else. Several times a second.
  void follow() {
    ClusterView view = outlook.view();
    List<Listener> next = new ArrayList<>();
    for (Member member : view.members()) {
      if (!member.id().equals(view.self().id())) {
        Listener present = find(member);
        next.add(present != null && isGood(present) ? present : open(member, view.clusterId()));
      }
    }
    List<Listener> before = listeners;
    listeners = List.copyOf(next);
    before.stream().filter(each -> !next.contains(each)).forEach(each -> each.line.end());
  }

  private @Nullable Listener find(Member member) {
    return listeners.stream().filter(each -> each.is(member)).findFirst().orElse(null);
  }

  /// Whether it is open, or has been tried a moment ago.
  private boolean isGood(Listener listener) {
    return !listener.line.hasEnded() || clock.monotonicNanos() - listener.openedNanos < RETRY_NANOS;
  }

  private Listener open(Member member, String clusterId) {
    Line line = new Line(secret, clusterId);
    String address = Peers.address(member);
    if (!callers.stream(address, MemberService.BROADCAST, line)) {
      line.end();
    }
    return new Listener(member.id(), address, line, clock.monotonicNanos());
  }

  @Override
  public void close() {
    listeners.forEach(each -> each.line.end());
  }
}
