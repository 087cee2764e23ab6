package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three members on loopback: they form, replicate, fail over, and restart.
class RaftClusterTest {
  @TempDir Path directory;

  @Test
  void whatOneWritesAllHave() throws IOException {
    try (TestCluster cluster = TestCluster.formed(directory, 3)) {
      for (int i = 0; i < 200; i++) {
        cluster.write("key:" + i, "value:" + i);
      }
      cluster.awaitEqual();
      for (TestMember member : cluster.members) {
        assertThat(member.read("key:0")).isEqualTo("value:0");
        assertThat(member.read("key:199")).isEqualTo("value:199");
      }
      TestMember follower = cluster.followers().getFirst();
      await().atMost(TestMember.PATIENCE).until(() -> follower.events.contains("follows"));
      follower.awaitConfirmed();
      assertThat(follower.cluster.staleMillis()).isLessThan(Long.MAX_VALUE);
      cluster.leader().awaitConfirmed();
      await()
          .atMost(TestMember.PATIENCE)
          .until(() -> cluster.leader().cluster.status().followers().size() == 2);
      ClusterStatus status = cluster.leader().cluster.status();
      assertThat(status.commitMicros()).isPositive();
      assertThat(status.logBytes()).isPositive();
    }
  }

  @Test
  void aMajorityGoesOnWithoutTheLeader() throws IOException {
    try (TestCluster cluster = TestCluster.formed(directory, 3)) {
      cluster.write("before", "1");
      TestMember leader = cluster.leader();
      cluster.members.remove(leader);
      leader.close();

      cluster.write("after", "2");

      assertThat(cluster.leader().read("before")).isEqualTo("1");
      cluster.members.add(leader.start());
      cluster.awaitEqual();
      assertThat(leader.read("after")).isEqualTo("2");
    }
  }

  @Test
  void allRestart() throws IOException {
    try (TestCluster cluster = TestCluster.formed(directory, 3)) {
      for (int i = 0; i < 100; i++) {
        cluster.write("key:" + i, "value:" + i);
      }
      cluster.all(TestMember::abandon);
      for (TestMember member : cluster.members) {
        member.start();
      }
      TestMember leader = cluster.leader();
      for (int i = 0; i < 100; i++) {
        assertThat(leader.read("key:" + i)).isEqualTo("value:" + i);
      }
      cluster.awaitEqual();
    }
  }
}
