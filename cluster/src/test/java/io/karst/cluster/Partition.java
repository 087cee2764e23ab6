package io.karst.cluster;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.ratis.util.CodeInjectionForTesting;

/// Cuts members off from each other: what one of them sends to another fails. What they are sent
/// by Ratis fails where it arrives, what they ask each other besides where it leaves.
final class Partition implements AutoCloseable {
  private static final List<String> POINTS =
      List.of(
          "RaftServerImpl.appendEntries",
          "RaftServerImpl.requestVote",
          "RaftServerImpl.installSnapshot",
          "RaftServerImpl.startLeaderElection");

  /// Ids, and addresses, of those who are alone.
  private final Set<String> alone = ConcurrentHashMap.newKeySet();

  Partition() {
    for (String point : POINTS) {
      CodeInjectionForTesting.put(point, this::arrives);
    }
  }

  private boolean arrives(Object local, Object remote, Object... rest) {
    if (cut(String.valueOf(local)) || cut(String.valueOf(remote))) {
      throw new IllegalStateException("cut off");
    }
    return false;
  }

  private boolean cut(String member) {
    return alone.contains(member);
  }

  /// The links of the member at an address.
  Predicate<String> links(String own) {
    return address -> address.equals(own) || !(cut(address) || cut(own));
  }

  /// Cuts members off from all others, and from each other.
  void isolate(Collection<TestMember> members) {
    for (TestMember member : members) {
      alone.add(member.id());
      alone.add(address(member));
    }
  }

  void heal() {
    alone.clear();
  }

  static String address(TestMember member) {
    return member.options.clusterHost() + ":" + member.options.clusterPort();
  }

  @Override
  public void close() {
    heal();
    for (String point : POINTS) {
      CodeInjectionForTesting.remove(point);
    }
  }
}
