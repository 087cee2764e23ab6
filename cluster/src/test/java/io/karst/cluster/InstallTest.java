package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Members that cannot catch up by the log are sent the disk tier.
class InstallTest {
  private static final String VALUE = "x".repeat(50_000);
  private static final int KEYS = 40;

  @TempDir Path directory;

  @Test
  void aNewMemberIsSentTheTierWhileClientsWrite() throws Exception {
    try (TestCluster cluster = TestCluster.formed(directory, 3)) {
      fill(cluster, cluster.members);
      List<TestMember> members = new CopyOnWriteArrayList<>(cluster.members);
      Writers writers = new Writers(10, () -> members);
      try {
        writers.awaitMore(10);
        TestMember fourth = cluster.newcomer().start();
        await().atMost(TestMember.PATIENCE).until(() -> fourth.events.contains("follows"));
        assertThat(fourth.cluster.status().installs()).isPositive();
        writers.awaitMore(10);
      } finally {
        writers.stop();
      }
      verify(cluster, writers);
    }
  }

  @Test
  void whoHasBeenAwayTooLongIsSentTheTierAndRestartsFromIt() throws Exception {
    try (TestCluster cluster = TestCluster.formed(directory, 3)) {
      TestMember away = cluster.followers().getFirst();
      cluster.write("before", "1");
      cluster.awaitEqual();
      cluster.partition.isolate(List.of(away));
      List<TestMember> others = new ArrayList<>(cluster.members);
      others.remove(away);
      fill(cluster, others);
      cluster.partition.heal();
      await().atMost(TestMember.PATIENCE).until(() -> away.events.contains("replaced"));
      assertThat(away.cluster.status().installs()).isPositive();
      verify(cluster, null);

      away.abandon();
      cluster.members.remove(away);
      cluster.write("meanwhile", "1");
      cluster.members.add(away.start());
      await().atMost(TestMember.PATIENCE).until(() -> away.read("meanwhile") != null);
      assertThat(away.cluster.status().installs()).isZero();
      verify(cluster, null);
    }
  }

  /// More than one file of the Raft log has; whoever may lead lets the log before it go.
  private static void fill(TestCluster cluster, List<TestMember> members) {
    for (int i = 0; i < KEYS; i++) {
      cluster.write("key:" + i, VALUE);
    }
    cluster.write("filled", "1");
    long tail = cluster.leader().engine.log().durable();
    for (TestMember member : members) {
      await().atMost(TestMember.PATIENCE).until(() -> member.engine.log().durable() >= tail);
      member.engine.checkpoint();
    }
    cluster.write("checked", "1");
  }

  private static void verify(TestCluster cluster, Writers writers) {
    cluster.awaitEqual();
    for (TestMember member : cluster.members) {
      assertThat(member.read("key:0")).isEqualTo(VALUE);
      assertThat(member.read("key:" + (KEYS - 1))).isEqualTo(VALUE);
      assertThat(member.read("checked")).isEqualTo("1");
      assertThat(member.failure).isNull();
      if (writers != null) {
        writers.verify(member);
      }
    }
  }
}
