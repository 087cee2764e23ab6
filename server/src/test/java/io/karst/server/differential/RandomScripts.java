package io.karst.server.differential;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Scripts that make values of all kinds, and pass on what commands answer.
///
/// Fractions are eighths, which are the same text with 17 digits as with as few as will do. Tables
/// of keys have one, as their order is nobody's. Lines are of letters: Karst's are text, in which
/// there are no bytes that are no UTF-8.
final class RandomScripts {
  private static final int DEPTH_MAX = 3;

  private static final List<String> CALLS =
      List.of(
          "'SET', KEYS[1], ARGV[1]",
          "'GET', KEYS[1]",
          "'GET', 'none'",
          "'APPEND', KEYS[1], %s",
          "'SET', KEYS[1], %s",
          "'STRLEN', KEYS[1]",
          "'ZADD', KEYS[2], %s, 'a'",
          "'ZADD', KEYS[2], 'NX', 1.5, 'b', -2, 'c'",
          "'ZRANGE', KEYS[2], 0, -1, 'WITHSCORES'",
          "'ZSCORE', KEYS[2], 'a'",
          "'ZSCORE', KEYS[2], 'none'",
          "'ZINCRBY', KEYS[2], 0.25, 'a'",
          "'ZPOPMIN', KEYS[2]",
          "'HSET', 'h', 'f', %s",
          "'HGET', 'h', 'f'",
          "'HGETALL', 'h'",
          "'HMGET', 'h', 'f', 'none'",
          "'HINCRBYFLOAT', 'h', 'n', 0.5",
          "'SADD', 's', 'only'",
          "'SMEMBERS', 's'",
          "'SISMEMBER', 's', 'only'",
          "'RPUSH', 'l', %s, %s",
          "'LRANGE', 'l', 0, 4",
          "'LPOP', 'l'",
          "'LPOP', 'none', 2",
          "'MGET', KEYS[1], 'none', 'l'",
          "'DEL', 'l'",
          "'TYPE', KEYS[2]",
          "'PING'",
          "'EXISTS', KEYS[1]",
          "'INCR', 'n'",
          "'LPUSH', KEYS[1], 1",
          "'GET'",
          "'NOSUCH'",
          "'SUBSCRIBE', 'x'",
          "'OBJECT', 'ENCODING', KEYS[2]");

  private static final List<String> CONVERSIONS =
      List.of(
          "tostring(%s)",
          "type(%s)",
          "tonumber(%s)",
          "#tostring(%s)",
          "cjson.encode({%s})",
          "redis.status_reply('GOOD ' .. type(%s))",
          "redis.error_reply('MY ' .. type(%s))",
          "redis.sha1hex(tostring(%s))");

  private final Random random;

  RandomScripts(Random random) {
    this.random = random;
  }

  /// A script, of two keys and an argument.
  String next() {
    String version = random.nextInt(3) == 0 ? "redis.setresp(3) " : "";
    String before = random.nextInt(3) == 0 ? "redis.pcall(" + call() + ") " : "";
    return version + before + "return " + value(0);
  }

  /// Bytes, printable or not.
  String string() {
    char[] text = new char[random.nextInt(12)];
    for (int i = 0; i < text.length; i++) {
      text[i] = (char) (random.nextBoolean() ? 'a' + random.nextInt(26) : random.nextInt(256));
    }
    return new String(text);
  }

  private String call() {
    String call = CALLS.get(random.nextInt(CALLS.size()));
    while (call.contains("%s")) {
      call = call.replaceFirst("%s", scalar().replace("\\", "\\\\"));
    }
    return call;
  }

  /// A string or a number, which commands take.
  private String scalar() {
    return random.nextBoolean() ? quoted(string()) : number();
  }

  private String value(int depth) {
    int kinds = depth < DEPTH_MAX ? 16 : 6;
    return switch (random.nextInt(kinds)) {
      case 0, 1 -> quoted(string());
      case 2, 3 -> number();
      case 4 -> random.nextBoolean() ? "true" : "false";
      case 5 -> "nil";
      case 6, 7 -> array(depth);
      case 8 -> "{ok=" + quoted(word()) + "}";
      case 9 -> "{double=" + number() + "}";
      case 10 -> "{map={[" + scalar() + "]=" + value(depth + 1) + "}}";
      case 11 -> "{set={[" + scalar() + "]=true}}";
      case 12 -> "{big_number='" + (random.nextLong() >>> 1) + "'}";
      case 13 -> conversion();
      case 14 -> "redis.pcall(" + call() + ")";
      default -> "redis.call(" + call() + ")";
    };
  }

  private String conversion() {
    return CONVERSIONS
        .get(random.nextInt(CONVERSIONS.size()))
        .replace("%s", random.nextInt(4) == 0 ? "true" : scalar());
  }

  private String array(int depth) {
    StringBuilder items = new StringBuilder("{");
    for (int i = random.nextInt(4); i > 0; i--) {
      items.append(value(depth + 1)).append(i > 1 ? ", " : "");
    }
    return items.append('}').toString();
  }

  private String number() {
    return switch (random.nextInt(4)) {
      case 0 -> Integer.toString(random.nextInt(-10, 10));
      case 1 -> Double.toString(random.nextInt(-1000, 1000) / 8.0);
      case 2 -> Long.toString(random.nextLong() >> 20);
      default -> Integer.toString(random.nextInt());
    };
  }

  private String word() {
    return "w" + random.nextInt(100);
  }

  /// A literal of Lua.
  private static String quoted(String text) {
    StringBuilder literal = new StringBuilder("'");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c >= 'a' && c <= 'z';
      literal.append(plain ? "" + c : String.format(Locale.ROOT, "\\%03d", (int) c));
    }
    return literal.append('\'').toString();
  }
}
