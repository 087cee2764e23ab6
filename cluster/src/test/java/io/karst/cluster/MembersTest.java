package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Members come and go.
class MembersTest {
  @TempDir Path directory;

  @Test
  void aFourthOnlyFollowsUntilItIsMadeToVote() throws IOException {
    try (TestCluster cluster = TestCluster.formed(directory, 3)) {
      TestMember leader = cluster.leader();
      for (int i = 0; i < 100; i++) {
        leader.write("key:" + i, "value:" + i);
      }
      TestMember fourth = cluster.newcomer().start();
      await().atMost(TestMember.PATIENCE).until(() -> fourth.events.contains("follows"));
      assertThat(fourth.read("key:99")).isEqualTo("value:99");
      assertThat(fourth.cluster.view().self().voting()).isFalse();
      assertThat(fourth.cluster.view().members()).hasSize(4);
      assertThat(fourth.cluster.view().clusterId())
          .isEqualTo(leader.cluster.view().clusterId());

      fourth.cluster.setVoting(fourth.id(), true).toCompletableFuture().join();
      await()
          .atMost(TestMember.PATIENCE)
          .until(() -> fourth.cluster.view().self().voting());
      assertThat(leader.write("with four", "1")).isTrue();

      fourth.cluster.moveLeader(fourth.id()).toCompletableFuture().join();
      await().atMost(TestMember.PATIENCE).until(fourth::isLeading);
      assertThat(fourth.write("by the fourth", "1")).isTrue();
      cluster.awaitEqual(fourth, leader);
      assertThat(leader.read("by the fourth")).isEqualTo("1");
      await()
          .atMost(TestMember.PATIENCE)
          .until(() -> leader.cluster.view().leader().id().equals(fourth.id()));

      TestMember third = cluster.members.get(2);
      fourth.cluster.remove(third.id()).toCompletableFuture().join();
      await().atMost(TestMember.PATIENCE).until(() -> third.failure != null);
      assertThat(third.failure).hasMessageContaining("was removed from the cluster");
      assertThat(fourth.cluster.view().members()).hasSize(3);
      third.abandon();
      assertThatThrownBy(third::start).hasMessageContaining("was removed from its cluster");
    }
  }

  @Test
  void anEmptiedDirectoryIsANewMemberInThePlaceOfTheOld() throws IOException {
    try (TestCluster cluster = TestCluster.formed(directory, 3)) {
      TestMember leader = cluster.leader();
      leader.write("key", "value");
      TestMember wiped = cluster.followers().getFirst();
      String before = wiped.id();
      wiped.abandon();
      cluster.members.remove(wiped);
      TestMember again = cluster.member(7, wiped.options.clusterPort()).start();
      cluster.members.add(again);

      await()
          .atMost(TestMember.PATIENCE)
          .until(() -> again.events.contains("follows"));
      assertThat(again.id()).isNotEqualTo(before);
      assertThat(again.read("key")).isEqualTo("value");
      List<Member> members = leader.cluster.view().members();
      assertThat(members).hasSize(3).allMatch(Member::voting);
      assertThat(members).extracting(Member::id).doesNotContain(before).contains(again.id());
    }
  }

  @Test
  void whatCannotBeIsRefused() throws IOException {
    try (TestCluster cluster = TestCluster.formed(directory, 1)) {
      TestMember only = cluster.leader();
      assertThat(only.write("alone", "1")).isTrue();
      only.awaitConfirmed();
      refused(() -> only.cluster.remove(only.id()).toCompletableFuture().join(), "the only one");
      refused(
          () -> only.cluster.remove("0".repeat(40)).toCompletableFuture().join(), "no member");
      refused(
          () -> only.cluster.setVoting(only.id(), false).toCompletableFuture().join(),
          "leads; let another");
      refused(
          () -> only.cluster.moveLeader("0".repeat(40)).toCompletableFuture().join(),
          "no member");
    }
  }

  private static void refused(Runnable order, String why) {
    assertThatThrownBy(order::run)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining(why);
  }

  @Test
  void whoKnowsAnotherSecretIsNotLetIn() throws IOException {
    try (TestCluster cluster = TestCluster.formed(directory, 1);
        TestMember stranger =
            new TestMember(
                cluster.options(
                    9, TestCluster.freePorts(1).getFirst(), cluster.seeds(), "guessed"),
                TestCluster.QUICK)) {
      TestMember only = cluster.leader();
      try (Callers callers = new Callers(null, address -> true)) {
        Doorman doorman = new Doorman(new Secret("guessed"), callers);
        assertThatThrownBy(() -> doorman.greet(cluster.seeds().getFirst(), "").join())
            .hasMessageContaining("another cluster secret");
      }
      stranger.start();
      only.write("key", "value");
      only.awaitConfirmed();
      assertThat(only.cluster.view().members()).hasSize(1);
      assertThat(stranger.cluster.view().role()).isEqualTo(Role.FORMING);
    }
  }
}
