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
      ClusterView formed = cluster.awaitAgreed(9);
      assertThat(formed.shards()).hasSize(3).allMatch(each -> each.members().size() == 3);
      assertThat(formed.slots()).isEqualTo(SlotTable.even(3));
      for (int shard = 0; shard < 3; shard++) {
        cluster.write(shard, "key", "value " + shard);
      }
      awaitMeta(cluster);

      aShardFails(cluster);
      theMetaGroupFails(cluster);

      cluster.all(TestMember::abandon);
      for (TestMember member : cluster.members) {
        member.start();
      }
      ClusterView view = cluster.awaitAgreed(9);
      assertThat(view.slots()).isEqualTo(formed.slots());
      assertThat(ids(view)).isEqualTo(ids(formed));
      for (int shard = 0; shard < 3; shard++) {
        assertThat(cluster.leader(shard).read("key")).isEqualTo("value " + shard);
        assertThat(cluster.leader(shard).read("without the meta group")).isEqualTo("1");
      }
      assertThat(cluster.members).allMatch(member -> member.failure == null);
    }
  }

  private static List<String> ids(ClusterView view) {
    return view.members().stream().map(Member::id).toList();
  }

  /// First its leader, whose successor all others learn of, and then its majority.
  private static void aShardFails(TestCluster cluster) throws IOException {
    TestMember leader = kill(cluster, cluster.leader(0));
    cluster.awaitAgreed(9);
    cluster.write(0, "by another", "1");

    TestMember other = kill(cluster, follower(cluster, 0));
    TestMember left = cluster.shard(0).getFirst();
    TestMember elsewhere = cluster.leader(1);
    await()
        .atMost(TestMember.PATIENCE)
        .until(() -> !left.isLeading() && elsewhere.cluster.view().owner(0) == null);
    cluster.write(1, "meanwhile", "1");
    cluster.write(2, "meanwhile", "1");

    cluster.members.add(leader.start());
    cluster.members.add(other.start());
    cluster.write(0, "again", "1");
    cluster.awaitAgreed(9);
  }

  /// A majority of those who vote on the table, and of no shard: all go on, also who starts anew.
  private static void theMetaGroupFails(TestCluster cluster) throws IOException {
    List<TestMember> failed = new ArrayList<>();
    for (int shard = 0; shard < 3; shard++) {
      failed.add(kill(cluster, metaVoter(cluster, shard)));
    }
    await()
        .atMost(TestMember.PATIENCE)
        .until(() -> cluster.members.stream().noneMatch(ShardsTest::leadsMeta));
    TestMember restarted = cluster.shard(0).getFirst();
    restarted.abandon();
    restarted.start();
    cluster.awaitAgreed(9);
    for (int shard = 0; shard < 3; shard++) {
      cluster.write(shard, "without the meta group", "1");
    }
    for (TestMember member : failed) {
      cluster.members.add(member.start());
    }
    metaLeader(cluster);
  }

  private static TestMember metaVoter(TestCluster cluster, int shard) {
    List<Member> members = cluster.members.getFirst().cluster.meta().members();
    List<String> voters = members.stream().filter(Member::voting).map(Member::id).toList();
    return cluster.shard(shard).stream()
        .filter(member -> voters.contains(member.id()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void membersOfSeveralShardsComeAndGo() throws IOException {
    try (TestCluster cluster = new TestCluster(directory, 6)) {
      cluster.start();
      cluster.awaitAgreed(6);
      cluster.write(0, "key", "0");
      cluster.write(1, "key", "1");
      awaitMeta(cluster);

      TestMember again = emptied(cluster, follower(cluster, 1));
      assertThat(again.cluster.view().own()).isEqualTo(1);
      assertThat(again.cluster.view().self().voting()).isTrue();
      await().atMost(TestMember.PATIENCE).until(() -> "1".equals(again.read("key")));
      awaitMeta(cluster);

      twoCome(cluster);
      awaitMeta(cluster);

      TestMember asked = cluster.leader(0);
      TestMember next =
          cluster.shard(1).stream().filter(each -> each != again).findFirst().orElseThrow();
      Ordering.until(() -> asked.cluster.setVoting(next.id(), true), () -> votes(asked, next));
      Ordering.until(() -> asked.cluster.moveLeader(next.id()), next::isLeading);
      cluster.write(1, "after", "1");

      Ordering.until(
          () ->
              again.isLeading()
                  ? asked.cluster.moveLeader(next.id())
                  : asked.cluster.remove(again.id()),
          () -> again.failure != null);
      assertThat(again.failure).hasMessageContaining("was removed from the cluster");
      kill(cluster, again);
      cluster.awaitAgreed(7);
      awaitMeta(cluster);
    }
  }

  /// An empty directory in the place of a member's: somebody else, who takes its place.
  private static TestMember emptied(TestCluster cluster, TestMember wiped) throws IOException {
    kill(cluster, wiped);
    TestMember again = cluster.member(100, wiped.options.clusterPort()).start();
    cluster.members.add(again);
    ClusterView view = cluster.awaitAgreed(6);
    assertThat(view.member(wiped.id())).isNull();
    assertThat(view.member(again.id())).isNotNull();
    return again;
  }

  /// The leader of the meta group fails while the first of them comes.
  private static void twoCome(TestCluster cluster) throws IOException {
    TestMember seventh = cluster.newcomer().start();
    TestMember failed = kill(cluster, metaLeader(cluster));
    cluster.awaitAgreed(7);
    cluster.members.add(failed.start());
    TestMember eighth = cluster.newcomer().start();
    ClusterView view = cluster.awaitAgreed(8);
    assertThat(view.shards()).allMatch(shard -> shard.members().size() == 4);
    assertThat(seventh.cluster.view().own()).isNotEqualTo(eighth.cluster.view().own());
    assertThat(eighth.cluster.view().self().voting()).isFalse();
  }

  private static boolean votes(TestMember asked, TestMember member) {
    Member known = asked.cluster.view().member(member.id());
    return known != null && known.voting();
  }

  private static TestMember follower(TestCluster cluster, int shard) {
    TestMember leader = cluster.leader(shard);
    return cluster.shard(shard).stream()
        .filter(member -> !member.equals(leader))
        .findFirst()
        .orElseThrow();
  }

  private static TestMember metaLeader(TestCluster cluster) {
    await()
        .atMost(TestMember.PATIENCE)
        .until(() -> cluster.members.stream().anyMatch(ShardsTest::leadsMeta));
    return cluster.members.stream()
        .filter(ShardsTest::leadsMeta)
        .findFirst()
        .orElseGet(() -> metaLeader(cluster));
  }

  private static boolean leadsMeta(TestMember member) {
    return member.cluster.meta().leads();
  }

  /// Waits until the members of the meta group are those of the table, and as many vote as should.
  private static void awaitMeta(TestCluster cluster) {
    await()
        .atMost(TestMember.PATIENCE)
        .until(() -> cluster.members.stream().allMatch(each -> isSettled(each, cluster)));
  }

  private static boolean isSettled(TestMember member, TestCluster cluster) {
    MetaGroup meta = member.cluster.meta();
    MetaTable table = meta.table();
    List<String> ids = cluster.members.stream().map(TestMember::id).sorted().toList();
    long voters = meta.members().stream().filter(Member::voting).count();
    return table != null
        && table.members().stream().map(each -> each.member().id()).toList().equals(ids)
        && meta.members().stream().map(Member::id).toList().equals(ids)
        && voters == Founding.metaVoters(ids.size());
  }

  private static TestMember kill(TestCluster cluster, TestMember member) {
    cluster.members.remove(member);
    member.abandon();
    return member;
  }
}
