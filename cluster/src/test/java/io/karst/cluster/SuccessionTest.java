package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens without waiting for a time-out: Ratis's are longer here than a test may take.
class SuccessionTest {
  @TempDir Path directory;

  private TestCluster formed() throws Exception {
    TestCluster cluster = TestCluster.patient(directory, 3);
    cluster.startPatiently();
    return cluster;
  }

  @Test
  void anotherLeadsWhenTheLeaderIsGone() throws Exception {
    try (TestCluster cluster = formed()) {
      cluster.write("key", "before");
      TestMember leader = cluster.leader();
      leader.abandon();
      cluster.members.remove(leader);
      TestMember next = cluster.leader();
      assertThat(next).isNotSameAs(leader);
      cluster.write("key", "after");
      assertThat(next.read("key")).isEqualTo("after");
    }
  }

  @Test
  void aLeaderKnowsAtOnceWhatTheOthersHave() throws Exception {
    try (TestCluster cluster = formed()) {
      cluster.write("key", "value");
      TestMember leader = cluster.leader();
      await()
          .atMost(TestMember.PATIENCE)
          .until(() -> {
            ClusterStatus status = leader.cluster.status();
            return status.followers().stream()
                    .filter(each -> each.matchIndex() >= status.committedIndex())
                    .count()
                == 2;
          });
    }
  }
}
