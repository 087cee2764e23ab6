package io.karst.server.config;

import io.karst.engine.Eviction;
import io.karst.eviction.AccessMeter;
import io.karst.eviction.EvictionPolicy;
import io.karst.value.NodeLimit;
import java.util.List;

/// The directives about what memory holds, and in which form.
public final class MemoryDirectives {
  static final Declarations OWN = new Declarations("Memory and keys");

  public static final Directive<Integer> DATABASES =
      OWN.fixed("databases", new WholeKind(1, 1024), 16, "The number of databases.");

  public static final Directive<MemoryLimit> MAXMEMORY =
      OWN.atRunTime(
          "maxmemory",
          new MemoryLimitKind(Machine.current()),
          MemoryLimit.AUTOMATIC,
          "How much memory the data may take; 0 takes a safe share of the machine's or the"
              + " container's, which `INFO memory` tells.");

  public static final Directive<EvictionPolicy> MAXMEMORY_POLICY =
      OWN.atRunTime(
          "maxmemory-policy",
          new ChoiceKind<>(List.of(EvictionPolicy.values()), EvictionPolicy::directive),
          EvictionPolicy.SPILL,
          "What goes when `maxmemory` is reached: nothing, so that writes are refused; keys,"
              + " among all or among those that expire; or, with `spill`, only what is on disk,"
              + " from memory. With `memory-only`, `noeviction` if nothing else is said.");

  public static final Directive<Integer> MAXMEMORY_SAMPLES =
      OWN.atRunTime(
          "maxmemory-samples",
          new WholeKind(1, 64),
          Eviction.SAMPLES,
          "How many keys are looked at to find one to evict.");

  public static final Directive<Integer> LFU_LOG_FACTOR =
      OWN.atRunTime(
          "lfu-log-factor",
          new WholeKind(0, Integer.MAX_VALUE),
          AccessMeter.LOG_FACTOR,
          "How much rarer the increments of a key's frequency become as it grows.");

  public static final Directive<Integer> LFU_DECAY_TIME =
      OWN.atRunTime(
          "lfu-decay-time",
          new WholeKind(0, Integer.MAX_VALUE),
          AccessMeter.DECAY_MINUTES,
          "For how many minutes without an access a key's frequency loses 1; 0 is never.");

  public static final Directive<Integer> HLL_SPARSE_MAX_BYTES =
      OWN.atRunTime(
          "hll-sparse-max-bytes",
          new WholeKind(0, Integer.MAX_VALUE),
          3000,
          "Up to how many bytes a HyperLogLog is held as runs of equal registers; beyond, it takes"
              + " 12304.");

  public static final Directive<Boolean> ACTIVE_EXPIRE =
      OWN.atRunTime(
          "active-expire",
          new FlagKind(),
          true,
          "Delete keys when they are due; otherwise only when somebody asks for them.");

  public static final Directive<Integer> HASH_MAX_LISTPACK_ENTRIES =
      OWN.packed(
          "hash-max-listpack-entries",
          "hash-max-ziplist-entries",
          512,
          "Up to how many fields a hash is packed into the record of its key.");

  public static final Directive<Integer> HASH_MAX_LISTPACK_VALUE =
      OWN.packed(
          "hash-max-listpack-value",
          "hash-max-ziplist-value",
          64,
          "Up to which length of its fields and values, in bytes.");

  public static final Directive<Integer> LIST_MAX_LISTPACK_SIZE =
      OWN.alias(
          "list-max-ziplist-size",
          OWN.atRunTime(
              "list-max-listpack-size",
              new WholeKind(Integer.MIN_VALUE, Integer.MAX_VALUE),
              NodeLimit.DEFAULT,
              "Up to which size a list is packed into the record of its key, and how large the"
                  + " nodes of a larger one are: a number of elements, or 4, 8, 16, 32, 64 KB for"
                  + " -1 to -5; 0 is as 1, and what is lower as -5."));

  public static final Directive<Integer> SET_MAX_INTSET_ENTRIES =
      OWN.packed(
          "set-max-intset-entries",
          null,
          512,
          "Up to how many members a set of integers is an array of them.");

  public static final Directive<Integer> SET_MAX_LISTPACK_ENTRIES =
      OWN.packed(
          "set-max-listpack-entries",
          null,
          128,
          "Up to how many members another set is packed into the record of its key.");

  public static final Directive<Integer> SET_MAX_LISTPACK_VALUE =
      OWN.packed(
          "set-max-listpack-value", null, 64, "Up to which length of its members, in bytes.");

  public static final Directive<Integer> ZSET_MAX_LISTPACK_ENTRIES =
      OWN.packed(
          "zset-max-listpack-entries",
          "zset-max-ziplist-entries",
          128,
          "Up to how many members a sorted set is packed into the record of its key.");

  public static final Directive<Integer> ZSET_MAX_LISTPACK_VALUE =
      OWN.packed(
          "zset-max-listpack-value",
          "zset-max-ziplist-value",
          64,
          "Up to which length of its members, in bytes.");

  public static final Directive<Integer> STREAM_NODE_MAX_BYTES =
      OWN.packed(
          "stream-node-max-bytes",
          null,
          4096,
          "Up to which size entries are packed into one node of a stream, in bytes; 0: any.");

  public static final Directive<Integer> STREAM_NODE_MAX_ENTRIES =
      OWN.packed(
          "stream-node-max-entries",
          null,
          100,
          "Up to how many entries are packed into one node of a stream; 0: any number.");

  private MemoryDirectives() {}
}
