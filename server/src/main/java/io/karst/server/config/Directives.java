package io.karst.server.config;

import static io.karst.base.Limits.STRING_SIZE_MAX;

import io.karst.engine.Eviction;
import io.karst.eviction.AccessMeter;
import io.karst.eviction.EvictionPolicy;
import io.karst.history.SyncPolicy;
import io.karst.server.config.Directive.Declaration;
import io.karst.value.NodeLimit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every directive there is, in the order in which people read about them.
public final class Directives {
  private static final String NETWORK = "Network";
  private static final String CLIENTS = "Clients and their limits";
  private static final String MEMORY = "Memory and keys";
  private static final String DISK = "Disk";
  private static final String PROCESS = "Process and log";
  private static final String ONE_VALUE = "Of Redis, with one value in this version";

  private static final int MB = 1 << 20;

  /// Buffers are Java arrays, which end a little short of 2 GB.
  private static final int ARRAY_MAX = Integer.MAX_VALUE - 8;

  private static final List<Directive<?>> ALL = new ArrayList<>();
  private static final Map<String, Directive<?>> BY_NAME = new LinkedHashMap<>();
  private static final Map<String, Directive<?>> ALIASES = new LinkedHashMap<>();

  public static final Directive<List<String>> BIND =
      fixed(
          NETWORK,
          "bind",
          new ListKind(
              16,
              "addresses; `*` is every IPv4 one, `::*` every IPv6 one; one after `-`"
                  + " may be missing"),
          List.of("127.0.0.1", "-::1"),
          "The addresses to listen on.");

  public static final Directive<Integer> PORT =
      fixed(
          NETWORK,
          "port",
          new WholeKind(0, 65535),
          6379,
          "The TCP port to listen on; 0 takes a free one, and standard output tells which.");

  public static final Directive<Integer> TCP_BACKLOG =
      fixed(
          NETWORK,
          "tcp-backlog",
          new WholeKind(1, Integer.MAX_VALUE),
          511,
          "How many connections may wait to be accepted; the kernel may allow fewer.");

  public static final Directive<Integer> TCP_KEEPALIVE =
      atRunTime(
          NETWORK,
          "tcp-keepalive",
          new WholeKind(0, Integer.MAX_VALUE),
          300,
          "Seconds of silence after which the kernel asks whether the peer is there; 0 never asks."
              + " Holds for connections accepted from then on.");

  public static final Directive<TransportChoice> TRANSPORT =
      fixed(
          NETWORK,
          "transport",
          ChoiceKind.of(TransportChoice.class),
          TransportChoice.AUTO,
          "How sockets are driven; `auto` takes the fastest that the machine has.");

  public static final Directive<Integer> IO_THREADS =
      fixed(
          NETWORK,
          "io-threads",
          new ThreadCountKind(),
          Math.max(1, Machine.processors() - 1), // docs/adr/0007
          "Event loops, which read, execute and answer.");

  public static final Directive<Boolean> PROTECTED_MODE =
      atRunTime(
          NETWORK,
          "protected-mode",
          new FlagKind(),
          true,
          "Refuse other machines' clients while no password is set.");

  public static final Directive<String> REQUIREPASS =
      atRunTime(
          CLIENTS,
          "requirepass",
          new TextKind("a password; `\"\"` is none"),
          "",
          "What a client has to give to `AUTH` or `HELLO` before anything else.");

  public static final Directive<Integer> MAXCLIENTS =
      atRunTime(
          CLIENTS,
          "maxclients",
          new WholeKind(1, Integer.MAX_VALUE),
          10_000,
          "Connections at a time; those beyond are refused with an error.");

  public static final Directive<Integer> TIMEOUT =
      atRunTime(
          CLIENTS,
          "timeout",
          new WholeKind(0, Integer.MAX_VALUE),
          0,
          "Seconds without a command after which a client is disconnected; 0 never does.");

  public static final Directive<Long> PROTO_MAX_BULK_LEN =
      atRunTime(
          CLIENTS,
          "proto-max-bulk-len",
          new SizeKind(MB, STRING_SIZE_MAX),
          (long) STRING_SIZE_MAX,
          "The largest argument and the largest string.");

  public static final Directive<Long> CLIENT_QUERY_BUFFER_LIMIT =
      atRunTime(
          CLIENTS,
          "client-query-buffer-limit",
          new SizeKind(MB, ARRAY_MAX),
          1024L * MB,
          "How much of unfinished and queued commands a client may send before it is"
              + " disconnected.");

  public static final Directive<OutputLimits> CLIENT_OUTPUT_BUFFER_LIMIT =
      atRunTime(
          CLIENTS,
          "client-output-buffer-limit",
          new OutputLimitsKind(),
          OutputLimits.DEFAULT,
          "How many replies may wait for a client that does not read them before it is"
              + " disconnected; a line a class, 0 is no limit.");

  public static final Directive<Integer> DATABASES =
      fixed(MEMORY, "databases", new WholeKind(1, 1024), 16, "The number of databases.");

  public static final Directive<MemoryLimit> MAXMEMORY =
      atRunTime(
          MEMORY,
          "maxmemory",
          new MemoryLimitKind(Machine.current()),
          MemoryLimit.AUTOMATIC,
          "How much memory the data may take; 0 takes a safe share of the machine's or the"
              + " container's, which `INFO memory` tells.");

  public static final Directive<EvictionPolicy> MAXMEMORY_POLICY =
      atRunTime(
          MEMORY,
          "maxmemory-policy",
          new ChoiceKind<>(List.of(EvictionPolicy.values()), EvictionPolicy::directive),
          EvictionPolicy.SPILL,
          "What goes when `maxmemory` is reached: nothing, so that writes are refused; keys,"
              + " among all or among those that expire; or, with `spill`, only what is on disk,"
              + " from memory. With `memory-only`, `noeviction` if nothing else is said.");

  public static final Directive<Integer> MAXMEMORY_SAMPLES =
      atRunTime(
          MEMORY,
          "maxmemory-samples",
          new WholeKind(1, 64),
          Eviction.SAMPLES,
          "How many keys are looked at to find one to evict.");

  public static final Directive<Integer> LFU_LOG_FACTOR =
      atRunTime(
          MEMORY,
          "lfu-log-factor",
          new WholeKind(0, Integer.MAX_VALUE),
          AccessMeter.LOG_FACTOR,
          "How much rarer the increments of a key's frequency become as it grows.");

  public static final Directive<Integer> LFU_DECAY_TIME =
      atRunTime(
          MEMORY,
          "lfu-decay-time",
          new WholeKind(0, Integer.MAX_VALUE),
          AccessMeter.DECAY_MINUTES,
          "For how many minutes without an access a key's frequency loses 1; 0 is never.");

  public static final Directive<Integer> HLL_SPARSE_MAX_BYTES =
      atRunTime(
          MEMORY,
          "hll-sparse-max-bytes",
          new WholeKind(0, Integer.MAX_VALUE),
          3000,
          "Up to how many bytes a HyperLogLog is held as runs of equal registers; beyond, it takes"
              + " 12304.");

  public static final Directive<Boolean> ACTIVE_EXPIRE =
      atRunTime(
          MEMORY,
          "active-expire",
          new FlagKind(),
          true,
          "Delete keys when they are due; otherwise only when somebody asks for them.");

  public static final Directive<Integer> HASH_MAX_LISTPACK_ENTRIES =
      packed(
          "hash-max-listpack-entries",
          "hash-max-ziplist-entries",
          512,
          "Up to how many fields a hash is packed into the record of its key.");

  public static final Directive<Integer> HASH_MAX_LISTPACK_VALUE =
      packed(
          "hash-max-listpack-value",
          "hash-max-ziplist-value",
          64,
          "Up to which length of its fields and values, in bytes.");

  public static final Directive<Integer> LIST_MAX_LISTPACK_SIZE =
      alias(
          "list-max-ziplist-size",
          atRunTime(
              MEMORY,
              "list-max-listpack-size",
              new WholeKind(Integer.MIN_VALUE, Integer.MAX_VALUE),
              NodeLimit.DEFAULT,
              "Up to which size a list is packed into the record of its key, and how large the"
                  + " nodes of a larger one are: a number of elements, or 4, 8, 16, 32, 64 KB for"
                  + " -1 to -5; 0 is as 1, and what is lower as -5."));

  public static final Directive<Integer> SET_MAX_INTSET_ENTRIES =
      packed(
          "set-max-intset-entries",
          null,
          512,
          "Up to how many members a set of integers is an array of them.");

  public static final Directive<Integer> SET_MAX_LISTPACK_ENTRIES =
      packed(
          "set-max-listpack-entries",
          null,
          128,
          "Up to how many members another set is packed into the record of its key.");

  public static final Directive<Integer> SET_MAX_LISTPACK_VALUE =
      packed("set-max-listpack-value", null, 64, "Up to which length of its members, in bytes.");

  public static final Directive<Integer> ZSET_MAX_LISTPACK_ENTRIES =
      packed(
          "zset-max-listpack-entries",
          "zset-max-ziplist-entries",
          128,
          "Up to how many members a sorted set is packed into the record of its key.");

  public static final Directive<Integer> ZSET_MAX_LISTPACK_VALUE =
      packed(
          "zset-max-listpack-value",
          "zset-max-ziplist-value",
          64,
          "Up to which length of its members, in bytes.");

  public static final Directive<Integer> STREAM_NODE_MAX_BYTES =
      packed(
          "stream-node-max-bytes",
          null,
          4096,
          "Up to which size entries are packed into one node of a stream, in bytes; 0: any.");

  public static final Directive<Integer> STREAM_NODE_MAX_ENTRIES =
      packed(
          "stream-node-max-entries",
          null,
          100,
          "Up to how many entries are packed into one node of a stream; 0: any number.");

  public static final Directive<String> DIR =
      fixed(
          DISK,
          "dir",
          new DirectoryKind(),
          "./karst-data",
          "Where the data is kept; made if it is not there. One server at a time has it.");

  public static final Directive<Boolean> MEMORY_ONLY =
      fixed(
          DISK,
          "memory-only",
          new FlagKind(),
          false,
          "Keep nothing on disk: the data ends with the process.");

  public static final Directive<Boolean> APPENDONLY =
      fixed(
          DISK,
          "appendonly",
          new FlagKind(),
          true,
          "Write every change to the history on disk; otherwise a crash loses what came after the"
              + " latest checkpoint. Always `no` with `memory-only`.");

  public static final Directive<String> BACKUPDIRNAME =
      atRunTime(
          DISK,
          "backupdirname",
          new FileNameKind(),
          "backupdir",
          "The directory below `dir` that `BACKUP START` makes a backup in.");

  public static final Directive<SyncPolicy> APPENDFSYNC =
      atRunTime(
          DISK,
          "appendfsync",
          ChoiceKind.of(SyncPolicy.class),
          SyncPolicy.EVERYSEC,
          "When changes are made safe from a power cut: before they are acknowledged, within a"
              + " second, or when the operating system likes. A connection may ask for more or"
              + " less with `CLIENT DURABILITY`.");

  public static final Directive<SaveRules> SAVE =
      atRunTime(
          DISK,
          "save",
          new SaveRulesKind(),
          SaveRules.DEFAULT,
          "When to take a checkpoint besides those that keep the history short: after so many"
              + " seconds if there were so many changes.");

  public static final Directive<Boolean> SALVAGE =
      fixed(
          DISK,
          "salvage",
          new FlagKind(),
          false,
          "Start although the history is damaged, without what comes after the damage.");

  public static final Directive<LogLevel> LOGLEVEL =
      atRunTime(
          PROCESS,
          "loglevel",
          ChoiceKind.of(LogLevel.class),
          LogLevel.NOTICE,
          "The least important messages that are logged.");

  public static final Directive<String> LOGFILE =
      fixed(
          PROCESS,
          "logfile",
          new TextKind("a path; `\"\"` is standard error"),
          "",
          "Where the log goes.");

  public static final Directive<String> PIDFILE =
      fixed(
          PROCESS,
          "pidfile",
          new TextKind("a path; `\"\"` is none"),
          "",
          "A file with the process's id, written when the server is ready, removed at its end.");

  public static final Directive<String> DBFILENAME =
      only(
          "dbfilename",
          "dump.rdb",
          "checkpoints are not files of their own",
          "What clients expect a snapshot to be called.");

  public static final Directive<String> NOTIFY_KEYSPACE_EVENTS =
      only(
          "notify-keyspace-events",
          "",
          "this version publishes no keyspace events",
          "No keyspace events are published.");

  public static final Directive<String> LIST_COMPRESS_DEPTH =
      only(
          "list-compress-depth",
          "0",
          "the nodes of lists are not compressed",
          "No node of a list is compressed.");

  public static final Directive<String> CLUSTER_ENABLED =
      only("cluster-enabled", "no", "this version is a single server", "No cluster.");

  public static final Directive<String> DAEMONIZE =
      only(
          "daemonize",
          "no",
          "the server stays in the foreground; let a supervisor put it in the background",
          "The server stays in the foreground.");

  private Directives() {}

  /// All of them, in the order of their declaration.
  public static List<Directive<?>> all() {
    return Collections.unmodifiableList(ALL);
  }

  /// Former names, which clients and files may still use.
  public static Map<String, Directive<?>> aliases() {
    return Collections.unmodifiableMap(ALIASES);
  }

  /// The directive of this name, or once of this name, in upper or lower case; null if there is
  /// none.
  public static @Nullable Directive<?> find(String name) {
    return BY_NAME.get(name.toLowerCase(Locale.ROOT));
  }

  private static <T> Directive<T> fixed(
      String section, String name, Kind<T> kind, T byDefault, String summary) {
    return declare(new Declaration(ALL.size(), section, name, true, summary), kind, byDefault);
  }

  private static <T> Directive<T> atRunTime(
      String section, String name, Kind<T> kind, T byDefault, String summary) {
    return declare(new Declaration(ALL.size(), section, name, false, summary), kind, byDefault);
  }

  /// A bound up to which collections are packed.
  private static Directive<Integer> packed(
      String name, @Nullable String formerName, int byDefault, String summary) {
    WholeKind kind = new WholeKind(0, Integer.MAX_VALUE);
    Directive<Integer> directive = atRunTime(MEMORY, name, kind, byDefault, summary);
    return formerName == null ? directive : alias(formerName, directive);
  }

  private static <T> Directive<T> alias(String formerName, Directive<T> directive) {
    BY_NAME.put(formerName, directive);
    ALIASES.put(formerName, directive);
    return directive;
  }

  private static Directive<String> only(String name, String value, String why, String summary) {
    return atRunTime(ONE_VALUE, name, new OnlyKind(value, why), value, summary);
  }

  private static <T> Directive<T> declare(Declaration declaration, Kind<T> kind, T byDefault) {
    Directive<T> directive = declaration.of(kind, byDefault);
    ALL.add(directive);
    BY_NAME.put(directive.name(), directive);
    return directive;
  }
}
