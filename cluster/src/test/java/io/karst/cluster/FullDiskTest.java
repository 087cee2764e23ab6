package io.karst.cluster;

import static io.karst.cluster.ToldDisk.MIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.karst.base.Fault;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A member whose disk is nearly full leaves the lead to one with room; if nobody has any, writes
/// are refused and reads go on.
class FullDiskTest {
  private static final long TOTAL = 1000 * MIB;
  private static final long SCARCE = MIB;

  private final Map<Path, ToldDisk> disks = new ConcurrentHashMap<>();

  @TempDir Path directory;

  private ToldDisk disk(Path raft) {
    return disks.computeIfAbsent(raft, path -> new ToldDisk(TOTAL));
  }

  @Test
  void writesGoWhereThereIsRoom() throws Exception {
    RatisSettings settings = TestCluster.QUICK.withDisks(this::disk);
    try (TestCluster cluster = new TestCluster(directory, 3, settings, null)) {
      cluster.start();
      cluster.write("key", "before");
      TestMember first = cluster.leader();
      disk(first.options.directory()).usable(SCARCE);
      await().atMost(TestMember.PATIENCE).until(() -> !first.isLeading());
      cluster.write("key", "elsewhere");
      assertThat(first.isLeading()).isFalse();

      disks.values().forEach(disk -> disk.usable(SCARCE));
      await().atMost(TestMember.PATIENCE).until(() -> refusal(cluster.leader()) != null);
      assertThat(refusal(cluster.leader())).hasMessageContaining("nearly full");
      assertThat(cluster.leader().read("key")).isEqualTo("elsewhere");

      disks.values().forEach(disk -> disk.usable(TOTAL));
      cluster.write("key", "again");
      cluster.awaitEqual();
      assertThat(first.read("key")).isEqualTo("again");
      assertThat(cluster.members).allMatch(member -> member.failure == null);
    }
  }

  private static Fault.@Nullable ReadOnly refusal(TestMember leader) {
    return catchThrowableOfType(
        Fault.ReadOnly.class, () -> leader.write("refused or not", "value"));
  }
}
