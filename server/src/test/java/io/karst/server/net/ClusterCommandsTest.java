package io.karst.server.net;

import static io.karst.server.net.HandMovedCluster.OTHER;
import static io.karst.server.net.HandMovedCluster.SELF;
import static io.karst.server.net.HandMovedCluster.THIRD;
import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// What a member tells of its cluster, and what it can be told to do.
class ClusterCommandsTest extends InCluster {

  ClusterCommandsTest() {
    super(new HandMovedCluster());
  }

  private static String node(String id, int port) {
    return "*4\r\n$9\r\n127.0.0.1\r\n:" + port + "\r\n$40\r\n" + id + "\r\n*0\r\n";
  }

  @Test
  void theLeaderHasAllSlots() throws IOException {
    cluster.follows(OTHER);
    assertThat(ask("CLUSTER", "SLOTS"))
        .isEqualTo(
            "*1\r\n*5\r\n:0\r\n:16383\r\n"
                + node(OTHER.id(), 7002)
                + node(SELF.id(), 7001)
                + node(THIRD.id(), 7003));
    assertThat(ask("CLUSTER", "NODES").lines().skip(1).limit(3))
        .containsExactly(
            SELF.id() + " 127.0.0.1:7001@17001 myself,slave " + OTHER.id() + " 0 0 1 connected",
            OTHER.id() + " 127.0.0.1:7002@17002 master - 0 0 1 connected 0-16383",
            THIRD.id() + " 127.0.0.1:7003@17003 slave " + OTHER.id() + " 0 0 1 connected");
    assertThat(ask("CLUSTER", "SHARDS")).contains("replica", "master", "online");
    assertThat(ask("CLUSTER", "REPLICAS", OTHER.id())).startsWith("*2\r\n");
    assertThat(ask("CLUSTER", "REPLICAS", SELF.id()))
        .isEqualTo("-ERR The specified node is not a master\r\n");
    assertThat(ask("CLUSTER", "REPLICAS", "x")).isEqualTo("-ERR Unknown node x\r\n");
  }

  /// Who asks for the topology in the moment of a change gets one that covers all slots.
  @Test
  void whileNobodyLeadsWhoLedLastIsShown() throws IOException {
    cluster.follows(OTHER);
    String before = ask("CLUSTER", "SLOTS");
    cluster.elects(null);
    assertThat(ask("CLUSTER", "SLOTS")).isEqualTo(before);
    assertThat(ask("CLUSTER", "NODES")).contains("7002@17002 master - 0 0 2 connected 0-16383");
    assertThat(ask("CLUSTER", "INFO"))
        .contains("cluster_state:fail", "cluster_slots_assigned:16384", "cluster_slots_ok:0");
    assertThat(ask("GET", "k")).isEqualTo("-CLUSTERDOWN Hash slot not served\r\n");
  }

  @Test
  void beforeAnybodyHasLedNobodyHasAnySlot() throws IOException {
    assertThat(ask("CLUSTER", "SLOTS")).isEqualTo("*0\r\n");
    assertThat(ask("CLUSTER", "NODES")).contains("myself,slave -").doesNotContain("16383");
    assertThat(ask("CLUSTER", "INFO")).contains("cluster_state:fail", "cluster_slots_assigned:0");
    cluster.leads();
    assertThat(ask("CLUSTER", "INFO")).contains("cluster_state:ok", "cluster_slots_assigned:16384");
  }

  @Test
  void aMemberSaysWhatItIs() throws IOException {
    cluster.leads();
    cluster.have(3, 4);
    assertThat(ask("CLUSTER", "MYID")).isEqualTo("$40\r\n" + SELF.id() + "\r\n");
    assertThat(ask("CLUSTER", "MYSHARDID")).startsWith("$40\r\n");
    assertThat(ask("ROLE").split("\r\n", -1))
        .containsExactly(
            "*3 $6 master :1 *2 *3 $9 127.0.0.1 $4 7002 $1 4 *3 $9 127.0.0.1 $4 7003 $1 5 "
                .split(" ", -1));
    assertThat(ask("HELLO")).contains("cluster", "master");
    assertThat(ask("INFO", "replication")).contains("role:master", "slave1:ip=127.0.0.1,port=7003");
    assertThat(ask("INFO", "cluster")).contains("cluster_enabled:1", "cluster_role:leading");
    assertThat(ask("INFO", "server")).contains("redis_mode:cluster");
    cluster.deposed(OTHER);
    cluster.log.rewind();
    cluster.follows(OTHER);
    assertThat(ask("ROLE"))
        .startsWith("*5\r\n$5\r\nslave\r\n$9\r\n127.0.0.1\r\n:7002\r\n$9\r\nconnected");
    assertThat(ask("HELLO")).contains("replica");
    assertThat(ask("INFO", "replication")).contains("role:slave", "master_port:7002");
    assertThat(ask("CLUSTER", "LINKS")).startsWith("*4\r\n");
  }

  @Test
  void slotsCanBeLookedInto() throws IOException {
    cluster.leads();
    assertThat(ask("MSET", "a", "1", "{a}b", "2", "b", "3")).isEqualTo(OK);
    assertThat(ask("CLUSTER", "KEYSLOT", "{a}b")).isEqualTo(":15495\r\n");
    assertThat(ask("CLUSTER", "COUNTKEYSINSLOT", "15495")).isEqualTo(":2\r\n");
    assertThat(ask("CLUSTER", "COUNTKEYSINSLOT", "16384")).isEqualTo("-ERR Invalid slot\r\n");
    assertThat(ask("CLUSTER", "GETKEYSINSLOT", "15495", "1")).startsWith("*1\r\n");
    assertThat(ask("CLUSTER", "GETKEYSINSLOT", "15495", "5")).startsWith("*2\r\n");
    assertThat(ask("CLUSTER", "SLOT-STATS", "ORDERBY", "KEY-COUNT", "LIMIT", "1"))
        .isEqualTo("*1\r\n*2\r\n:15495\r\n*2\r\n$9\r\nkey-count\r\n:2\r\n");
    assertThat(ask("CLUSTER", "SLOT-STATS", "SLOTSRANGE", "15494", "15495")).startsWith("*2\r\n");
    assertThat(ask("CLUSTER", "SLOT-STATS", "SLOTSRANGE", "2", "1")).startsWith("-ERR ");
  }

  @Test
  void peopleMayChangeWhoLeadsAndWhoVotes() throws IOException {
    cluster.leads();
    assertThat(ask("CLUSTER", "FAILOVER"))
        .isEqualTo("-ERR You should send CLUSTER FAILOVER to a replica\r\n");
    assertThat(ask("CLUSTER", "MOVELEADER", OTHER.id())).isEqualTo(OK);
    assertThat(ask("CLUSTER", "VOTE", THIRD.id(), "NO")).isEqualTo(OK);
    assertThat(ask("CLUSTER", "REMOVE", THIRD.id().toUpperCase(Locale.ROOT))).isEqualTo(OK);
    cluster.elects(OTHER);
    assertThat(ask("CLUSTER", "FAILOVER")).isEqualTo(OK);
    assertThat(ask("CLUSTER", "FAILOVER", "TAKEOVER")).startsWith("-ERR A majority decides");
    assertThat(cluster.asked)
        .containsExactly(
            "lead " + OTHER.id(),
            "voting false " + THIRD.id(),
            "remove " + THIRD.id(),
            "lead " + SELF.id());
    cluster.refuses("there is no majority");
    assertThat(ask("CLUSTER", "REMOVE", THIRD.id())).isEqualTo("-ERR there is no majority\r\n");
    assertThat(ask("CLUSTER", "MEMBERS")).startsWith("*3\r\n").contains("leader", "follower");
  }

  @Test
  void whatNobodyNeedsSaysWhatToDoInstead() throws IOException {
    cluster.leads();
    assertThat(ask("CLUSTER", "MEET", "127.0.0.1", "1")).contains("is not needed here: ");
    assertThat(ask("CLUSTER", "ADDSLOTS", "1")).contains("is not needed here: ");
    assertThat(ask("CLUSTER", "SETSLOT", "1", "STABLE")).contains("is not needed here: ");
    assertThat(ask("CLUSTER", "RESET")).contains("is not needed here: ");
    assertThat(ask("ASKING")).isEqualTo(OK);
  }

  @Test
  void waitCountsWhoHasTheLogAsFar() throws IOException {
    cluster.leads();
    cluster.have(0, 0);
    assertThat(ask("WAIT", "2", "1")).isEqualTo(":2\r\n"); // Nothing was written.
    ask("SET", "k", "v");
    cluster.have(9, 0);
    assertThat(ask("WAIT", "1", "1")).isEqualTo(":0\r\n"); // No majority has it.
    cluster.log.durable(1);
    assertThat(ask("WAIT", "1", "0")).isEqualTo(":1\r\n");
    assertThat(ask("WAITAOF", "1", "1", "0")).isEqualTo("*2\r\n:1\r\n:1\r\n");
    client.send(request("WAIT", "2", "0"));
    await().until(() -> server.server.signal().waiting() == 1);
    assertThat(client.hasHeardNothing()).isTrue();
    cluster.have(9, 1);
    assertThat(client.reply()).isEqualTo(":2\r\n");
    cluster.deposed(OTHER);
    cluster.log.rewind();
    cluster.follows(OTHER);
    assertThat(ask("WAIT", "0", "0"))
        .isEqualTo("-ERR WAIT cannot be used with replica instances.\r\n");
  }

  @Test
  void aServerByItselfSaysThatItIs() throws IOException {
    try (WireServer single = WireServer.withAll();
        WireClient its = single.connect()) {
      String disabled = "-ERR This instance has cluster support disabled\r\n";
      assertThat(its.ask(request("CLUSTER", "NODES"))).isEqualTo(disabled);
      assertThat(its.ask(request("CLUSTER", "COUNTKEYSINSLOT", "1"))).isEqualTo(disabled);
      assertThat(its.ask(request("CLUSTER", "MEET", "h", "1"))).isEqualTo(disabled);
      assertThat(its.ask(request("READONLY"))).isEqualTo(disabled);
      assertThat(its.ask(request("READWRITE"))).isEqualTo(disabled);
      assertThat(its.ask(request("CLIENT", "DURABILITY", "QUORUM"))).startsWith("-ERR ");
      assertThat(its.ask(request("INFO", "cluster"))).contains("cluster_enabled:0");
    }
  }
}
