package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karst.base.Bytes;
import io.karst.base.Clock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The members' clocks differ by hours, and jump: when keys expire is decided by the leader's, and
/// nothing else depends on any.
class ClockTest {
  private static final long HOUR = TimeUnit.HOURS.toMillis(1);

  /// As the machine's, but for an error.
  private static final class WrongClock implements Clock {
    private volatile long errorMillis;

    @Override
    public long wallMillis() {
      return Clock.system().wallMillis() + errorMillis;
    }

    @Override
    public long monotonicNanos() {
      return Clock.system().monotonicNanos();
    }
  }

  private final List<WrongClock> clocks = new ArrayList<>();

  @TempDir Path directory;

  private TestMember withClock(TestMember member) {
    WrongClock clock = new WrongClock();
    clocks.add(clock);
    ClusterOptions options = member.options;
    return new TestMember(
        new ClusterOptions(
            options.directory(),
            options.host(),
            options.port(),
            options.clusterHost(),
            options.clusterPort(),
            options.listenPort(),
            options.seeds(),
            options.votersMax(),
            options.secret(),
            options.tls(),
            clock),
        TestCluster.PATIENT);
  }

  private WrongClock clock(TestMember member) {
    return (WrongClock) member.options.clock();
  }

  @Test
  void theLeadersDecides() throws Exception {
    try (TestCluster cluster = new TestCluster(directory, 3)) {
      cluster.members.replaceAll(this::withClock);
      cluster.startPatiently();
      TestMember slow = cluster.leader();
      TestMember fast = cluster.followers().getFirst();
      clock(slow).errorMillis = -HOUR;
      clock(fast).errorMillis = HOUR;
      expireIn(slow, "soon", HOUR / 2);
      expireIn(slow, "late", 3 * HOUR);
      cluster.awaitEqual();
      assertThat(fast.read("soon")).isNull();
      assertThat(fast.read("late")).isEqualTo("value");
      for (TestMember member : cluster.members) {
        assertThat(member.engine.size(0)).isEqualTo(2);
      }

      cluster.handOverTo(fast);
      for (TestMember member : cluster.members) {
        await().atMost(TestMember.PATIENCE).until(() -> member.engine.size(0) == 1);
        assertThat(member.read("soon")).isNull();
      }

      clock(fast).errorMillis = -HOUR;
      cluster.write("key", "after the jump");
      fast.awaitConfirmed();
      cluster.awaitEqual();
      for (TestMember member : cluster.members) {
        assertThat(member.read("key")).isEqualTo("after the jump");
        assertThat(member.read("late")).isEqualTo("value");
      }
    }
  }

  private static void expireIn(TestMember leader, String name, long millis) {
    boolean led =
        leader.change(name, (tx, key) -> tx.putString(key, Bytes.utf8("value"), tx.now() + millis));
    assertThat(led).isTrue();
  }
}
