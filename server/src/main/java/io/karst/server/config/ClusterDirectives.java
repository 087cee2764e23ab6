package io.karst.server.config;

import java.util.List;

/// The directives about being one of several servers that hold the same data.
public final class ClusterDirectives {
  static final Declarations OWN = new Declarations("Cluster");

  public static final Directive<Boolean> ENABLED =
      OWN.fixed(
          "cluster-enabled", new FlagKind(), false, "Be a member of a cluster: docs/CLUSTER.md.");

  public static final Directive<Integer> PORT =
      OWN.fixed(
          "cluster-port",
          new WholeKind(0, 65535),
          0,
          "The port the members speak to each other on; 0 is the port for clients and 10000.");

  public static final Directive<List<String>> SEEDS =
      OWN.fixed(
          "cluster-seeds",
          new SeedsKind(),
          List.of(),
          "The members that form the cluster, by their cluster ports, this one among them; of a"
              + " member that joins later, any that are there.");

  public static final Directive<Integer> REPLICATION_FACTOR =
      OWN.fixed(
          "cluster-replication-factor",
          new WholeKind(1, 9),
          3,
          "How many members count for majorities; who joins beyond that only follows, until it is"
              + " promoted.");

  public static final Directive<Integer> MAX_STALENESS =
      OWN.atRunTime(
          "cluster-max-staleness",
          new WholeKind(0, Integer.MAX_VALUE),
          5000,
          "For how many milliseconds, at most, what a follower answers to a `READONLY` connection"
              + " may have been overtaken; beyond that it sends the client to the leader.");

  public static final Directive<Boolean> ALLOW_SHARD_MULTIKEY =
      OWN.atRunTime(
          "cluster-allow-shard-multikey",
          new FlagKind(),
          true,
          "Let a command, a transaction or a script have keys of several slots that one server"
              + " owns. Redis does not.");

  public static final Directive<Boolean> READS_WHEN_DOWN =
      OWN.atRunTime(
          "cluster-allow-reads-when-down",
          new FlagKind(),
          false,
          "Answer `READONLY` connections from a follower whatever the age of what it has, as long"
              + " as nobody leads.");

  public static final Directive<Boolean> PUBSUB_WHEN_DOWN =
      OWN.atRunTime(
          "cluster-allow-pubsubshard-when-down",
          new FlagKind(),
          true,
          "Take shard channels' messages and listeners here as long as nobody leads.");

  public static final Directive<String> ANNOUNCE_IP =
      OWN.fixed(
          "cluster-announce-ip",
          new TextKind("an address; `\"\"` is the first of `bind`"),
          "",
          "Where the others, and their clients, find this member.");

  public static final Directive<Integer> ANNOUNCE_PORT =
      OWN.fixed(
          "cluster-announce-port",
          new WholeKind(0, 65535),
          0,
          "The port they are told for clients; 0 is `port`.");

  public static final Directive<Integer> ANNOUNCE_TLS_PORT =
      OWN.fixed(
          "cluster-announce-tls-port",
          new WholeKind(0, 65535),
          0,
          "As `cluster-announce-port`, of a member that has a `tls-port` only; 0 is that.");

  public static final Directive<Integer> ANNOUNCE_BUS_PORT =
      OWN.fixed(
          "cluster-announce-bus-port",
          new WholeKind(0, 65535),
          0,
          "The port the other members are told; 0 is `cluster-port`.");

  public static final Directive<String> ANNOUNCE_HOSTNAME =
      OWN.fixed(
          "cluster-announce-hostname",
          new TextKind("a name"),
          "",
          "What clients are told instead of the address, with `cluster-preferred-endpoint-type"
              + " hostname`.");

  public static final Directive<String> PREFERRED_ENDPOINT_TYPE =
      OWN.fixed(
          "cluster-preferred-endpoint-type",
          new WordKind("ip", "hostname"),
          "ip",
          "Whether clients are told the address or the name.");

  public static final Directive<String> SECRET =
      OWN.fixed(
          "cluster-secret",
          new TextKind("a password; `\"\"` is none"),
          "",
          "What members of this cluster know; others are refused.");

  public static final Directive<Boolean> TLS =
      OWN.fixed(
          "tls-cluster",
          new FlagKind(),
          false,
          "Encrypt what the members say to each other, with `tls-cert-file`, `tls-key-file` and"
              + " `tls-ca-cert-file`, which all of them have to show and to trust.");

  private ClusterDirectives() {}
}
