package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The others learn at once of what is committed, also if nothing follows it.
class AnnouncementTest {
  private static final int WRITES = 5;

  /// The leader is heard of every two seconds.
  private static final RatisSettings RARE_HEARTBEATS = TestCluster.QUICK.withTimeouts(4000, 4500);

  @TempDir Path directory;

  @Test
  void theLastWriteIsSeenBeforeTheNextHeartbeat() throws Exception {
    try (TestCluster cluster = new TestCluster(directory, 3, RARE_HEARTBEATS, null)) {
      cluster.start();
      long fastest = Long.MAX_VALUE;
      for (int i = 0; i < WRITES; i++) {
        fastest = Math.min(fastest, nanosUntilSeen(cluster, "value" + i));
      }
      assertThat(TimeUnit.NANOSECONDS.toMillis(fastest)).isLessThan(1000);
    }
  }

  private static long nanosUntilSeen(TestCluster cluster, String value) {
    cluster.write("key", value);
    long begin = System.nanoTime();
    for (TestMember follower : cluster.followers()) {
      await()
          .atMost(TestMember.PATIENCE)
          .pollInterval(1, TimeUnit.MILLISECONDS)
          .until(() -> value.equals(follower.read("key")));
    }
    return System.nanoTime() - begin;
  }
}
