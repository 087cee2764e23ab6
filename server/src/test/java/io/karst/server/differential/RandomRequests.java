package io.karst.server.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/// Draws requests from a set of forms: mostly well-formed, with few keys, so that they meet, and
/// with values from the edges; now and then a word is lost, doubled or put between others.
///
/// No expiry is relative to now, which is not the same for two servers; and `SET` has none that has
/// passed, for Redis counts such a key until it comes upon it.
///
/// A form is a line of words: `<kind>` stands for a word of that kind, `[a | b]` for one of the
/// choices or none, `(a | b)` for one of them, `x...` for x once or more.
final class RandomRequests {
  private static final Pattern CHOICE = Pattern.compile(" \\| ");

  /// The sign in front of a form says how its replies are compared, see [Step.Kind].
  private static final List<String> FORMS =
      """
      > SET <key> <value> [NX | XX] [GET] [EXAT <later> | PXAT 4000000000001 | KEEPTTL | EX 0]
      > SET <key> <number>
      > SET <key> <text>
      > GET <key>
      > GETDEL <key>
      > GETEX <key> [EXAT <time> | PXAT <millis> | PERSIST]
      > GETSET <key> <value>
      > SETNX <key> <value>
      > MSET <pair>...
      > MSETNX <pair>...
      > MGET <key>...
      > APPEND <key> <value>
      > STRLEN <key>
      > SETRANGE <key> <offset> <value>
      > GETRANGE <key> <index> <index>
      > SUBSTR <key> <index> <index>
      > INCR <key>
      > DECR <key>
      > INCRBY <key> <number>
      > DECRBY <key> <number>
      > INCRBYFLOAT <key> <float>
      > LCS <key> <key> [LEN] [IDX] [MINMATCHLEN <small>] [WITHMATCHLEN]
      > SETBIT <key> <bit> <flag>
      > GETBIT <key> <bit>
      > BITCOUNT <key>
      > BITCOUNT <key> <index> <index> [BYTE | BIT]
      > BITPOS <key> <flag>
      > BITPOS <key> <flag> <index>
      > BITPOS <key> <flag> <index> <index> [BYTE | BIT]
      > BITOP (AND | OR | XOR) <key> <key>...
      > BITOP NOT <key> <key>
      > BITFIELD <key> <field>...
      > BITFIELD_RO <key> GET <width> <place>
      > LPUSH <key> <value>...
      > RPUSH <key> <value>...
      > RPUSH <key> <value> <value> <value> <value>
      > LPUSHX <key> <value>...
      > RPUSHX <key> <value>...
      > LPOP <key> [<small>]
      > RPOP <key> [<small>]
      > LMPOP <small> <key>... (LEFT | RIGHT) [COUNT <small>]
      > LLEN <key>
      > LINDEX <key> <index>
      > LRANGE <key> <index> <index>
      > LRANGE <key> 0 -1
      > LSET <key> <index> <value>
      > LINSERT <key> (BEFORE | AFTER) <value> <value>
      > LREM <key> <small> <value>
      > LTRIM <key> <index> <index>
      > LPOS <key> <value> [RANK <small>] [COUNT <small>] [MAXLEN <small>]
      > LMOVE <key> <key> (LEFT | RIGHT) (LEFT | RIGHT)
      > RPOPLPUSH <key> <key>
      > COPY <key> <key> [DB <database>] [REPLACE]
      > DEL <key>...
      > UNLINK <key>...
      > EXISTS <key>...
      > TOUCH <key>...
      > TYPE <key>
      > RENAME <key> <key>
      > RENAMENX <key> <key>
      > MOVE <key> <database>
      > SELECT <database>
      > EXPIREAT <key> <time> [NX | XX | GT | LT] [XX | GT]
      > PEXPIREAT <key> <millis> [NX | XX | GT | LT]
      > EXPIRE <key> <past> [NX | XX | GT | LT]
      > EXPIRETIME <key>
      > PEXPIRETIME <key>
      > PERSIST <key>
      ? TTL <key>
      ? PTTL <key>
      > DUMP <key>
      > RESTORE <key> (0 | -1 | x) <payload> [REPLACE] [ABSTTL] [IDLETIME <small>]
      > RESTORE <key> <millis> <payload> ABSTTL ABSTTL [REPLACE] [IDLETIME <small>]
      % KEYS <pattern>
      % SCAN 0 COUNT 100000 [MATCH <pattern>] [TYPE string | TYPE hash]
      > OBJECT ENCODING <key>
      ? OBJECT IDLETIME <key>
      > HSET <key> <entry>...
      > HMSET <key> <entry>...
      > HSETNX <key> <entry>
      > HGET <key> <member>
      > HMGET <key> <member>...
      > HDEL <key> <member>...
      > HEXISTS <key> <member>
      > HLEN <key>
      > HSTRLEN <key> <member>
      > HINCRBY <key> <member> <number>
      > HINCRBYFLOAT <key> <member> <float>
      % HGETALL <key>
      % HKEYS <key>
      % HVALS <key>
      % HSCAN <key> 0 COUNT 100000 [MATCH <pattern>]
      % HRANDFIELD <key> 100000 [WITHVALUES]
      > HRANDFIELD <key> 0
      > SADD <key> <member>...
      > SREM <key> <member>...
      > SMOVE <key> <key> <member>
      > SCARD <key>
      > SISMEMBER <key> <member>
      > SMISMEMBER <key> <member>...
      % SMEMBERS <key>
      % SRANDMEMBER <key> 100000
      % SSCAN <key> 0 COUNT 100000 [MATCH <pattern>]
      % SINTER <key>...
      % SUNION <key>...
      % SDIFF <key>...
      > SINTERSTORE <key> <key>...
      > SUNIONSTORE <key> <key>...
      > SDIFFSTORE <key> <key>...
      > SINTERCARD <small> <key>... [LIMIT <small>]
      > SORT <key> ALPHA [LIMIT <small> <small>] [ASC | DESC]
      > SORT <key> [LIMIT <small> <small>] [ASC | DESC] [BY <weights> GET #]
      > SORT <key> ALPHA [GET #] [LIMIT <small> <small>] STORE <key>
      > SORT <key> BY nosort [ASC | DESC] [LIMIT <small> <small>] STORE <key>
      > SORT_RO <key> ALPHA [GET # GET <weights>] [LIMIT <small> <small>]
      > PFADD <key> <value>...
      > PFADD <key> <number>...
      > PFCOUNT <key>...
      > PFMERGE <key> <key>...
      > PFDEBUG (ENCODING | DECODE | TODENSE) <key>
      > ZADD <key> <score>...
      > ZADD <key> [NX | XX] [GT | LT] [CH] [INCR] <score>...
      > ZADD <key> INCR <score>
      > ZINCRBY <key> <score>
      > ZSCORE <key> <member>
      > ZMSCORE <key> <member>...
      > ZCARD <key>
      > ZCOUNT <key> <bound> <bound>
      > ZLEXCOUNT <key> <name> <name>
      > ZRANK <key> <member>
      > ZREVRANK <key> <member>
      > ZRANGE <key> <index> <index> [REV] [WITHSCORES]
      > ZRANGE <key> <bound> <bound> BYSCORE [REV] [LIMIT <small> <small>] [WITHSCORES]
      > ZRANGE <key> 0 -1 [REV] [BYSCORE | BYLEX] [WITHSCORES] [LIMIT <small> <small>]
      > ZREVRANGE <key> <index> <index> [WITHSCORES]
      > ZRANGEBYSCORE <key> <bound> <bound> [WITHSCORES] [LIMIT <small> <small>]
      > ZREVRANGEBYSCORE <key> <bound> <bound> [WITHSCORES] [LIMIT <small> <small>]
      > ZRANGESTORE <key> <key> <bound> <bound> BYSCORE [REV] [LIMIT <small> <small>]
      > ZRANGESTORE <key> <key> <index> <index> [REV]
      > ZREM <key> <member>...
      > ZREMRANGEBYRANK <key> <index> <index>
      > ZREMRANGEBYSCORE <key> <bound> <bound>
      > ZPOPMIN <key> [<small>]
      > ZPOPMAX <key> [<small>]
      > ZMPOP <small> <key>... (MIN | MAX) [COUNT <small>]
      > ZUNION <small> <key> <key> [AGGREGATE MIN | AGGREGATE MAX] [WITHSCORES]
      > ZINTER 2 <key> <key> [WEIGHTS <weight> <weight>] [WITHSCORES]
      > ZDIFF <small> <key>... [WITHSCORES]
      > ZUNIONSTORE <key> 2 <key> <key> [WEIGHTS <weight> <weight>] [AGGREGATE MIN | AGGREGATE MAX]
      > ZINTERSTORE <key> 2 <key> <key> [WEIGHTS <weight> <weight>] [AGGREGATE MIN | AGGREGATE MAX]
      > ZDIFFSTORE <key> <small> <key>...
      > ZINTERCARD <small> <key>... [LIMIT <small>]
      % ZRANDMEMBER <key> 100000 [WITHSCORES]
      % ZSCAN <key> 0 COUNT 100000 [MATCH <pattern>]
      > GEOADD <key> [NX | XX] [CH] <spot>...
      > GEOPOS <key> <member>...
      > GEOHASH <key> <member>...
      > GEODIST <key> <member> <member> [M | KM | FT | MI]
      > GEOSEARCH <key> FROMLONLAT <degree> <degree> BYRADIUS <extent> KM [COUNT <small>]
      > GEOSEARCH <key> FROMMEMBER <member> BYBOX <extent> <extent> KM [WITHDIST] [WITHHASH]
      > GEOSEARCHSTORE <key> <key> FROMLONLAT <degree> <degree> BYRADIUS <extent> KM
      > GEORADIUS <key> <degree> <degree> <extent> KM [STORE <key>]
      > GEORADIUSBYMEMBER <key> <member> <extent> KM [WITHCOORD] [STORE <key>]
      > DBSIZE
      > SWAPDB <database> <database>
      > FLUSHDB
      """
          .lines()
          .toList();

  private static final int DAMAGED_PERCENT = 4;

  /// Forms of which replies are compared in their own way, alone.
  private static final Set<String> ALONE =
      Set.of("OBJECT", "DUMP", "SORT", "SORT_RO", "HRANDFIELD", "BITCOUNT", "BITPOS", "ZRANK");

  private static final List<String> STRAYS = List.of("MULTI", "UNWATCH", "EXEC", "DISCARD");

  private final Random random;

  /// Whether requests are queued.
  private boolean queues;

  private final RandomWords words;

  RandomRequests(Random random) {
    this.random = random;
    words = new RandomWords(random);
  }

  /// A request without a reply.
  Step next() {
    String control = control();
    if (!control.isEmpty()) {
      List<String> request = new ArrayList<>();
      expand(control, request);
      return new Step(0, Step.Kind.EXACT, Words.join(request), "");
    }
    String form = FORMS.get(random.nextInt(FORMS.size()));
    if (queues && (form.charAt(0) != '>' || ALONE.contains(form.split(" ", -1)[1]))) {
      return next();
    }
    boolean rare = form.contains("FLUSHDB") || form.contains("SWAPDB");
    if (rare && random.nextInt(10) > 0) {
      return next();
    }
    List<String> request = new ArrayList<>();
    expand(form.substring(2), request);
    if (random.nextInt(100) < (queues ? 1 : DAMAGED_PERCENT)) {
      damage(request);
    }
    return new Step(0, kind(form.charAt(0)), Words.join(request), "");
  }

  /// The form of a request that has to do with transactions, which there is now and then.
  private String control() {
    int percent = random.nextInt(100);
    if (!queues) {
      queues = percent < 3;
      return queues
          ? "MULTI"
          : percent < 6 ? "WATCH <key>..." : percent < 7 ? STRAYS.get(1 + random.nextInt(3)) : "";
    }
    if (percent < 2) {
      return STRAYS.get(random.nextInt(2));
    }
    queues = percent >= 20;
    return queues ? "" : percent < 18 ? "EXEC" : "DISCARD";
  }

  private static Step.Kind kind(char sign) {
    return switch (sign) {
      case '?' -> Step.Kind.NUMBERS;
      case '%' -> Step.Kind.UNORDERED;
      default -> Step.Kind.EXACT;
    };
  }

  private void expand(String form, List<String> request) {
    int at = 0;
    while (at < form.length()) {
      char c = form.charAt(at);
      if (c == ' ') {
        at++;
      } else if (c == '[' || c == '(') {
        int end = form.indexOf(c == '[' ? ']' : ')', at);
        String[] choices = CHOICE.split(form.substring(at + 1, end), -1);
        if (c == '(' || random.nextInt(3) == 0) {
          expand(choices[random.nextInt(choices.length)], request);
        }
        at = end + 1;
      } else {
        int space = form.indexOf(' ', at);
        int end = space < 0 ? form.length() : space;
        word(form.substring(at, end), request);
        at = end;
      }
    }
  }

  private void word(String form, List<String> request) {
    if (form.endsWith("...")) {
      String once = form.substring(0, form.length() - 3);
      for (int left = 1 + random.nextInt(3); left > 0; left--) {
        word(once, request);
      }
    } else if (form.startsWith("<")) {
      words.add(form.substring(1, form.length() - 1), request);
    } else {
      request.add(random.nextInt(20) == 0 ? form.toLowerCase(Locale.ROOT) : form);
    }
  }

  private void damage(List<String> request) {
    int index = random.nextInt(request.size());
    switch (random.nextInt(3)) {
      case 0 -> request.remove(index);
      case 1 -> request.add(index, request.get(index));
      default -> words.add("garbage", request.subList(index, index));
    }
    if (request.isEmpty()) {
      request.add("PING");
    }
  }
}
