package io.karst.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Messages from each member to all others.
class BroadcastTest {
  private static final int MESSAGES = 2000;
  private static final int SENDERS = 3;

  @TempDir Path directory;

  private static void say(TestMember member, String message) {
    member.cluster.broadcast(message.getBytes(UTF_8));
  }

  /// Waits until a member's messages get to another.
  private static void awaitLine(TestMember from, TestMember to) {
    String probe = "from " + from.id();
    to.heard.clear();
    await()
        .atMost(TestMember.PATIENCE)
        .until(() -> {
          say(from, probe);
          return to.heard.contains(probe);
        });
  }

  @Test
  void allOthersHearWhatIsSaidInItsOrder() throws Exception {
    try (TestCluster cluster = TestCluster.formed(directory, 3)) {
      TestMember speaker = cluster.members.getFirst();
      List<TestMember> others = cluster.members.subList(1, 3);
      others.forEach(other -> awaitLine(speaker, other));
      List<Thread> senders = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        String name = "s" + i + ":";
        senders.add(
            Thread.startVirtualThread(() -> {
              for (int n = 0; n < MESSAGES; n++) {
                say(speaker, name + n);
              }
            }));
      }
      for (Thread sender : senders) {
        sender.join();
      }
      for (TestMember other : others) {
        for (int i = 0; i < SENDERS; i++) {
          String name = "s" + i + ":";
          await()
              .atMost(TestMember.PATIENCE)
              .until(() -> other.heard.contains(name + (MESSAGES - 1)));
          List<String> its = other.heard.stream().filter(each -> each.startsWith(name)).toList();
          assertThat(its).hasSize(MESSAGES);
          for (int n = 0; n < MESSAGES; n++) {
            assertThat(its.get(n)).isEqualTo(name + n);
          }
        }
        assertThat(other.cluster.broadcasts().heard()).isGreaterThan(SENDERS * MESSAGES);
      }
      assertThat(speaker.heard).isEmpty();
      strangersAreNotHeard(speaker);
    }
  }

  /// - `member`: has been told nothing yet.
  private static void strangersAreNotHeard(TestMember member) {
    String cluster = member.cluster.view().clusterId();
    try (Callers callers = new Callers(null, address -> true)) {
      for (Line line :
          List.of(
              new Line(new Secret("another"), cluster),
              new Line(new Secret("secret"), "another"))) {
        assertThat(callers.stream(Partition.address(member), MemberService.BROADCAST, line))
            .isTrue();
        await()
            .atMost(TestMember.PATIENCE)
            .until(() -> {
              boolean _ = line.offer("from a stranger".getBytes(UTF_8));
              return line.hasEnded();
            });
      }
    }
    assertThat(member.heard).doesNotContain("from a stranger");
  }

  @Test
  void whoIsAwayMissesWhatIsSaidAndHearsAgainWhenItIsBack() throws IOException {
    try (TestCluster cluster = TestCluster.formed(directory, 3)) {
      TestMember speaker = cluster.leader();
      TestMember away = cluster.followers().getFirst();
      awaitLine(speaker, away);
      away.close();
      long before = speaker.cluster.broadcasts().missed();
      await()
          .atMost(TestMember.PATIENCE)
          .until(() -> {
            say(speaker, "meanwhile");
            return speaker.cluster.broadcasts().missed() > before;
          });
      away.start();
      awaitLine(speaker, away);
      awaitLine(away, speaker);
    }
  }
}
