package io.karst.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Who forms which shard: the same for all who have met the same members.
///
/// - There are as many shards as can have all their voters, one at least; what is left over
///   follows, a member in each shard in turn.
/// - The members of a shard are on different hosts if there are enough of them: the hosts are gone
///   through in turn, and each shard takes the next ones.
/// - The voters of the meta group are an odd number, five at most, on as many hosts and in as many
///   shards as possible.
final class Founding {
  private static final int META_VOTERS_MAX = 5;

  private Founding() {}

  /// How many shards some members form.
  static int shards(int members, int votersMax) {
    return Math.max(1, members / votersMax);
  }

  /// How many of some members are to count for majorities of the meta group.
  static int metaVoters(int members) {
    int most = Math.min(META_VOTERS_MAX, Math.max(1, members));
    return most % 2 == 0 ? most - 1 : most;
  }

  /// Gives each of the first members its place.
  ///
  /// - `members`: in any order.
  /// - `votersMax`: how many of a shard vote.
  /// - returns: by shard, those that vote first.
  static List<Founder> of(List<Member> members, int votersMax) {
    List<Member> turns = byHostsInTurn(members);
    int shards = shards(members.size(), votersMax);
    List<Founder> founders = new ArrayList<>();
    for (int i = 0; i < turns.size(); i++) {
      boolean votes = i < shards * votersMax;
      int shard = votes ? i / votersMax : (i - shards * votersMax) % shards;
      founders.add(new Founder(Peers.voting(turns.get(i), votes), shard, false));
    }
    for (int left = metaVoters(founders.size()); left > 0; left--) {
      addMetaVoter(founders);
    }
    founders.sort(Comparator.comparingInt(Founder::shard));
    return founders;
  }

  private static List<Member> byHostsInTurn(List<Member> members) {
    Map<String, List<Member>> hosts = new TreeMap<>();
    for (Member member : members) {
      hosts.computeIfAbsent(member.clusterHost(), host -> new ArrayList<>()).add(member);
    }
    hosts.values().forEach(those -> those.sort(Comparator.comparing(Member::id)));
    List<Member> turns = new ArrayList<>();
    for (int turn = 0; turns.size() < members.size(); turn++) {
      for (List<Member> those : hosts.values()) {
        if (turn < those.size()) {
          turns.add(those.get(turn));
        }
      }
    }
    return turns;
  }

  private static void addMetaVoter(List<Founder> founders) {
    List<Founder> voters = founders.stream().filter(Founder::metaVoting).toList();
    List<Founder> others = founders.stream().filter(each -> !each.metaVoting()).toList();
    Founder next = nextMetaVoter(voters, others);
    if (next != null) {
      founders.replaceAll(
          each -> each.equals(next) ? new Founder(each.member(), each.shard(), true) : each);
    }
  }

  /// Who of some is the next to count for majorities of the meta group: the first one on a host,
  /// and then in a shard, of which the fewest do. Null if there are none.
  static @Nullable Founder nextMetaVoter(List<Founder> voters, List<Founder> others) {
    Map<String, Integer> hosts = new HashMap<>();
    Map<Integer, Integer> shards = new HashMap<>();
    for (Founder voter : voters) {
      hosts.merge(voter.member().clusterHost(), 1, Integer::sum);
      shards.merge(voter.shard(), 1, Integer::sum);
    }
    Comparator<Founder> fewest =
        Comparator.<Founder>comparingInt(each -> hosts.getOrDefault(each.member().clusterHost(), 0))
            .thenComparingInt(each -> shards.getOrDefault(each.shard(), 0));
    return others.stream().min(fewest).orElse(null);
  }
}
