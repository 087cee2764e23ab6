package io.karst.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.karst.base.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What a member knows of the shards that are not its own: what their members say when they are
/// greeted.
///
/// The leader of a shard is greeted once a second. When it does not answer, or leads no longer, all
/// of the shard are, several times a second, until one says that it leads: those with the latest
/// term are believed.
///
/// Thread-safe; [#greet] is called by `karst-cluster`.
final class Neighbours {
  /// What a member has said counts for so long.
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(3000);

  /// What a member has said, and when.
  private record Heard(Greeting greeting, long nanos) {}

  private final Doorman doorman;
  private final Clock clock;
  private final Runnable told;

  @GuardedBy("this")
  private final Map<String, Heard> heard = new HashMap<>();

  @GuardedBy("this")
  private final Set<String> asked = new HashSet<>();

  /// Where nobody answered the last time.
  @GuardedBy("this")
  private final Set<String> silent = new HashSet<>();

  @GuardedBy("this")
  private final Map<Integer, ShardView> known = new HashMap<>();

  @GuardedBy("this")
  private final Map<Integer, Long> knownNanos = new HashMap<>();

  /// - `told`: is run when somebody has said something else than before. Any thread.
  Neighbours(Doorman doorman, Clock clock, Runnable told) {
    this.doorman = doorman;
    this.clock = clock;
    this.told = told;
  }

  // ---- greeting ----

  /// Greets those of whom something should be heard.
  ///
  /// - `everybody`: also leaders that have just said that they are; once a second.
  void greet(String clusterId, MetaTable table, int own, boolean everybody) {
    for (int number = 0; number < table.shards().size(); number++) {
      if (number == own) {
        continue;
      }
      String leader = leaderAddress(number);
      if (leader == null) {
        addresses(table, number).forEach(address -> ask(clusterId, address));
      } else if (everybody) {
        ask(clusterId, leader);
      }
    }
    forgetOthers(table);
  }

  private synchronized void forgetOthers(MetaTable table) {
    if (heard.size() + silent.size() > table.members().size()) {
      Set<String> present = new HashSet<>();
      table.members().forEach(each -> present.add(Peers.address(each.member())));
      heard.keySet().retainAll(present);
      silent.retainAll(present);
    }
  }

  /// Of the one that says that it leads; null if none does.
  private synchronized @Nullable String leaderAddress(int number) {
    long now = clock.monotonicNanos();
    for (Heard each : fresh(number, now)) {
      if (each.greeting().leads()) {
        return Peers.address(each.greeting().self());
      }
    }
    return null;
  }

  private static Set<String> addresses(MetaTable table, int number) {
    Set<String> addresses = new HashSet<>();
    table.members(number).forEach(member -> addresses.add(Peers.address(member)));
    return addresses;
  }

  private void ask(String clusterId, String address) {
    synchronized (this) {
      if (!asked.add(address)) {
        return;
      }
    }
    var _ =
        doorman
            .greet(address, clusterId)
            .whenComplete((greeting, failure) -> answered(clusterId, address, greeting));
  }

  private void answered(String clusterId, String address, @Nullable Greeting greeting) {
    boolean other;
    synchronized (this) {
      asked.remove(address);
      if (greeting != null && greeting.clusterId().equals(clusterId)) {
        silent.remove(address);
        Heard before = heard.put(address, new Heard(greeting, clock.monotonicNanos()));
        other = before == null || differs(before, greeting);
      } else {
        other = silent.add(address);
        heard.remove(address);
      }
    }
    if (other) {
      told.run();
    }
  }

  private static boolean differs(Heard before, Greeting now) {
    Greeting then = before.greeting();
    return then.term() != now.term()
        || !then.leaderId().equals(now.leaderId())
        || !then.members().equals(now.members());
  }

  // ---- what is known ----

  /// A shard, by what its members say. If nobody has said anything lately it is as it was, without
  /// a leader after some time.
  synchronized ShardView view(MetaTable table, int number) {
    long now = clock.monotonicNanos();
    List<Heard> all = fresh(number, now);
    ShardView before = known.get(number);
    ShardView view;
    if (!all.isEmpty()) {
      view = look(table, number, all);
      knownNanos.put(number, now);
    } else if (before == null || now - knownNanos.getOrDefault(number, now) > FRESH_NANOS) {
      view = silent(table, number, before);
    } else {
      view = before;
    }
    known.put(number, view);
    return view;
  }

  @GuardedBy("this")
  private List<Heard> fresh(int number, long now) {
    List<Heard> fresh = new ArrayList<>();
    for (Heard each : heard.values()) {
      if (each.greeting().shard() == number && now - each.nanos() <= FRESH_NANOS) {
        fresh.add(each);
      }
    }
    return fresh;
  }

  @GuardedBy("this")
  private ShardView look(MetaTable table, int number, List<Heard> all) {
    List<Greeting> greetings = all.stream().map(Heard::greeting).toList();
    long term = greetings.stream().mapToLong(Greeting::term).max().orElse(0);
    List<Greeting> latest = greetings.stream().filter(each -> each.term() == term).toList();
    Greeting best = best(latest);
    List<Member> named = best.members().isEmpty() ? table.members(number) : best.members();
    List<Member> members = best.leads() ? named : reached(named);
    String leaderId = best.leads() ? best.leaderId() : leaderId(latest);
    Member leader =
        members.stream().filter(each -> each.id().equals(leaderId)).findFirst().orElse(null);
    return new ShardView(table.shards().get(number), members, leader, term);
  }

  /// The one that leads, or else the one that knows the latest members.
  private static Greeting best(List<Greeting> latest) {
    Comparator<Greeting> order =
        Comparator.comparing(Greeting::leads)
            .thenComparingLong(Greeting::configuration)
            .thenComparing(each -> each.self().id());
    return latest.stream().max(order).orElseThrow();
  }

  private static String leaderId(List<Greeting> latest) {
    return latest.stream()
        .map(Greeting::leaderId)
        .filter(id -> !id.isEmpty())
        .findFirst()
        .orElse("");
  }

  /// Those who are not known to be silent can be reached.
  @GuardedBy("this")
  private List<Member> reached(List<Member> members) {
    List<Member> reached = new ArrayList<>();
    for (Member member : members) {
      reached.add(Peers.reachable(member, !silent.contains(Peers.address(member))));
    }
    return reached;
  }

  @GuardedBy("this")
  private ShardView silent(MetaTable table, int number, @Nullable ShardView before) {
    List<Member> last = before == null ? table.members(number) : before.members();
    List<Member> members = reached(last);
    long term = before == null ? 0 : before.term();
    return new ShardView(table.shards().get(number), members, null, term);
  }
}
