package io.karst.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer.Division;
import org.jspecify.annotations.Nullable;

/// What a member knows of its cluster: the view it shows.
///
/// Thread: `karst-cluster` and `karst-shard` change it; anybody may read the view.
final class Outlook {
  private final Member self;
  private final long silentMillis;
  private @Nullable Division division;
  private @Nullable Neighbours neighbours;
  private @Nullable MetaTable table;
  private int shard;
  private String clusterId = "";
  private Role role = Role.FORMING;
  private Set<String> reachable = Set.of();
  private volatile ClusterView view;

  /// - `silentMillis`: whoever has not been heard of for longer is not reachable.
  Outlook(Member self, long silentMillis) {
    this.self = self;
    this.silentMillis = silentMillis;
    ShardView alone = new ShardView("", List.of(self), null, 0);
    view = new ClusterView("", self, List.of(alone), 0, SlotTable.WHOLE, Role.FORMING, 0);
  }

  ClusterView view() {
    return view;
  }

  /// - `own`: its division of its shard's group.
  synchronized void belongs(String cluster, int number, Division own) {
    clusterId = cluster;
    shard = number;
    division = own;
  }

  /// Who knows of the other shards.
  synchronized void hears(Neighbours others) {
    neighbours = others;
  }

  /// What the cluster has agreed on.
  synchronized void agreed(MetaTable latest) {
    table = latest;
  }

  synchronized void role(Role newRole) {
    role = newRole;
  }

  /// Who can be reached, by the word of the leader.
  synchronized void reachable(Set<String> ids) {
    reachable = Set.copyOf(ids);
  }

  /// Looks again; whether something has changed.
  synchronized boolean refresh() {
    Division own = division;
    MetaTable latest = table;
    Neighbours others = neighbours;
    if (own == null || latest == null || others == null) {
      return false;
    }
    ClusterView next = look(own, latest, others);
    if (next.equals(view)) {
      return false;
    }
    view = next;
    return true;
  }

  private ClusterView look(Division own, MetaTable latest, Neighbours others) {
    ShardView mine = lookAtOwn(own, latest);
    List<ShardView> shards = new ArrayList<>();
    long changes = latest.epoch() + Math.max(0, own.getRaftConf().getLogEntryIndex());
    for (int number = 0; number < latest.shards().size(); number++) {
      ShardView each = number == shard ? mine : others.view(latest, number);
      each = each.after(number < view.shards().size() ? view.shards().get(number) : null);
      shards.add(each);
      changes += each.term();
    }
    Member me = find(mine.members(), self.id());
    return new ClusterView(
        clusterId,
        me == null ? self : me,
        shards,
        shard,
        latest.slots(),
        role,
        Math.max(view.epoch(), changes));
  }

  private ShardView lookAtOwn(Division own, MetaTable latest) {
    RaftPeerId leaderId = own.getInfo().getLeaderId();
    if (role == Role.LEADING) {
      leaderId = own.getId();
      reachable = heard(own);
    } else if (own.getId().equals(leaderId)) {
      leaderId = null; // Elected, and not ready to lead.
    }
    List<Member> members = new ArrayList<>();
    for (Member member : Peers.members(own.getRaftConf())) {
      boolean isSelf = member.id().equals(self.id());
      members.add(Peers.reachable(member, isSelf || reachable.contains(member.id())));
    }
    long term = own.getInfo().getCurrentTerm();
    Member leader = leaderId == null ? null : find(members, leaderId.toString());
    return new ShardView(latest.shards().get(shard), members, leader, term);
  }

  private static @Nullable Member find(List<Member> members, String id) {
    return members.stream().filter(each -> each.id().equals(id)).findFirst().orElse(null);
  }

  /// Of whom a leader has heard lately.
  private Set<String> heard(Division own) {
    Set<String> ids = new HashSet<>();
    heardMillis(own)
        .forEach((id, millis) -> {
          if (millis <= silentMillis) {
            ids.add(id);
          }
        });
    return ids;
  }

  /// How long ago a leader has heard of each of the others; empty if this member does not lead.
  static Map<String, Long> heardMillis(Division own) {
    Map<String, Long> heard = new HashMap<>();
    RoleInfoProto info = roleInfo(own);
    for (ServerRpcProto follower : info.getLeaderInfo().getFollowerInfoList()) {
      heard.put(follower.getId().getId().toStringUtf8(), follower.getLastRpcElapsedTimeMs());
    }
    return heard;
  }

  private static RoleInfoProto roleInfo(Division own) {
    return own.getInfo().getRoleInfoProto();
  }
}
