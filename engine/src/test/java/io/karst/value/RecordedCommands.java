package io.karst.value;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The commands that make the collections of [RecordedValues]; their keys are in the set `names`.
final class RecordedCommands {
  /// A number of each width that a listpack has, and the first that needs the next one.
  private static final String[] INTEGERS = {
    "0",
    "1",
    "127",
    "128",
    "-1",
    "4095",
    "4096",
    "-4096",
    "-4097",
    "32767",
    "32768",
    "-32768",
    "-32769",
    "8388607",
    "8388608",
    "-8388608",
    "-8388609",
    "2147483647",
    "2147483648",
    "-2147483648",
    "-2147483649",
    "9223372036854775807",
    "-9223372036854775808"
  };

  /// Strings that look like numbers, empty ones, binary ones, and one of each way to say a length.
  private static final String[] STRINGS = {
    "a",
    "+1",
    "01",
    "-0",
    "1.0",
    " 1",
    "9223372036854775808",
    "-9223372036854775809",
    "\0\u00ff\r\n",
    "s".repeat(63),
    "t".repeat(64),
    "u".repeat(4095),
    "v".repeat(4096)
  };

  private final RedisProcess redis;

  private RecordedCommands(RedisProcess redis) {
    this.redis = redis;
  }

  static void run(RedisProcess redis) throws IOException {
    RecordedCommands commands = new RecordedCommands(redis);
    commands.lists();
    commands.sets();
    commands.sortedSets();
    commands.hashes();
    commands.streams();
  }

  private void lists() throws IOException {
    all("RPUSH", "list:integers", INTEGERS);
    all("RPUSH", "list:strings", STRINGS);
    all("RPUSH", "list:empty-strings", "", "a", "");
    all("RPUSH", "list:back-lengths", "x".repeat(125), "x".repeat(126), "x".repeat(127));
    all("RPUSH", "list:wide", "y".repeat(16_377), "y".repeat(16_378), "y".repeat(16_379));
    redis.ask("CONFIG", "SET", "list-max-listpack-size", "3");
    all("RPUSH", "list:nodes", INTEGERS);
    redis.ask("DEBUG", "QUICKLIST-PACKED-THRESHOLD", "100b");
    all("RPUSH", "list:plain", "a", "p".repeat(200), "b", "q".repeat(300), "1".repeat(100));
    redis.ask("DEBUG", "QUICKLIST-PACKED-THRESHOLD", "0");
    redis.ask("CONFIG", "SET", "list-max-listpack-size", "-2");
  }

  private void sets() throws IOException {
    all("SADD", "set:int16", "1", "-1", "32767", "-32768");
    all("SADD", "set:int32", "1", "32768", "-2147483648");
    all("SADD", "set:int64", "1", "2147483648", "-9223372036854775808", "9223372036854775807");
    all("SADD", "set:strings", STRINGS);
    all("SADD", "set:mixed", "", "a", "1", "-70000", "99999999999");
  }

  private void sortedSets() throws IOException {
    List<String> words = new ArrayList<>();
    for (String member : INTEGERS) {
      words.addAll(List.of(member, member));
    }
    String[] scores = {"1.5", "a", "-1.5", "b", "inf", "c", "-inf", "d", "1e300", "e", "0.1", "f"};
    String[] tiny = {"5e-324", "g", "-0", "h", "3", "i", "1e17", "j", "123456789.12345678", "k"};
    all("ZADD", "zset:packed", scores);
    all("ZADD", "zset:packed-tiny", tiny);
    all("ZADD", "zset:packed-integers", words.toArray(String[]::new));
    words.addAll(List.of(scores));
    words.addAll(List.of(tiny));
    words.addAll(List.of("7", "z".repeat(65)));
    all("ZADD", "zset:large", words.toArray(String[]::new));
  }

  private void hashes() throws IOException {
    all("HSET", "hash:packed", "a", "1", "", "", "2", "b", "-70000", "\0\u00ff\r\n", "f", "");
    List<String> words = new ArrayList<>();
    for (int i = 0; i < INTEGERS.length; i++) {
      words.addAll(List.of(INTEGERS[i], INTEGERS[INTEGERS.length - 1 - i]));
    }
    all("HSET", "hash:packed-integers", words.toArray(String[]::new));
    for (String string : STRINGS) {
      words.addAll(List.of(string + "f", string));
    }
    all("HSET", "hash:large", words.toArray(String[]::new));
  }

  private void streams() throws IOException {
    redis.ask("CONFIG", "SET", "stream-node-max-entries", "3");
    for (int i = 1; i <= 8; i++) {
      redis.ask("XADD", named("stream:nodes"), "100-" + i * 200, "temperature", "" + i * 30_000);
    }
    redis.ask("XADD", "stream:nodes", "70000-0", "other", "fields", "a", "");
    redis.ask("XADD", "stream:nodes", "70000-1", "other", "1", "a", "2");
    redis.ask("XDEL", "stream:nodes", "100-400", "70000-0");
    redis.ask("XADD", named("stream:largest"), "18446744073709551614-7", "a", "1");
    redis.ask("XADD", "stream:largest", "18446744073709551615-18446744073709551615", "a", "2");
    redis.ask("XADD", named("stream:emptied"), "5-5", "a", "1");
    redis.ask("XDEL", "stream:emptied", "5-5");
    redis.ask("XSETID", "stream:emptied", "3-3");
    groups(named("stream:groups"));
    redis.ask("CONFIG", "SET", "stream-node-max-entries", "100");
  }

  private void groups(String key) throws IOException {
    for (int i = 1; i <= 10; i++) {
      redis.ask("XADD", key, i + "-1", "number", "" + i);
    }
    redis.ask("XGROUP", "CREATE", key, "readers", "0");
    redis.ask("XGROUP", "CREATE", key, "12", "4-1");
    redis.ask("XGROUP", "CREATE", key, "idle", "$", "ENTRIESREAD", "3");
    redis.ask("XREADGROUP", "GROUP", "readers", "anna", "COUNT", "4", "STREAMS", key, ">");
    redis.ask("XREADGROUP", "GROUP", "readers", "bert", "COUNT", "3", "STREAMS", key, ">");
    redis.ask("XREADGROUP", "GROUP", "12", "1", "COUNT", "2", "STREAMS", key, ">");
    redis.ask("XACK", key, "readers", "2-1", "6-1");
    redis.ask("XCLAIM", key, "readers", "bert", "0", "3-1", "TIME", "1700000000123");
    redis.ask("XGROUP", "CREATECONSUMER", key, "readers", "nobody");
    redis.ask("XDEL", key, "5-1", "9-1");
  }

  private void all(String command, String key, String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of(command, named(key)));
    all.addAll(List.of(words));
    Object reply = redis.ask(all.toArray(String[]::new));
    if (!(reply instanceof Long)) {
      throw new IllegalStateException(key + ": " + reply);
    }
  }

  private String named(String key) throws IOException {
    redis.ask("SADD", "names", key);
    return key;
  }
}
