package io.karst.server.net;

import static io.karst.server.net.HandMovedCluster.FAR;
import static io.karst.server.net.HandMovedCluster.FARTHER;
import static io.karst.server.net.HandMovedCluster.OTHER;
import static io.karst.server.net.HandMovedCluster.SELF;
import static io.karst.server.net.HandMovedCluster.THIRD;
import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// A member of one of two shards. `b` (3300) and `c` (7365) are its own shard's, `a` (15495) and
/// `foo` (12182) the other's.
class ClusterShardsTest extends InCluster {
  private static final String QUEUED = "+QUEUED\r\n";
  private static final String NIL = "$-1\r\n";
  private static final String MOVED_FAR = "-MOVED 15495 127.0.0.1:7004\r\n";
  private static final String MOVED_NEAR = "-MOVED 3300 127.0.0.1:7002\r\n";
  private static final String NOT_SERVED = "-CLUSTERDOWN Hash slot not served\r\n";
  private static final String CROSS_SLOT =
      "-CROSSSLOT Keys in request don't hash to the same slot\r\n";

  ClusterShardsTest() {
    super(HandMovedCluster.ofTwoShards());
  }

  // ---- who runs a command ----

  @Test
  void aLeaderRunsWhatIsItsShardsAndKnowsWhoRunsTheRest() throws IOException {
    cluster.leads();
    cluster.electsFar(FAR);
    assertThat(ask("SET", "b", "1")).isEqualTo(OK);
    assertThat(ask("GET", "b")).isEqualTo("$1\r\n1\r\n");
    assertThat(ask("SET", "a", "1")).isEqualTo(MOVED_FAR);
    assertThat(ask("GET", "a")).isEqualTo(MOVED_FAR);
    assertThat(ask("BLPOP", "a", "0")).isEqualTo(MOVED_FAR);
    assertThat(ask("WATCH", "a")).isEqualTo(MOVED_FAR);
    assertThat(ask("EVAL", "return 1", "1", "a")).isEqualTo(MOVED_FAR);
    assertThat(ask("OBJECT", "ENCODING", "a")).isEqualTo(MOVED_FAR);
    cluster.electsFar(FARTHER);
    assertThat(ask("GET", "a")).isEqualTo("-MOVED 15495 127.0.0.1:7005\r\n");
  }

  @Test
  void whatAnotherShardHasNobodyServesWhileNobodyLeadsThat() throws IOException {
    cluster.leads();
    assertThat(ask("GET", "a")).isEqualTo(NOT_SERVED);
    assertThat(ask("GET", "b")).isEqualTo(NIL);
    ask("READONLY");
    ask("CONFIG", "SET", "cluster-allow-reads-when-down", "yes");
    assertThat(ask("GET", "a")).isEqualTo(NOT_SERVED);
  }

  @Test
  void aFollowerReadsOfItsOwnShardOnly() throws IOException {
    cluster.follows(OTHER);
    cluster.electsFar(FAR);
    assertThat(ask("GET", "b")).isEqualTo(MOVED_NEAR);
    assertThat(ask("READONLY")).isEqualTo(OK);
    assertThat(ask("GET", "b")).isEqualTo(NIL);
    assertThat(ask("GET", "a")).isEqualTo(MOVED_FAR);
    assertThat(ask("EVAL_RO", "return 1", "1", "a")).isEqualTo(MOVED_FAR);
    assertThat(ask("SET", "b", "1")).isEqualTo(MOVED_NEAR);
  }

  @Test
  void aMemberThatFormsKnowsOtherShardsAllTheSame() throws IOException {
    cluster.electsFar(FAR);
    assertThat(ask("GET", "a")).isEqualTo(MOVED_FAR);
    assertThat(ask("GET", "b")).isEqualTo("-CLUSTERDOWN The cluster is down\r\n");
  }

  @Test
  void keysOfOneCommandAreOfOneShard() throws IOException {
    cluster.leads();
    cluster.electsFar(FAR);
    assertThat(ask("MSET", "b", "1", "c", "2")).isEqualTo(OK);
    assertThat(ask("MSET", "b", "1", "a", "2")).isEqualTo(CROSS_SLOT);
    assertThat(ask("MSET", "a", "1", "b", "2")).isEqualTo(CROSS_SLOT);
    assertThat(ask("MGET", "a", "foo")).isEqualTo(MOVED_FAR);
    assertThat(ask("BLPOP", "b", "a", "0")).isEqualTo(CROSS_SLOT);
    assertThat(ask("EVAL", "return 1", "2", "b", "a")).isEqualTo(CROSS_SLOT);
    assertThat(ask("SUNION", "b", "a")).isEqualTo(CROSS_SLOT);
    assertThat(ask("XREAD", "STREAMS", "b", "a", "0", "0")).isEqualTo(CROSS_SLOT);
    ask("CONFIG", "SET", "cluster-allow-shard-multikey", "no");
    assertThat(ask("MGET", "a", "foo")).isEqualTo(CROSS_SLOT);
  }

  @Test
  void aTransactionIsOfOneShard() throws IOException {
    cluster.leads();
    cluster.electsFar(FAR);
    ask("MULTI");
    assertThat(ask("SET", "b", "1")).isEqualTo(QUEUED);
    assertThat(ask("SET", "c", "1")).isEqualTo(QUEUED);
    assertThat(ask("EXEC")).isEqualTo("*2\r\n+OK\r\n+OK\r\n");
    ask("MULTI");
    assertThat(ask("SET", "b", "1")).isEqualTo(QUEUED);
    assertThat(ask("SET", "a", "1")).isEqualTo(MOVED_FAR);
    assertThat(ask("EXEC")).startsWith("-EXECABORT");
  }

  @Test
  void aScriptStaysWithinTheShard() throws IOException {
    cluster.leads();
    cluster.electsFar(FAR);
    String set = "return redis.call('SET', ARGV[1], '1')";
    assertThat(ask("EVAL", set, "0", "c")).isEqualTo(OK);
    assertThat(ask("EVAL", set, "1", "b", "c")).isEqualTo(OK);
    assertThat(ask("EVAL", set, "1", "b", "a"))
        .startsWith("-ERR Script attempted to access a non local key in a cluster node");
    assertThat(ask("EVAL", "return redis.call('MGET', 'b', 'a')", "0"))
        .startsWith("-ERR Script attempted to access keys that do not hash to the same slot");
    assertThat(ask("EVAL", "return redis.call('DBSIZE')", "0")).isEqualTo(":1\r\n");
  }

  @Test
  void sortReachesNoKeysThatMayBeOfAnotherShard() throws IOException {
    cluster.leads();
    assertThat(ask("RPUSH", "b", "2", "1")).isEqualTo(":2\r\n");
    assertThat(ask("SORT", "b")).isEqualTo("*2\r\n$1\r\n1\r\n$1\r\n2\r\n");
    assertThat(ask("SORT", "b", "BY", "nosort", "GET", "#")).startsWith("*2\r\n");
    String denied =
        " of keys that it does not name is not allowed in a cluster of several shards\r\n";
    assertThat(ask("SORT", "b", "BY", "w_*")).isEqualTo("-ERR SORT" + denied);
    assertThat(ask("SORT_RO", "b", "GET", "w_*")).isEqualTo("-ERR SORT_RO" + denied);
    assertThat(ask("EVAL", "return redis.call('SORT', 'b', 'BY', 'w_*')", "0"))
        .startsWith("-ERR SORT of keys that it does not name");
  }

  @Test
  void whatNamesNoKeysIsAboutTheShard() throws IOException {
    cluster.leads();
    ask("MSET", "b", "1", "c", "2");
    assertThat(ask("DBSIZE")).isEqualTo(":2\r\n");
    assertThat(ask("KEYS", "*")).startsWith("*2\r\n");
    assertThat(ask("FLUSHALL")).isEqualTo(OK);
  }

  @Test
  void shardChannelsBelongToTheShardOfTheirSlot() throws IOException {
    cluster.leads();
    assertThat(ask("SPUBLISH", "a", "m")).isEqualTo(NOT_SERVED);
    cluster.electsFar(FAR);
    assertThat(ask("SPUBLISH", "b", "m")).isEqualTo(":0\r\n");
    assertThat(ask("SPUBLISH", "a", "m")).isEqualTo(MOVED_FAR);
    assertThat(ask("SSUBSCRIBE", "a")).isEqualTo(MOVED_FAR);
    assertThat(ask("SSUBSCRIBE", "b", "c")).isEqualTo(CROSS_SLOT);
    assertThat(ask("SSUBSCRIBE", "b")).startsWith("*3\r\n$10\r\nssubscribe\r\n");
  }

  @Test
  void whoWaitsForKeysGoesOnWaitingWhateverBecomesOfAnotherShard() throws IOException {
    cluster.leads();
    client.send(request("BLPOP", "b", "0"));
    await().until(() -> server.server.engine().waiters().count() == 1);
    cluster.electsFar(FAR);
    try (WireClient other = server.connect()) {
      assertThat(other.ask(request("CLIENT", "DURABILITY", "NONE"))).isEqualTo(OK);
      assertThat(other.ask(request("RPUSH", "b", "v"))).isEqualTo(":1\r\n");
    }
    assertThat(client.reply()).isEqualTo("*2\r\n$1\r\nb\r\n$1\r\nv\r\n");
  }

  // ---- what is told ----

  private static String node(String id, int port) {
    return "*4\r\n$9\r\n127.0.0.1\r\n:" + port + "\r\n$40\r\n" + id + "\r\n*0\r\n";
  }

  @Test
  void eachShardHasItsSlots() throws IOException {
    cluster.follows(OTHER);
    String near =
        "*5\r\n:0\r\n:8191\r\n"
            + node(OTHER.id(), 7002)
            + node(SELF.id(), 7001)
            + node(THIRD.id(), 7003);
    assertThat(ask("CLUSTER", "SLOTS")).isEqualTo("*1\r\n" + near);
    cluster.electsFar(FARTHER);
    String far = "*4\r\n:8192\r\n:16383\r\n" + node(FARTHER.id(), 7005) + node(FAR.id(), 7004);
    assertThat(ask("CLUSTER", "SLOTS")).isEqualTo("*2\r\n" + near + far);
    assertThat(ask("CLUSTER", "NODES").lines().skip(1).limit(5))
        .containsExactly(
            SELF.id() + " 127.0.0.1:7001@17001 myself,slave " + OTHER.id() + " 0 0 2 connected",
            OTHER.id() + " 127.0.0.1:7002@17002 master - 0 0 2 connected 0-8191",
            THIRD.id() + " 127.0.0.1:7003@17003 slave " + OTHER.id() + " 0 0 2 connected",
            FAR.id() + " 127.0.0.1:7004@17004 slave " + FARTHER.id() + " 0 0 9 connected",
            FARTHER.id() + " 127.0.0.1:7005@17005 master - 0 0 9 connected 8192-16383");
    assertThat(ask("CLUSTER", "REPLICAS", FARTHER.id()))
        .startsWith("*1\r\n")
        .contains(FAR.id() + " 127.0.0.1:7004");
    assertThat(ask("CLUSTER", "REPLICAS", FAR.id()))
        .isEqualTo("-ERR The specified node is not a master\r\n");
    assertThat(ask("CLUSTER", "SHARDS"))
        .startsWith("*2\r\n*4\r\n$5\r\nslots\r\n*2\r\n:0\r\n:8191\r\n$5\r\nnodes\r\n*3\r\n")
        .contains("$5\r\nslots\r\n*2\r\n:8192\r\n:16383\r\n$5\r\nnodes\r\n*2\r\n");
    assertThat(ask("CLUSTER", "LINKS")).startsWith("*8\r\n");
  }

  @Test
  void theClusterIsWholeWhenAllSlotsAreServed() throws IOException {
    cluster.leads();
    assertThat(ask("CLUSTER", "INFO"))
        .contains(
            "cluster_state:fail\r\n",
            "cluster_slots_assigned:8192\r\n",
            "cluster_slots_ok:8192\r\n",
            "cluster_known_nodes:5\r\n",
            "cluster_size:1\r\n",
            "cluster_shards:2\r\n",
            "cluster_shard:0\r\n",
            "cluster_voters:3\r\n");
    cluster.electsFar(FAR);
    assertThat(ask("CLUSTER", "INFO"))
        .contains(
            "cluster_state:ok\r\n",
            "cluster_slots_assigned:16384\r\n",
            "cluster_size:2\r\n",
            "cluster_current_epoch:9\r\n",
            "cluster_my_epoch:2\r\n");
    assertThat(ask("CLUSTER", "MYSHARDID")).isEqualTo("$40\r\n" + "1".repeat(40) + "\r\n");
  }

  @Test
  void membersOfAllShardsAreShown() throws IOException {
    cluster.leads();
    cluster.have(3, 4);
    cluster.electsFar(FAR);
    assertThat(ask("CLUSTER", "MEMBERS"))
        .startsWith("*5\r\n")
        .contains("$5\r\nslots\r\n$6\r\n0-8191\r\n", "$5\r\nslots\r\n$10\r\n8192-16383\r\n")
        .contains("$7\r\nentries\r\n:4\r\n", "$7\r\nentries\r\n$-1\r\n")
        .contains("$5\r\nshard\r\n:1\r\n");
    assertThat(ask("INFO", "replication")).contains("connected_slaves:2");
  }

  @Test
  void slotsOfOtherShardsHoldNothingHere() throws IOException {
    cluster.leads();
    assertThat(ask("MSET", "b", "1", "c", "2")).isEqualTo(OK);
    assertThat(ask("CLUSTER", "COUNTKEYSINSLOT", "3300")).isEqualTo(":1\r\n");
    assertThat(ask("CLUSTER", "COUNTKEYSINSLOT", "15495")).isEqualTo(":0\r\n");
    assertThat(ask("CLUSTER", "SLOT-STATS", "SLOTSRANGE", "8190", "8193"))
        .startsWith("*2\r\n*2\r\n:8190\r\n");
    assertThat(ask("CLUSTER", "SLOT-STATS", "ORDERBY", "KEY-COUNT")).startsWith("*8192\r\n");
  }
}
