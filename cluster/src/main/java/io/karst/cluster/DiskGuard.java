package io.karst.cluster;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// Keeps a member whose disk is nearly full from taking writes: they are refused, and if another
/// voter has room, that one is to lead.
///
/// Thread: `karst-cluster`; what else may call says so.
final class DiskGuard {
  private final FreeSpace space;
  private final RaftLog log;
  private final Meeting meeting;
  private final Outlook outlook;

  /// Who has not been heard of for longer is not asked to lead.
  private final long silentMillis;

  DiskGuard(Engagement.Place place, RaftLog log, Meeting meeting, Outlook outlook) {
    space = new FreeSpace(place.settings().disks().apply(place.options().directory()));
    silentMillis = place.settings().timeoutMinMillis();
    this.log = log;
    this.meeting = meeting;
    this.outlook = outlook;
  }

  /// Several times a second.
  void look() throws IOException {
    if (space.look()) {
      log.scarce(space.scarce());
    }
  }

  /// Whether there is room. Any thread.
  boolean hasRoom() {
    return !space.scarce();
  }

  /// Once a second: lets one lead that has room, if this member leads and has none.
  void care(Seat seat) throws InterruptedException {
    if (space.scarce() && outlook.view().leads()) {
      Set<String> others = withRoom();
      seat.handOver(silentMillis, others::contains);
    }
  }

  private Set<String> withRoom() throws InterruptedException {
    ClusterView view = outlook.view();
    Set<String> addresses = new HashSet<>();
    for (Member member : view.shard().members()) {
      if (member.voting() && !view.shard().isLeader(member)) {
        addresses.add(Peers.address(member));
      }
    }
    Set<String> ids = new HashSet<>();
    for (Greeting greeting : meeting.greet(addresses).values()) {
      if (greeting.hasRoom()) {
        ids.add(greeting.self().id());
      }
    }
    return ids;
  }
}
