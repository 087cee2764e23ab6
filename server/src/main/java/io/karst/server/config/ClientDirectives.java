package io.karst.server.config;

import static io.karst.base.Limits.STRING_SIZE_MAX;

/// The directives about what clients may do and take.
public final class ClientDirectives {
  static final Declarations OWN = new Declarations("Clients and their limits");

  private static final int MB = 1 << 20;

  /// Buffers are Java arrays, which end a little short of 2 GB.
  private static final int ARRAY_MAX = Integer.MAX_VALUE - 8;

  public static final Directive<String> REQUIREPASS =
      OWN.atRunTime(
          "requirepass",
          new TextKind("a password; `\"\"` is none"),
          "",
          "What a client has to give to `AUTH` or `HELLO` before anything else.");

  public static final Directive<Integer> MAXCLIENTS =
      OWN.atRunTime(
          "maxclients",
          new WholeKind(1, Integer.MAX_VALUE),
          10_000,
          "Connections at a time; those beyond are refused with an error.");

  public static final Directive<Integer> TIMEOUT =
      OWN.atRunTime(
          "timeout",
          new WholeKind(0, Integer.MAX_VALUE),
          0,
          "Seconds without a command after which a client is disconnected; 0 never does.");

  public static final Directive<Long> PROTO_MAX_BULK_LEN =
      OWN.atRunTime(
          "proto-max-bulk-len",
          new SizeKind(MB, STRING_SIZE_MAX),
          (long) STRING_SIZE_MAX,
          "The largest argument and the largest string.");

  public static final Directive<Long> CLIENT_QUERY_BUFFER_LIMIT =
      OWN.atRunTime(
          "client-query-buffer-limit",
          new SizeKind(MB, ARRAY_MAX),
          1024L * MB,
          "How much of unfinished and queued commands a client may send before it is"
              + " disconnected.");

  public static final Directive<OutputLimits> CLIENT_OUTPUT_BUFFER_LIMIT =
      OWN.atRunTime(
          "client-output-buffer-limit",
          new OutputLimitsKind(),
          OutputLimits.DEFAULT,
          "How many replies may wait for a client that does not read them before it is"
              + " disconnected; a line a class, 0 is no limit.");

  public static final Directive<KeyspaceEvents> NOTIFY_KEYSPACE_EVENTS =
      OWN.atRunTime(
          "notify-keyspace-events",
          new KeyspaceEventsKind(),
          KeyspaceEvents.NONE,
          "What happens to keys that is told of by messages: on `__keyspace@<db>__:<key>` with `K`,"
              + " on `__keyevent@<db>__:<event>` with `E`; generic commands `g`, strings `$`, lists"
              + " `l`, sets `s`, hashes `h`, sorted sets `z`, expired `x`, evicted `e`, streams"
              + " `t`, or all of these with `A`; besides, looked for in vain `m` and new `n`.");

  public static final Directive<Integer> TRACKING_TABLE_MAX_KEYS =
      OWN.atRunTime(
          "tracking-table-max-keys",
          new WholeKind(0, Integer.MAX_VALUE),
          1_000_000,
          "Of how many keys it is remembered who has read them (`CLIENT TRACKING`); beyond, those"
              + " who have read some are told as if these had changed; 0 is no limit.");

  private ClientDirectives() {}
}
