package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.ratis.proto.RaftProtos.GroupManagementRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.grpc.AdminProtocolServiceGrpc;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.util.ProtoUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Members come and go.
class MembersTest {
  @TempDir Path directory;

  @Test
  void aFourthOnlyFollowsUntilItIsMadeToVote() throws IOException {
    try (TestCluster cluster = TestCluster.formed(directory, 3)) {
      for (int i = 0; i < 100; i++) {
        cluster.write("key:" + i, "value:" + i);
      }
      TestMember fourth = cluster.newcomer().start();
      await().atMost(TestMember.PATIENCE).until(() -> fourth.events.contains("follows"));
      assertThat(fourth.read("key:99")).isEqualTo("value:99");
      assertThat(fourth.cluster.view().self().voting()).isFalse();
      assertThat(fourth.cluster.view().members()).hasSize(4);
      assertThat(fourth.cluster.view().clusterId())
          .isEqualTo(cluster.leader().cluster.view().clusterId());

      Ordering.until(() -> fourth.cluster.setVoting(fourth.id(), true), () -> votes(fourth));
      cluster.write("with four", "1");
      Ordering.until(() -> fourth.cluster.moveLeader(fourth.id()), fourth::isLeading);
      cluster.write("by the fourth", "1");
      cluster.awaitEqual();

      TestMember third = cluster.followers().getFirst();
      Ordering.until(() -> fourth.cluster.setVoting(third.id(), false), () -> !votes(third));
      Ordering.until(() -> fourth.cluster.remove(third.id()), () -> third.failure != null);
      assertThat(third.failure).hasMessageContaining("was removed from the cluster");
      third.abandon();
      cluster.members.remove(third);
      cluster.write("without it", "1");
      await()
          .atMost(TestMember.PATIENCE)
          .until(() -> cluster.leader().cluster.view().members().size() == 3);
      assertThatThrownBy(third::start).hasMessageContaining("was removed from its cluster");
    }
  }

  private static boolean votes(TestMember member) {
    return member.cluster.view().self().voting();
  }

  @Test
  void anEmptiedDirectoryIsANewMemberInThePlaceOfTheOld() throws IOException {
    try (TestCluster cluster = TestCluster.formed(directory, 3)) {
      cluster.write("key", "value");
      TestMember wiped = cluster.followers().getFirst();
      String before = wiped.id();
      wiped.abandon();
      cluster.members.remove(wiped);
      TestMember again = cluster.member(7, wiped.options.clusterPort()).start();
      cluster.members.add(again);

      await().atMost(TestMember.PATIENCE).until(() -> again.events.contains("follows"));
      assertThat(again.id()).isNotEqualTo(before);
      assertThat(again.read("key")).isEqualTo("value");
      List<Member> members = again.cluster.view().members();
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
      refused(() -> only.cluster.remove("0".repeat(40)).toCompletableFuture().join(), "no member");
      refused(
          () -> only.cluster.setVoting(only.id(), false).toCompletableFuture().join(),
          "leads; let another");
      refused(
          () -> only.cluster.moveLeader("0".repeat(40)).toCompletableFuture().join(), "no member");
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
  void clientsAndAdministratorsOfRatisAreNotServed() throws IOException {
    try (TestCluster cluster = TestCluster.formed(directory, 1)) {
      ManagedChannel channel =
          NettyChannelBuilder.forTarget(cluster.seeds().getFirst()).usePlaintext().build();
      try {
        var administrator = AdminProtocolServiceGrpc.newBlockingStub(channel);
        assertThatThrownBy(() ->
                administrator.groupManagement(GroupManagementRequestProto.getDefaultInstance()))
            .hasMessageContaining("PERMISSION_DENIED");
      } finally {
        channel.shutdownNow();
      }
    }
  }

  @Test
  void whatIsMeantForWhoWasHereBeforeIsRefused() throws IOException {
    try (TestCluster cluster = TestCluster.formed(directory, 1)) {
      ManagedChannel channel =
          NettyChannelBuilder.forTarget(cluster.seeds().getFirst()).usePlaintext().build();
      try {
        var other = RaftServerProtocolServiceGrpc.newBlockingStub(channel);
        RequestVoteRequestProto before = vote("0".repeat(40));
        assertThatThrownBy(() -> other.requestVote(before)).hasMessageContaining("NOT_FOUND");
        RequestVoteRequestProto now = vote(cluster.leader().id());
        assertThatThrownBy(() -> other.requestVote(now)).hasMessageContaining("group");
      } finally {
        channel.shutdownNow();
      }
    }
  }

  /// Of a group that there is not.
  private static RequestVoteRequestProto vote(String whose) {
    RaftRpcRequestProto.Builder request =
        RaftRpcRequestProto.newBuilder()
            .setRequestorId(ByteString.copyFromUtf8("1".repeat(40)))
            .setReplyId(ByteString.copyFromUtf8(whose))
            .setRaftGroupId(ProtoUtils.toRaftGroupIdProtoBuilder(RaftGroupId.randomId()));
    return RequestVoteRequestProto.newBuilder().setServerRequest(request).build();
  }

  @Test
  void whoKnowsAnotherSecretIsNotLetIn() throws IOException {
    try (TestCluster cluster = TestCluster.formed(directory, 1);
        TestMember stranger =
            new TestMember(
                cluster.options(9, TestCluster.freePorts(1).getFirst(), cluster.seeds(), "guessed"),
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
