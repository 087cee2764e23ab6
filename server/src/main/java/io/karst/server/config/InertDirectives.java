package io.karst.server.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// The directives of Redis that mean nothing here, and why: a file of Redis starts this server, and
/// says so in the log for each of them that is set to something else than Redis's default.
final class InertDirectives {
  static final Declarations OWN = new Declarations("Of Redis, without effect");

  private static final String AS = "as ";

  private static final Map<String, String> REASONS = new HashMap<>();

  static {
    declareLoopsAndTimers();
    declareMemory();
    declareFiles();
    declareProcess();
    declareSurroundings();
    declareTls();
    declareReplication();
    declareCluster();
  }

  private InertDirectives() {}

  private static void declareLoopsAndTimers() {
    inert(
        "hz",
        new WholeKind(1, 500),
        10,
        "nothing is polled: expiry and eviction run when something is due");
    inert("dynamic-hz", new FlagKind(), true, "as hz");
    inert(
        "active-expire-effort",
        new WholeKind(1, 10),
        1,
        "what is due goes within 100 ms, whatever there is of it");
    inert("activerehashing", new FlagKind(), true, "tables grow a step with each change");
    inert(
        "maxmemory-eviction-tenacity",
        new WholeKind(0, 100),
        10,
        "a command makes the room it needs before it runs");
    inert("io-threads-do-reads", new FlagKind(), false, "event loops read and write always");
  }

  private static void declareMemory() {
    inert(
        "activedefrag",
        new FlagKind(),
        false,
        "sparse memory is compacted always, in the background");
    inert(
        "active-defrag-ignore-bytes",
        new SizeKind(0, Long.MAX_VALUE),
        104_857_600L,
        "as activedefrag");
    inert("active-defrag-threshold-lower", new WholeKind(0, 1000), 10, "as activedefrag");
    inert("active-defrag-threshold-upper", new WholeKind(0, 1000), 100, "as activedefrag");
    inert("active-defrag-cycle-min", new WholeKind(1, 99), 1, "as activedefrag");
    inert("active-defrag-cycle-max", new WholeKind(1, 99), 25, "as activedefrag");
    inert(
        "active-defrag-max-scan-fields",
        new WholeKind(1, Integer.MAX_VALUE),
        1000,
        "as activedefrag");
    inert(
        "list-compress-depth",
        new WholeKind(0, Integer.MAX_VALUE),
        0,
        "lists are not compressed in memory; what is on disk is");
    inert("jemalloc-bg-thread", new FlagKind(), true, "memory is not had from jemalloc");
    inert(
        "disable-thp",
        new FlagKind(),
        true,
        "nothing is copied on write, so large pages do no harm");
    inert(
        "lazyfree-lazy-eviction",
        new FlagKind(),
        false,
        "what is large is freed in the background always");
    inert("lazyfree-lazy-expire", new FlagKind(), false, "as lazyfree-lazy-eviction");
    inert("lazyfree-lazy-server-del", new FlagKind(), false, "as lazyfree-lazy-eviction");
    inert("lazyfree-lazy-user-del", new FlagKind(), false, "as lazyfree-lazy-eviction");
    inert("lazyfree-lazy-user-flush", new FlagKind(), false, "as lazyfree-lazy-eviction");
    OWN.alias(
        "slave-lazy-flush",
        inert("replica-lazy-flush", new FlagKind(), false, "as lazyfree-lazy-eviction"));
  }

  private static void declareFiles() {
    inert(
        "appendfilename",
        new TextKind("a name"),
        "appendonly.aof",
        "the history is in segments below dir/wal");
    inert("appenddirname", new TextKind("a name"), "appendonlydir", "as appendfilename");
    inert(
        "auto-aof-rewrite-percentage",
        new WholeKind(0, Integer.MAX_VALUE),
        100,
        "checkpoints keep the history short");
    inert(
        "auto-aof-rewrite-min-size",
        new SizeKind(0, Long.MAX_VALUE),
        67_108_864L,
        "as auto-aof-rewrite-percentage");
    inert(
        "aof-load-truncated",
        new FlagKind(),
        true,
        "a torn end of the history is cut off always; see salvage for what is before it");
    inert(
        "aof-use-rdb-preamble",
        new FlagKind(),
        true,
        "a checkpoint is no file to be read in at the start");
    inert("aof-timestamp-enabled", new FlagKind(), false, "the history has no times");
    inert("aof-rewrite-incremental-fsync", new FlagKind(), true, "nothing is rewritten");
    inert("aof-disable-auto-gc", new FlagKind(), false, "segments before a checkpoint go with it");
    inert("no-appendfsync-on-rewrite", new FlagKind(), false, "a checkpoint holds no sync up");
    inert(
        "rdbcompression",
        new FlagKind(),
        true,
        "RocksDB compresses; exported files are not compressed");
    inert("rdbchecksum", new FlagKind(), true, "everything on disk has a checksum always");
    inert("rdb-save-incremental-fsync", new FlagKind(), true, "a checkpoint is written in parts");
    inert("rdb-del-sync-files", new FlagKind(), false, "there are no files of replication");
    inert(
        "sanitize-dump-payload",
        new WordKind("no", "yes", "clients"),
        "no",
        "payloads are checked always");
    inert(
        "stop-writes-on-bgsave-error",
        new FlagKind(),
        true,
        "a disk that fails stops writes, whatever was written last");
  }

  private static void declareProcess() {
    inert("always-show-logo", new FlagKind(), false, "there is none");
    inert("set-proc-title", new FlagKind(), true, "a JVM cannot name its process");
    inert(
        "proc-title-template",
        new TextKind("a text"),
        "{title} {listen-addr} {server-mode}",
        "as set-proc-title");
    inert("locale-collate", new TextKind("a locale"), "", "SORT ALPHA compares bytes");
    inert("crash-log-enabled", new FlagKind(), true, "the JVM writes hs_err_pid*.log");
    inert("crash-memcheck-enabled", new FlagKind(), true, "as crash-log-enabled");
    inert(
        "ignore-warnings", new TextKind("a word"), "", "no warning keeps the server from starting");
  }

  private static void declareSurroundings() {
    inert(
        "supervised",
        new WordKind("no", "auto", "systemd", "upstart"),
        "no",
        "the line on standard output tells when it is ready; with systemd use Type=exec");
    inert(
        "syslog-ident",
        new TextKind("a text"),
        "redis",
        "the log goes to logfile or standard error");
    inert("syslog-facility", new TextKind("a name"), "local0", "as syslog-ident");
    OWN.alias(
        "server-cpulist",
        inert(
            "server_cpulist",
            new TextKind("processors"),
            "",
            "the threads of a JVM cannot be bound one by one; start it with taskset"));
    OWN.alias(
        "bio-cpulist", inert("bio_cpulist", new TextKind("processors"), "", "as server_cpulist"));
    OWN.alias(
        "aof-rewrite-cpulist",
        inert(
            "aof_rewrite_cpulist",
            new TextKind("processors"),
            "",
            "there is no process besides; as server_cpulist"));
    OWN.alias(
        "bgsave-cpulist",
        inert("bgsave_cpulist", new TextKind("processors"), "", "as aof_rewrite_cpulist"));
    inert(
        "enable-debug-command",
        new WordKind("no", "yes", "local"),
        "no",
        "DEBUG has nothing that harms");
    inert(
        "enable-protected-configs",
        new WordKind("no", "yes", "local"),
        "no",
        "no directive is protected");
    inert(
        "enable-module-command", new WordKind("no", "yes", "local"), "no", "there are no modules");
    inert(
        "shutdown-timeout",
        new WholeKind(0, Integer.MAX_VALUE),
        10,
        "there is no replica to wait for");
    inert("socket-mark-id", new WholeKind(0, Integer.MAX_VALUE), 0, "sockets carry no mark");
    inert("bind-source-addr", new TextKind("an address"), "", "the server connects to nobody");
    inert(
        "max-new-connections-per-cycle",
        new WholeKind(1, 1000),
        10,
        "each loop takes one new connection at a time");
    inert(
        "max-new-tls-connections-per-cycle",
        new WholeKind(1, 1000),
        1,
        "as max-new-connections-per-cycle");
    inert("hide-user-data-from-log", new FlagKind(), true, "keys and values are never logged");
  }

  private static void declareTls() {
    inert(
        "tls-dh-params-file",
        new TextKind("a path"),
        "",
        "keys are agreed on elliptic curves only");
    inert("tls-client-cert-file", new TextKind("a path"), "", "the server connects to nobody");
    inert("tls-client-key-file", new TextKind("a path"), "", "as tls-client-cert-file");
    inert("tls-client-key-file-pass", new TextKind("a password"), "", "as tls-client-cert-file");
  }

  private static void declareReplication() {
    inert(
        "repl-backlog-size",
        new SizeKind(0, Long.MAX_VALUE),
        1_048_576L,
        "this version has no replicas");
    OWN.alias(
        "primaryauth", inert("masterauth", new TextKind("a password"), "", "as repl-backlog-size"));
    OWN.alias(
        "primaryuser", inert("masteruser", new TextKind("a name"), "", "as repl-backlog-size"));
    inert("repl-backlog-ttl", new WholeKind(0, Integer.MAX_VALUE), 3600, "as repl-backlog-size");
    inert("repl-timeout", new WholeKind(1, Integer.MAX_VALUE), 60, "as repl-backlog-size");
    OWN.alias(
        "repl-ping-slave-period",
        inert(
            "repl-ping-replica-period",
            new WholeKind(1, Integer.MAX_VALUE),
            10,
            "as repl-backlog-size"));
    inert("repl-disable-tcp-nodelay", new FlagKind(), false, "as repl-backlog-size");
    inert("repl-diskless-sync", new FlagKind(), true, "as repl-backlog-size");
    inert(
        "repl-diskless-sync-delay", new WholeKind(0, Integer.MAX_VALUE), 5, "as repl-backlog-size");
    inert(
        "repl-diskless-sync-max-replicas",
        new WholeKind(0, Integer.MAX_VALUE),
        0,
        "as repl-backlog-size");
    inert(
        "repl-diskless-load",
        new WordKind("disabled", "on-empty-db", "swapdb", "flush-before-load"),
        "disabled",
        "as repl-backlog-size");
    OWN.alias(
        "slave-priority",
        inert(
            "replica-priority", new WholeKind(0, Integer.MAX_VALUE), 100, "as repl-backlog-size"));
    OWN.alias(
        "slave-read-only",
        inert("replica-read-only", new FlagKind(), true, "as repl-backlog-size"));
    OWN.alias(
        "slave-serve-stale-data",
        inert("replica-serve-stale-data", new FlagKind(), true, "as repl-backlog-size"));
    OWN.alias(
        "slave-ignore-maxmemory",
        inert("replica-ignore-maxmemory", new FlagKind(), true, "as repl-backlog-size"));
    inert("replica-ignore-disk-write-errors", new FlagKind(), false, "as repl-backlog-size");
    inert("replica-announced", new FlagKind(), true, "as repl-backlog-size");
    OWN.alias(
        "slave-announce-ip",
        inert("replica-announce-ip", new TextKind("an address"), "", "as repl-backlog-size"));
    OWN.alias(
        "slave-announce-port",
        inert("replica-announce-port", new WholeKind(0, 65535), 0, "as repl-backlog-size"));
    inert(
        "propagation-error-behavior",
        new WordKind("ignore", "panic", "panic-on-replicas"),
        "ignore",
        "as repl-backlog-size");
  }

  private static void declareCluster() {
    inert(
        "cluster-node-timeout",
        new WholeKind(0, Integer.MAX_VALUE),
        15000,
        "the members of a cluster elect a leader within seconds, whatever this says");
    inert(
        "cluster-config-file",
        new TextKind("a name"),
        "nodes.conf",
        "what a member knows of its cluster is below `dir`");
    inert(
        "cluster-announce-human-nodename",
        new TextKind("a name"),
        "",
        "members are known by id and address");
    OWN.alias(
        "cluster-slave-validity-factor",
        inert(
            "cluster-replica-validity-factor",
            new WholeKind(0, Integer.MAX_VALUE),
            10,
            "only who has everything that was acknowledged can be elected"));
    OWN.alias(
        "cluster-slave-no-failover",
        inert(
            "cluster-replica-no-failover",
            new FlagKind(),
            false,
            "./karst cluster demote makes a member one that only follows"));
    inert(
        "cluster-migration-barrier",
        new WholeKind(0, Integer.MAX_VALUE),
        1,
        "all members have all slots");
    inert("cluster-allow-replica-migration", new FlagKind(), true, "as cluster-migration-barrier");
    inert("cluster-require-full-coverage", new FlagKind(), true, "as cluster-migration-barrier");
    inert(
        "cluster-link-sendbuf-limit",
        new SizeKind(0, Long.MAX_VALUE),
        0L,
        "what a slow member has not got yet is in the log, on disk");
  }

  /// - `reason`: why, or `as` and the name of one before it.
  private static <T> Directive<T> inert(String name, Kind<T> kind, T byDefault, String reason) {
    String why =
        reason.startsWith(AS)
            ? Objects.requireNonNull(REASONS.get(reason.substring(AS.length())))
            : reason;
    REASONS.put(name, why);
    return OWN.atRunTime(name, new InertKind<>(kind, why), byDefault, sentence(why));
  }

  private static String sentence(String why) {
    return Character.toUpperCase(why.charAt(0)) + why.substring(1) + ".";
  }
}
