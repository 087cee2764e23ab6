package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several shards: each goes its own way, and all know of each other.
class ShardsTest {
  @TempDir Path directory;

  @Test
  void nineFormThreeShardsThatFailOneByOneAndRestart() throws IOException {
    try (TestCluster cluster = new TestCluster(directory, 9)) {
      cluster.start();
      ClusterView view = cluster.awaitAgreed(9);
      assertThat(view.shards()).hasSize(3).allMatch(each -> each.members().size() == 3);
      assertThat(view.slots()).isEqualTo(SlotTable.even(3));
      for (int shard = 0; shard < 3; shard++) {
        cluster.write(shard, "key", "value " + shard);
      }

      List<TestMember> gone = new ArrayList<>();
      gone.add(kill(cluster, cluster.leader(0)));
      view = cluster.awaitAgreed(9);
      assertThat(view.shards().getFirst().leader())
          .isNotEqualTo(gone.getFirst().cluster.view().self());
      cluster.write(0, "by another", "1");

      TestMember left = cluster.shard(0).getLast();
      gone.add(kill(cluster, cluster.shard(0).getFirst()));
      TestMember elsewhere = cluster.leader(1);
      await()
          .atMost(TestMember.PATIENCE)
          .until(() -> elsewhere.cluster.view().shards().getFirst().leader() == null);
      cluster.write(1, "meanwhile", "1");
      cluster.write(2, "meanwhile", "1");
      assertThat(left.cluster.view().leads()).isFalse();

      for (TestMember member : gone) {
        cluster.members.add(member.start());
      }
      cluster.write(0, "again", "1");
      ClusterView before = cluster.awaitAgreed(9);

      cluster.all(TestMember::abandon);
      for (TestMember member : cluster.members) {
        member.start();
      }
      view = cluster.awaitAgreed(9);
      assertThat(view.slots()).isEqualTo(before.slots());
      assertThat(view.members())
          .extracting(Member::id)
          .isEqualTo(before.members().stream().map(Member::id).toList());
      for (int shard = 0; shard < 3; shard++) {
        assertThat(cluster.leader(shard).read("key")).isEqualTo("value " + shard);
      }
      assertThat(cluster.leader(0).read("again")).isEqualTo("1");
      for (TestMember member : cluster.members) {
        assertThat(member.failure).isNull();
      }
    }
  }

  private static TestMember kill(TestCluster cluster, TestMember member) {
    cluster.members.remove(member);
    member.abandon();
    return member;
  }
}
