package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Leaders come and go while clients write: nothing acknowledged is lost, and all are equal in the
/// end.
class FailoverTest {
  private static final int WRITERS = 20;

  @TempDir Path directory;

  @Test
  void nothingAcknowledgedIsLost() throws Exception {
    try (TestCluster cluster = TestCluster.formed(directory, 3)) {
      List<TestMember> members = new CopyOnWriteArrayList<>(cluster.members);
      Writers writers = new Writers(WRITERS, () -> members);
      try {
        writers.awaitMore(20);
        cluster.handOverTo(cluster.followers().getFirst());
        writers.awaitMore(20);
        restart(cluster, members);
        writers.awaitMore(20);
        cutOff(cluster);
        writers.awaitMore(20);
        cluster.leader().engine.checkpoint();
        writers.awaitMore(20);
      } finally {
        writers.stop();
      }
      cluster.awaitEqual();
      for (TestMember member : cluster.members) {
        writers.verify(member);
        assertThat(member.failure).isNull();
      }
    }
  }

  private static void restart(TestCluster cluster, List<TestMember> members) throws IOException {
    TestMember leader = cluster.leader();
    members.remove(leader);
    leader.abandon();
    leader.start();
    members.add(leader);
  }

  private static void cutOff(TestCluster cluster) {
    TestMember leader = cluster.leader();
    long deposed = leader.events.stream().filter("deposed"::equals).count();
    cluster.partition.isolate(List.of(leader));
    await()
        .atMost(TestMember.PATIENCE)
        .until(() -> leader.events.stream().filter("deposed"::equals).count() > deposed);
    cluster.partition.heal();
  }

  @Test
  void fiveGoOnWithoutTwo() throws Exception {
    try (TestCluster cluster = new TestCluster(directory, 5)) {
      cluster.start();
      String large = "x".repeat(20 << 20);
      cluster.write("large", large);
      TestMember leader = cluster.leader();
      assertThat(leader.cluster.view().members()).filteredOn(Member::voting).hasSize(3);
      List<TestMember> alone = new ArrayList<>();
      alone.add(aFollower(cluster, true));
      alone.add(aFollower(cluster, false));
      cluster.partition.isolate(alone);
      cluster.write("key", "value");
      cluster.partition.heal();
      cluster.awaitEqual();
      for (TestMember member : cluster.members) {
        assertThat(member.read("key")).isEqualTo("value");
        assertThat(member.read("large")).isEqualTo(large);
      }
    }
  }

  private static TestMember aFollower(TestCluster cluster, boolean voting) {
    return cluster.followers().stream()
        .filter(member -> member.cluster.view().self().voting() == voting)
        .findFirst()
        .orElseThrow();
  }
}
