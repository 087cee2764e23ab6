package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karst.base.Bytes;
import io.karst.memory.Record;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Members that cannot catch up by the log are sent the disk tier.
class InstallTest {
  private static final String VALUE = "x".repeat(1000);
  private static final int KEYS = 2000;

  @TempDir Path directory;

  @Test
  void aNewMemberIsSentTheTierWhileClientsWrite() throws Exception {
    try (TestCluster cluster = TestCluster.formed(directory, 3)) {
      fill(cluster.leader());
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
      TestMember leader = cluster.leader();
      TestMember away = cluster.followers().getFirst();
      leader.write("before", "1");
      cluster.awaitEqual(leader, away);
      cluster.partition.isolate(List.of(away));
      fill(leader);
      cluster.partition.heal();
      await().atMost(TestMember.PATIENCE).until(() -> away.cluster.status().installs() > 0);
      verify(cluster, null);

      away.abandon();
      leader.write("meanwhile", "1");
      away.start();
      await().atMost(TestMember.PATIENCE).until(() -> away.read("meanwhile") != null);
      assertThat(away.cluster.status().installs()).isZero();
      verify(cluster, null);
    }
  }

  /// More than one file of the Raft log has, and lets the log before it go.
  private static void fill(TestMember leader) {
    for (int i = 0; i < KEYS; i++) {
      leader.changeAlone(
          "key:" + i, (tx, key) -> tx.putString(key, Bytes.utf8(VALUE), Record.NO_EXPIRY));
    }
    assertThat(leader.write("filled", "1")).isTrue();
    leader.engine.checkpoint();
    leader.write("checked", "1");
    leader.engine.checkpoint();
  }

  private static void verify(TestCluster cluster, Writers writers) {
    TestMember leader = cluster.leader();
    for (TestMember member : cluster.members) {
      cluster.awaitEqual(leader, member);
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
