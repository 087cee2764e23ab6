package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three members on loopback: they form, replicate, fail over, and restart.
class RaftClusterTest {
  @TempDir Path directory;

  @Test
  void whatOneWritesAllHave() throws IOException {
    try (TestCluster cluster = TestCluster.formed(directory, 3)) {
      TestMember leader = cluster.leader();
      for (int i = 0; i < 500; i++) {
        assertThat(leader.write("key:" + i, "value:" + i)).isTrue();
      }
      for (TestMember member : cluster.members) {
        cluster.awaitEqual(leader, member);
        assertThat(member.read("key:0")).isEqualTo("value:0");
        assertThat(member.read("key:499")).isEqualTo("value:499");
        assertThat(member.engine.log().tail()).isEqualTo(leader.engine.log().tail());
      }
      assertThat(leader.cluster.staleMillis()).isZero();
      leader.awaitConfirmed();
      TestMember follower = cluster.followers().getFirst();
      await().atMost(TestMember.PATIENCE).until(() -> follower.events.contains("follows"));
      follower.awaitConfirmed();
      assertThat(follower.cluster.staleMillis()).isLessThan(Long.MAX_VALUE);
      ClusterStatus status = leader.cluster.status();
      assertThat(status.followers()).hasSize(2);
      assertThat(status.commitMicros()).isPositive();
      assertThat(status.logBytes()).isPositive();
    }
  }

  @Test
  void aMajorityGoesOnWithoutTheLeader() throws IOException {
    try (TestCluster cluster = TestCluster.formed(directory, 3)) {
      TestMember leader = cluster.leader();
      leader.write("before", "1");
      leader.close();
      cluster.members.remove(leader);

      TestMember next = cluster.leader();

      assertThat(next.read("before")).isEqualTo("1");
      assertThat(next.write("after", "2")).isTrue();
      leader.start();
      cluster.members.add(leader);
      cluster.awaitEqual(next, leader);
      assertThat(leader.read("after")).isEqualTo("2");
    }
  }

  @Test
  void allRestart() throws IOException {
    try (TestCluster cluster = TestCluster.formed(directory, 3)) {
      TestMember leader = cluster.leader();
      for (int i = 0; i < 200; i++) {
        leader.write("key:" + i, "value:" + i);
      }
      List<TestMember> members = List.copyOf(cluster.members);
      cluster.all(TestMember::abandon);
      for (TestMember member : members) {
        member.start();
      }
      TestMember next = cluster.leader();
      for (int i = 0; i < 200; i++) {
        assertThat(next.read("key:" + i)).isEqualTo("value:" + i);
      }
      for (TestMember member : members) {
        cluster.awaitEqual(next, member);
      }
    }
  }
}
