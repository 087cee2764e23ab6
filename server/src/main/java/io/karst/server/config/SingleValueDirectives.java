package io.karst.server.config;

/// The directives about what Redis lets choose and this version does not.
public final class SingleValueDirectives {
  static final Declarations OWN = new Declarations("Of Redis, with one value in this version");

  public static final Directive<String> DBFILENAME =
      OWN.only(
          "dbfilename",
          "dump.rdb",
          "checkpoints are not files of their own",
          "What clients expect a snapshot to be called.");

  public static final Directive<String> DAEMONIZE =
      OWN.only(
          "daemonize",
          "no",
          "the server stays in the foreground; let a supervisor put it in the background",
          "The server stays in the foreground.");

  static {
    String noReplicas = "there are no replicas but the members of a cluster";
    String bySignal = "a signal is answered by an orderly end always";
    alias("slaveof", "replicaof", "", noReplicas + "; ./karst import takes the keys of a Redis");
    alias("min-slaves-to-write", "min-replicas-to-write", "0", noReplicas);
    alias("min-slaves-max-lag", "min-replicas-max-lag", "10", noReplicas);
    OWN.only("tls-replication", "no", noReplicas, "There are no replicas.");
    OWN.only("shutdown-on-sigint", "default", bySignal, "The end is an orderly one.");
    OWN.only("shutdown-on-sigterm", "default", bySignal, "The end is an orderly one.");
    OWN.only(
        "syslog-enabled",
        "no",
        "the log goes to logfile or standard error, from where journald or syslog take it",
        "The log does not go to syslog.");
  }

  private SingleValueDirectives() {}

  private static void alias(String former, String name, String only, String why) {
    OWN.alias(former, OWN.only(name, only, why, "There are no replicas."));
  }
}
