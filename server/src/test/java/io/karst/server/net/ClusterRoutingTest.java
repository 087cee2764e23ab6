package io.karst.server.net;

import static io.karst.server.net.HandMovedCluster.OTHER;
import static io.karst.server.net.HandMovedCluster.SELF;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Who runs a command in a cluster. `a`, `b` and `c` have different slots; `a` has 15495.
class ClusterRoutingTest extends InCluster {
  private static final String QUEUED = "+QUEUED\r\n";
  private static final String NIL = "$-1\r\n";
  private static final String MOVED = "-MOVED 15495 127.0.0.1:7002\r\n";
  private static final String DOWN = "-CLUSTERDOWN The cluster is down\r\n";
  private static final String NOT_SERVED = "-CLUSTERDOWN Hash slot not served\r\n";
  private static final String READ_ONLY =
      "-READONLY You can't write against a read only replica.\r\n";
  private static final String CROSS_SLOT =
      "-CROSSSLOT Keys in request don't hash to the same slot\r\n";

  ClusterRoutingTest() {
    super(new HandMovedCluster());
  }

  @Test
  void whoIsFormingRunsNothingOnKeys() throws IOException {
    assertThat(ask("GET", "a")).isEqualTo(DOWN);
    assertThat(ask("SET", "a", "1")).isEqualTo(DOWN);
    assertThat(ask("DBSIZE")).isEqualTo(DOWN);
    assertThat(ask("KEYS", "*")).isEqualTo(DOWN);
    assertThat(ask("FLUSHALL")).isEqualTo(DOWN);
    assertThat(ask("EVAL", "return 1", "0")).isEqualTo(DOWN);
    assertThat(ask("PING")).isEqualTo("+PONG\r\n");
    assertThat(ask("ECHO", "x")).isEqualTo("$1\r\nx\r\n");
    cluster.elects(OTHER);
    assertThat(ask("GET", "a")).isEqualTo(MOVED);
  }

  @Test
  void whoLeadsRunsEverything() throws IOException {
    cluster.leads();
    assertThat(ask("MSET", "a", "1", "b", "2")).isEqualTo(OK);
    assertThat(ask("GET", "a")).isEqualTo("$1\r\n1\r\n");
    assertThat(ask("EVAL", "return redis.call('GET', 'b')", "0")).isEqualTo("$1\r\n2\r\n");
    assertThat(ask("DBSIZE")).isEqualTo(":2\r\n");
    assertThat(ask("FLUSHALL")).isEqualTo(OK);
    assertThat(ask("DBSIZE")).isEqualTo(":0\r\n");
  }

  @Test
  void whoFollowsSaysWhereToGo() throws IOException {
    cluster.follows(OTHER);
    assertThat(ask("GET", "a")).isEqualTo(MOVED);
    assertThat(ask("SET", "a", "1")).isEqualTo(MOVED);
    assertThat(ask("WATCH", "a")).isEqualTo(MOVED);
    assertThat(ask("BLPOP", "a", "0")).isEqualTo(MOVED);
    assertThat(ask("EVAL", "return 1", "1", "a")).isEqualTo(MOVED);
    assertThat(ask("SSUBSCRIBE", "a")).isEqualTo(MOVED);
    assertThat(ask("SPUBLISH", "a", "m")).isEqualTo(MOVED);
    assertThat(ask("PUBLISH", "a", "m")).isEqualTo(":0\r\n");
  }

  @Test
  void aFollowerWithoutALeaderHasNowhereToSendTo() throws IOException {
    cluster.follows(null);
    assertThat(ask("GET", "a")).isEqualTo(NOT_SERVED);
    assertThat(ask("SPUBLISH", "a", "m")).isEqualTo(":0\r\n");
    ask("CONFIG", "SET", "cluster-allow-pubsubshard-when-down", "no");
    assertThat(ask("SPUBLISH", "a", "m")).isEqualTo(NOT_SERVED);
  }

  @Test
  void aFollowerAnswersReadsToThoseWhoTakeThem() throws IOException {
    cluster.follows(OTHER);
    assertThat(ask("READONLY")).isEqualTo(OK);
    assertThat(ask("GET", "a")).isEqualTo(NIL);
    assertThat(ask("EXISTS", "a", "b")).isEqualTo(":0\r\n");
    assertThat(ask("EVAL_RO", "return redis.call('GET', KEYS[1])", "1", "a")).isEqualTo(NIL);
    assertThat(ask("SET", "a", "1")).isEqualTo(MOVED);
    assertThat(ask("EVAL", "return 1", "1", "a")).isEqualTo(MOVED);
    assertThat(ask("READWRITE")).isEqualTo(OK);
    assertThat(ask("GET", "a")).isEqualTo(MOVED);
  }

  @Test
  void notWhatIsTooOld() throws IOException {
    cluster.follows(OTHER);
    ask("READONLY");
    cluster.staleMillis(5000);
    assertThat(ask("GET", "a")).isEqualTo(NIL);
    cluster.staleMillis(5001);
    assertThat(ask("GET", "a")).isEqualTo(MOVED);
    ask("CONFIG", "SET", "cluster-max-staleness", "6000");
    assertThat(ask("GET", "a")).isEqualTo(NIL);
    cluster.staleMillis(Long.MAX_VALUE);
    cluster.elects(null);
    assertThat(ask("GET", "a")).isEqualTo(NOT_SERVED);
    ask("CONFIG", "SET", "cluster-allow-reads-when-down", "yes");
    assertThat(ask("GET", "a")).isEqualTo(NIL);
    assertThat(ask("SET", "a", "1")).isEqualTo(NOT_SERVED);
  }

  @Test
  void whatNamesNoKeysIsReadWhereItIsAskedFor() throws IOException {
    cluster.follows(OTHER);
    assertThat(ask("DBSIZE")).isEqualTo(":0\r\n");
    assertThat(ask("KEYS", "*")).isEqualTo("*0\r\n");
    assertThat(ask("SCAN", "0")).isEqualTo("*2\r\n$1\r\n0\r\n*0\r\n");
    assertThat(ask("RANDOMKEY")).isEqualTo(NIL);
    assertThat(ask("FLUSHALL")).isEqualTo(READ_ONLY);
    assertThat(ask("FUNCTION", "FLUSH")).isEqualTo(READ_ONLY);
    assertThat(ask("DELPREFIX", "a")).isEqualTo(READ_ONLY);
    assertThat(ask("EVAL", "return redis.call('SET', 'a', '1')", "0"))
        .startsWith(READ_ONLY.strip());
    assertThat(ask("EVAL", "#!lua\nreturn 1", "0")).isEqualTo(READ_ONLY);
    assertThat(ask("EVAL", "#!lua flags=no-writes\nreturn 1", "0")).isEqualTo(":1\r\n");
    assertThat(ask("EVAL", "return redis.call('GET', 'a')", "0"))
        .startsWith("-ERR Script attempted to access a non local key in a cluster node");
  }

  @Test
  void keysOfSeveralSlotsAreAMatterOfConfiguration() throws IOException {
    cluster.leads();
    assertThat(ask("MSET", "a", "1", "b", "2")).isEqualTo(OK);
    ask("CONFIG", "SET", "cluster-allow-shard-multikey", "no");
    assertThat(ask("MSET", "a", "1", "b", "2")).isEqualTo(CROSS_SLOT);
    assertThat(ask("MSET", "{a}1", "1", "{a}2", "2")).isEqualTo(OK);
    assertThat(ask("EVAL", "return 1", "2", "a", "b")).isEqualTo(CROSS_SLOT);
    assertThat(ask("EVAL", "return redis.call('MGET', 'a', 'b')", "0"))
        .startsWith("-ERR Script attempted to access keys that do not hash to the same slot");
    assertThat(ask("MULTI")).isEqualTo(OK);
    assertThat(ask("SET", "a", "1")).isEqualTo(QUEUED);
    assertThat(ask("SET", "b", "1")).isEqualTo(QUEUED);
    assertThat(ask("EXEC")).isEqualTo(CROSS_SLOT);
    assertThat(ask("SSUBSCRIBE", "a", "b")).isEqualTo(CROSS_SLOT);
  }

  @Test
  void whatIsNotQueuedBreaksTheTransaction() throws IOException {
    cluster.follows(OTHER);
    assertThat(ask("MULTI")).isEqualTo(OK);
    assertThat(ask("SET", "a", "1")).isEqualTo(MOVED);
    assertThat(ask("EXEC"))
        .isEqualTo("-EXECABORT Transaction discarded because of previous errors.\r\n");
    assertThat(ask("GET", "a")).isEqualTo(MOVED);
  }

  @Test
  void aTransactionMovesWithItsKeys() throws IOException {
    cluster.leads();
    assertThat(ask("MULTI")).isEqualTo(OK);
    assertThat(ask("SET", "a", "1")).isEqualTo(QUEUED);
    cluster.deposed(OTHER);
    cluster.log.rewind();
    cluster.follows(OTHER);
    assertThat(ask("EXEC")).isEqualTo(MOVED);
    assertThat(ask("EXEC")).isEqualTo("-ERR EXEC without MULTI\r\n");
  }

  @Test
  void aReadingTransactionMayRunOnAFollower() throws IOException {
    cluster.follows(OTHER);
    ask("READONLY");
    ask("MULTI");
    assertThat(ask("GET", "a")).isEqualTo(QUEUED);
    assertThat(ask("DBSIZE")).isEqualTo(QUEUED);
    assertThat(ask("EXEC")).isEqualTo("*2\r\n" + NIL + ":0\r\n");
  }

  @Test
  void thereIsOneDatabase() throws IOException {
    cluster.leads();
    assertThat(ask("SELECT", "0")).isEqualTo(OK);
    assertThat(ask("SELECT", "1")).isEqualTo("-ERR SELECT is not allowed in cluster mode\r\n");
    assertThat(ask("SWAPDB", "0", "1")).isEqualTo("-ERR SWAPDB is not allowed in cluster mode\r\n");
    assertThat(ask("MOVE", "a", "1")).isEqualTo("-ERR MOVE is not allowed in cluster mode\r\n");
    assertThat(ask("COPY", "a", "b", "DB", "1")).startsWith("-ERR ");
  }

  @Test
  void whatASingleServerHasIsRefusedWithAReason() throws IOException {
    cluster.leads();
    for (String[] words :
        new String[][] {
          {"MIGRATE", "127.0.0.1", "1", "a", "0", "1"},
          {"BACKUP", "TO", "/x"},
          {"CHANGES", "FROM", "0"}
        }) {
      assertThat(ask(words)).contains(" is not allowed in cluster mode: ");
    }
  }

  @Test
  void aMemberThatLeadsAccordingToOthersWaitsUntilItDoes() throws IOException {
    cluster.follows(OTHER);
    cluster.elects(SELF);
    assertThat(ask("GET", "a")).isEqualTo(DOWN);
    cluster.leads();
    assertThat(ask("GET", "a")).isEqualTo(NIL);
  }
}
