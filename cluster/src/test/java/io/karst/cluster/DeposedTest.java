package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.history.Log;
import io.karst.memory.Record;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A leader that is cut off from the others.
class DeposedTest {
  @TempDir Path directory;

  @Test
  void whatNoMajorityHasIsForgotten() throws IOException {
    try (TestCluster cluster = TestCluster.formed(directory, 3)) {
      cluster.write("kept", "1");
      cluster.leader().engine.checkpoint();
      cluster.write("kept too", "2");
      TestMember old = cluster.leader();
      List<TestMember> others = cluster.followers();

      cluster.partition.isolate(List.of(old));
      long lost =
          old.changeAlone(
              "kept", (tx, key) -> tx.putString(key, Bytes.utf8("x"), Record.NO_EXPIRY));
      old.changeAlone("lost", (tx, key) -> tx.putString(key, Bytes.utf8("x"), Record.NO_EXPIRY));
      CompletableFuture<Boolean> waiting =
          CompletableFuture.supplyAsync(() -> isDurable(old.engine.log(), lost));
      assertThat(old.read("kept")).isEqualTo("x");
      await()
          .atMost(TestMember.PATIENCE)
          .until(() -> others.stream().anyMatch(TestMember::isLeading));
      cluster.members.remove(old);
      cluster.write("kept too", "3");
      cluster.members.add(old);

      assertThat(waiting.join()).isFalse();
      await().atMost(TestMember.PATIENCE).until(() -> old.events.getLast().equals("follows"));
      assertThat(old.read("kept")).isEqualTo("1");
      assertThat(old.read("lost")).isNull();
      assertThat(old.read("kept too")).isEqualTo("2");

      cluster.partition.heal();
      cluster.awaitEqual();
      assertThat(old.read("kept too")).isEqualTo("3");
      assertThat(old.failure).isNull();
    }
  }

  private static boolean isDurable(Log log, long lsn) {
    try {
      log.awaitDurable(lsn);
      return true;
    } catch (Fault.ReadOnly lost) {
      return false;
    }
  }

  @Test
  void whoIsCutOffConfirmsNothing() throws IOException {
    try (TestCluster cluster = TestCluster.formed(directory, 3)) {
      cluster.write("key", "1");
      TestMember old = cluster.leader();
      old.awaitConfirmed();
      List<TestMember> others = cluster.followers();

      cluster.partition.isolate(List.of(old));
      long number = old.engine.log().confirmation();
      old.engine.log().requestConfirmation(number);
      await()
          .atMost(TestMember.PATIENCE)
          .until(() -> others.stream().anyMatch(TestMember::isLeading));
      assertThat(old.engine.log().confirmed()).isLessThan(number);

      cluster.partition.heal();
      old.awaitConfirmed();
    }
  }
}
