package io.karst.bench.types;

import io.karst.bench.harness.RespConnection;
import io.karst.bench.load.CommandBatch;
import io.karst.bench.load.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A command on a collection, and what the collection is when a run begins.
///
/// The first fourteen are as `redis-benchmark` has them, or would: each changes or reads one key.
public enum TypeTest implements Workload {
  LPUSH(Before.NOTHING, "LPUSH list xxx"),
  RPUSH(Before.NOTHING, "RPUSH list xxx"),
  LPOP(Before.LIST_TO_POP, "LPOP list"),
  RPOP(Before.LIST_TO_POP, "RPOP list"),
  LRANGE_100(Before.LIST, "LRANGE list-of-1000 0 99"),
  LRANGE_300(Before.LIST, "LRANGE list-of-1000 0 299"),
  LRANGE_600(Before.LIST, "LRANGE list-of-1000 0 599"),
  SADD(Before.NOTHING, "SADD set element:__rand_int__"),
  SPOP(Before.SET_TO_POP, "SPOP set"),
  HSET(Before.NOTHING, "HSET hash element:__rand_int__ xxx"),
  ZADD(Before.NOTHING, "ZADD zset __rand_int__ element:__rand_int__"),
  ZPOPMIN(Before.ZSET_TO_POP, "ZPOPMIN zset"),
  XADD(Before.NOTHING, "XADD stream * field xxx"),
  /// Ten members from a score on.
  ZRANGEBYSCORE(Before.ZSET, "ZRANGEBYSCORE zset-of-1000000 __rand_int__ +inf LIMIT 0 10"),
  ZRANK(Before.ZSET, "ZRANK zset-of-1000000 element:__rand_int__"),
  HGETALL(Before.HASH, "HGETALL hash-of-100"),
  /// Half of the members of either set are in both.
  SINTER(Before.TWO_SETS, "SINTER set-of-10000 other-set-of-10000"),
  XREADGROUP(Before.STREAM_TO_READ, "XREADGROUP GROUP group me COUNT 1 STREAMS stream >"),
  /// Of entries at random, of which a third is asked for again.
  XACK(Before.STREAM_TO_ACKNOWLEDGE, "XACK stream group __rand_int__-1");

  /// Numbers at random are below this; sorted sets of a million have one member for each.
  static final int NUMBERS = 1_000_000;

  private static final int LIST_SIZE = 1000;
  private static final int HASH_SIZE = 100;
  private static final int SET_SIZE = 10_000;
  private static final long SLOW_TRIAL = 2_000;

  private final Before before;

  @SuppressWarnings("ImmutableEnumChecker") // It comes of List.of.
  private final List<String> command;

  /// What there is when a run begins.
  private enum Before {
    /// The key is not there.
    NOTHING,
    /// As many elements as requests, so that each finds one.
    LIST_TO_POP,
    SET_TO_POP,
    ZSET_TO_POP,
    STREAM_TO_READ,
    STREAM_TO_ACKNOWLEDGE,
    /// What is only read, and stays.
    LIST,
    ZSET,
    HASH,
    TWO_SETS
  }

  TypeTest(Before before, String command) {
    this.before = before;
    this.command = List.of(command.split(" ", -1));
  }

  @Override
  public List<String> words(long requests) {
    List<String> words = new ArrayList<>();
    if (before == Before.STREAM_TO_ACKNOWLEDGE) {
      words.addAll(List.of("-r", Long.toString(requests)));
    }
    words.addAll(command);
    return words;
  }

  @Override
  public long trialRequests(int pipeline) {
    return switch (this) {
      case SINTER -> SLOW_TRIAL / 10;
      case LRANGE_100, LRANGE_300, LRANGE_600, HGETALL -> SLOW_TRIAL * 5;
      default -> Math.min(40_000L + 10_000L * pipeline, 200_000);
    };
  }

  @Override
  public void prepare(RespConnection connection, long requests) {
    CommandBatch batch = new CommandBatch(connection);
    switch (before) {
      case LIST, ZSET, HASH, TWO_SETS -> {
        if (connection.call("EXISTS", key()).equals("0")) {
          fill(batch, requests);
        }
      }
      default -> {
        batch.send(List.of("DEL", key()));
        fill(batch, requests);
      }
    }
    batch.end();
  }

  private String key() {
    return before == Before.STREAM_TO_READ ? "stream" : command.get(1);
  }

  private void fill(CommandBatch batch, long requests) {
    switch (before) {
      case NOTHING -> {}
      case LIST_TO_POP -> batch.spread(List.of("RPUSH", key()), requests, _ -> List.of("xxx"));
      case SET_TO_POP -> batch.spread(List.of("SADD", key()), requests, i -> List.of(element(i)));
      case ZSET_TO_POP ->
          batch.spread(List.of("ZADD", key()), requests, i -> List.of(score(i), element(i)));
      case STREAM_TO_READ -> stream(batch, requests);
      case STREAM_TO_ACKNOWLEDGE -> {
        stream(batch, requests);
        batch.end();
        batch.send(List.of("XREADGROUP", "GROUP", "group", "me", "STREAMS", key(), ">"));
      }
      case LIST -> batch.spread(List.of("RPUSH", key()), LIST_SIZE, _ -> List.of("xxx"));
      case ZSET ->
          batch.spread(List.of("ZADD", key()), NUMBERS, i -> List.of(score(i), element(i)));
      case HASH -> batch.spread(List.of("HSET", key()), HASH_SIZE, i -> List.of(element(i), "xxx"));
      case TWO_SETS -> {
        batch.spread(List.of("SADD", key()), SET_SIZE, i -> List.of(element(i)));
        batch.spread(
            List.of("SADD", command.get(2)), SET_SIZE, i -> List.of(element(i + SET_SIZE / 2)));
      }
    }
  }

  private void stream(CommandBatch batch, long requests) {
    for (long i = 1; i <= requests; i++) {
      batch.send(List.of("XADD", key(), i + "-1", "field", "xxx"));
    }
    batch.send(List.of("XGROUP", "CREATE", key(), "group", "0"));
  }

  private static String element(long number) {
    return String.format(Locale.ROOT, "element:%012d", number);
  }

  /// Scores go up and down the set, as they do where they come by chance.
  private static String score(long number) {
    return Long.toString(number * 7919 % NUMBERS);
  }
}
