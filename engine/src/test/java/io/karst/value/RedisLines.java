package io.karst.value;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a `redis-server` answers about a value, in the lines of [Elements].
final class RedisLines {
  private RedisLines() {}

  static List<String> of(RedisProcess redis, String key) throws IOException {
    String type = (String) redis.ask("TYPE", key);
    List<String> lines = new ArrayList<>();
    switch (type) {
      case "string" -> lines.add((String) redis.ask("GET", key));
      case "list" -> redis.askList("LRANGE", key, "0", "-1").forEach(e -> lines.add((String) e));
      case "set" -> redis.askList("SMEMBERS", key).forEach(e -> lines.add((String) e));
      case "hash" -> pairs(redis.askList("HGETALL", key), " = ", lines);
      case "zset" -> scores(redis.askList("ZRANGE", key, "0", "-1", "WITHSCORES"), lines);
      case "stream" -> stream(redis, key, lines);
      default -> throw new AssertionError(type);
    }
    if (List.of("set", "hash", "zset").contains(type)) {
      Collections.sort(lines);
    }
    return lines;
  }

  private static void pairs(List<?> reply, String between, List<String> lines) {
    for (int i = 0; i < reply.size(); i += 2) {
      lines.add(reply.get(i) + between + reply.get(i + 1));
    }
  }

  private static void scores(List<?> reply, List<String> lines) {
    for (int i = 0; i < reply.size(); i += 2) {
      String score = ((String) reply.get(i + 1)).replace("inf", "Infinity");
      lines.add(reply.get(i) + " : " + Double.parseDouble(score));
    }
  }

  private static void stream(RedisProcess redis, String key, List<String> lines)
      throws IOException {
    for (Object entry : redis.askList("XRANGE", key, "-", "+")) {
      StringBuilder line = new StringBuilder((String) list(entry).get(0));
      list(list(entry).get(1)).forEach(text -> line.append(' ').append(text));
      lines.add(line.toString());
    }
    Map<String, Object> info = map(redis.ask("XINFO", "STREAM", key, "FULL", "COUNT", "0"));
    // Of a stream without entries Redis has 0-0 there, or the largest id there is.
    boolean empty = info.get("length").equals(0L);
    String first = empty ? "0-0" : (String) info.get("recorded-first-entry-id");
    lines.add(
        String.join(
            " ",
            "length " + info.get("length"),
            "last " + info.get("last-generated-id"),
            "first " + first,
            "deleted " + info.get("max-deleted-entry-id"),
            "added " + info.get("entries-added")));
    list(info.get("groups")).forEach(group -> group(map(group), lines));
  }

  private static void group(Map<String, Object> group, List<String> lines) {
    Object read = group.get("entries-read");
    lines.add(
        "group "
            + group.get("name")
            + " last "
            + group.get("last-delivered-id")
            + " read "
            + (read == null ? "-1" : read));
    for (Object each : list(group.get("pending"))) {
      List<?> pending = list(each);
      lines.add("pending " + pending.get(0) + " at " + pending.get(2) + " times " + pending.get(3));
    }
    for (Object each : list(group.get("consumers"))) {
      Map<String, Object> consumer = map(each);
      lines.add("consumer " + consumer.get("name") + " seen " + consumer.get("seen-time"));
      list(consumer.get("pending")).forEach(pending -> lines.add("has " + list(pending).get(0)));
    }
  }

  private static List<?> list(Object reply) {
    return (List<?>) reply;
  }

  private static Map<String, Object> map(Object reply) {
    Map<String, Object> map = new LinkedHashMap<>();
    List<?> words = list(reply);
    for (int i = 0; i < words.size(); i += 2) {
      map.put((String) words.get(i), words.get(i + 1));
    }
    return map;
  }
}
