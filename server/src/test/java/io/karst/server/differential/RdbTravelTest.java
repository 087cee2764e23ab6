package io.karst.server.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.base.Limits;
import io.karst.memory.Record;
import io.karst.rdb.RdbAccess;
import io.karst.rdb.RdbEntry;
import io.karst.rdb.RdbFileReader;
import io.karst.rdb.RdbFileWriter;
import io.karst.server.tools.Tools;
import io.karst.value.DumpPayload;
import io.karst.value.RdbType;
import io.karst.value.RdbVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// RDB files travel from a `redis-server` 7.0 to our reader, and from our writer to another.
@Timeout(120)
final class RdbTravelTest {
  private static final long SEED = Long.getLong("seed", 20_261_122);
  private static final int DATABASES = 3;
  private static final String FAR = "41024448"; // The beginning of a time in the year 2100.

  /// What is small enough, and what is too large, for the compact ways of keeping it.
  private static final Set<RdbType> SAVED =
      EnumSet.of(
          RdbType.STRING,
          RdbType.LIST_QUICKLIST_2,
          RdbType.SET_INTSET,
          RdbType.SET,
          RdbType.SORTED_SET_LISTPACK,
          RdbType.SORTED_SET_2,
          RdbType.HASH_LISTPACK,
          RdbType.HASH,
          RdbType.STREAM_2);

  @TempDir private Path first;
  @TempDir private Path second;

  @Test
  void whatRedisSavesIsReadAndWhatIsWrittenRedisLoads() throws IOException {
    if (!RealRedis.isInstalled()) {
      return;
    }
    try (RealRedis redis = RealRedis.start(first, "--maxmemory-policy", "allkeys-lru");
        RespClient saved = redis.connect()) {
      fill(saved);
      assertThat(saved.ask("SAVE")).isEqualTo("+OK\r\n");
      List<RdbEntry> entries = read(first.resolve("dump.rdb"));
      assertSame(entries, saved);
      assertThat(entries.stream().map(entry -> entry.value().type())).containsAll(SAVED);
      write(second.resolve("dump.rdb"), entries);
      try (RealRedis other = RealRedis.start(second, "--maxmemory-policy", "allkeys-lru");
          RespClient loaded = other.connect()) {
        assertThat(loaded.ask("DEBUG", "DIGEST")).isEqualTo(saved.ask("DEBUG", "DIGEST"));
        assertSame(entries, loaded);
      }
    }
  }

  @Test
  void theToolsCarryOneServerToAnother() throws IOException {
    if (!RealRedis.isInstalled()) {
      return;
    }
    String port = freePort();
    String file = second.resolve("exported.rdb").toString();
    try (RealRedis redis = RealRedis.start(first, "--port", port);
        RespClient client = redis.connect()) {
      fill(client);
      String library = "#!lua name=lib\nredis.register_function('f', function() return 7 end)";
      assertThat(client.ask("FUNCTION", "LOAD", library)).isEqualTo("$3\r\nlib\r\n");
      String digest = client.ask("DEBUG", "DIGEST");
      run("export", "--rdb", file, "--host", "127.0.0.1", "--port", port);
      List<RdbEntry> entries = read(Path.of(file));
      assertThat(entries.stream().map(entry -> entry.value().type())).containsAll(SAVED);
      client.ask("FLUSHALL");
      client.ask("FUNCTION", "FLUSH");
      run("import", file, "--host", "127.0.0.1", "--port", port);
      assertThat(client.ask("DEBUG", "DIGEST")).isEqualTo(digest);
      assertThat(client.ask("FCALL", "f", "0")).isEqualTo(":7\r\n");
      for (RdbEntry entry : entries) {
        client.ask("SELECT", "" + entry.database());
        assertThat(client.ask("PEXPIRETIME", text(entry.key())))
            .isEqualTo(":" + entry.expiryMillis() + "\r\n");
      }
    }
  }

  private static void run(String... words) {
    StringWriter err = new StringWriter();
    PrintWriter out = new PrintWriter(new StringWriter());
    int code = Tools.run(out, new PrintWriter(err), words);
    assertThat(code).as("what is said: %s", err).isZero();
  }

  private static String freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return Integer.toString(free.getLocalPort());
    }
  }

  @Test
  void frequenciesTravelToo() throws IOException {
    if (!RealRedis.isInstalled()) {
      return;
    }
    try (OutputStream out = Files.newOutputStream(first.resolve("dump.rdb"))) {
      RdbFileWriter file = new RdbFileWriter(out, RdbVersion.WRITTEN);
      RdbAccess often = new RdbAccess(RdbAccess.UNKNOWN, 200);
      file.string(Bytes.utf8("key"), Record.NO_EXPIRY, often, Bytes.utf8("value"));
      file.end();
    }
    try (RealRedis redis =
            RealRedis.start(first, "--maxmemory-policy", "allkeys-lfu", "--lfu-decay-time", "0");
        RespClient client = redis.connect()) {
      assertThat(client.ask("OBJECT", "FREQ", "key")).isEqualTo(":200\r\n");
      assertThat(client.ask("SAVE")).isEqualTo("+OK\r\n");
    }
    assertThat(read(first.resolve("dump.rdb")))
        .extracting(entry -> entry.access().frequency())
        .containsExactly(200);
  }

  private static void fill(RespClient client) throws IOException {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    client.ask("CONFIG", "SET", "zset-max-listpack-entries", "8");
    client.ask("CONFIG", "SET", "hash-max-listpack-entries", "8");
    client.ask("CONFIG", "SET", "set-max-intset-entries", "8");
    client.ask("CONFIG", "SET", "list-max-listpack-size", "3");
    for (int database = 0; database < DATABASES; database++) {
      client.ask("SELECT", "" + database);
      for (int i = 0; i < 300; i++) {
        String key = random.nextInt(4) == 0 ? "" + i : "key:" + i;
        client.ask("SET", key, value(random));
        if (random.nextBoolean()) {
          client.ask("PEXPIREAT", key, FAR + (10_000 + random.nextInt(90_000)));
        }
      }
      client.ask("SET", "used", "value");
      String payload = RespClient.content(client.ask("DUMP", "used"));
      client.ask("RESTORE", "idle", "0", payload, "IDLETIME", "100000");
      for (int size : new int[] {1, 5, 20}) {
        for (int i = 0; i < size; i++) {
          String value = size == 20 ? value(random) : "short " + i;
          client.ask("RPUSH", "list:" + size, value);
          client.ask("SADD", "integers:" + size, "" + random.nextInt());
          client.ask("SADD", "set:" + size, value);
          client.ask("ZADD", "zset:" + size, "" + random.nextDouble(), value);
          client.ask("HSET", "hash:" + size, "field " + i, value);
          client.ask("XADD", "stream:" + size, "*", "field", value);
        }
        client.ask("XGROUP", "CREATE", "stream:" + size, "group", "0");
        client.ask("XREADGROUP", "GROUP", "group", "me", "STREAMS", "stream:" + size, ">");
      }
    }
  }

  private static List<RdbEntry> read(Path file) throws IOException {
    List<RdbEntry> entries = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      new RdbFileReader().takes(type -> true).read(in, entry -> entries.add(copy(entry)));
    }
    return entries;
  }

  private static RdbEntry copy(RdbEntry entry) {
    DumpPayload value = new DumpPayload(entry.value().type(), entry.value().value().copy());
    return new RdbEntry(
        entry.offset(), entry.database(), entry.key(), entry.expiryMillis(), entry.access(), value);
  }

  private static void write(Path path, List<RdbEntry> entries) throws IOException {
    try (OutputStream out = Files.newOutputStream(path)) {
      RdbFileWriter file = new RdbFileWriter(out, RdbVersion.WRITTEN);
      file.aux("redis-bits", "64");
      int database = -1;
      for (RdbEntry entry : entries) {
        if (entry.database() != database) {
          database = entry.database();
          file.database(database, entries.size(), 0);
        }
        if (entry.value().type() == RdbType.STRING) {
          Bytes string = entry.value().string(Limits.STRING_SIZE_MAX);
          file.string(entry.key(), entry.expiryMillis(), entry.access(), string);
        } else {
          file.value(entry.key(), entry.expiryMillis(), entry.access(), entry.value());
        }
      }
      file.end();
    }
  }

  /// Checks that a server has these entries and no others.
  private static void assertSame(List<RdbEntry> entries, RespClient client) throws IOException {
    for (int database = 0; database < DATABASES; database++) {
      int number = database;
      client.ask("SELECT", "" + database);
      List<RdbEntry> there = entries.stream().filter(e -> e.database() == number).toList();
      assertThat(client.ask("DBSIZE")).isEqualTo(":" + there.size() + "\r\n");
      for (RdbEntry entry : there) {
        assertSame(entry, client);
      }
    }
  }

  private static void assertSame(RdbEntry entry, RespClient client) throws IOException {
    String key = text(entry.key());
    assertThat(client.ask("PEXPIRETIME", key)).isEqualTo(":" + entry.expiryMillis() + "\r\n");
    if (key.equals("idle")) {
      assertThat(entry.access().idleSeconds()).isBetween(100_000L, 101_000L);
      assertThat(client.ask("OBJECT", "IDLETIME", key)).matches(":100\\d\\d\\d\r\n");
    }
    if (entry.value().type() == RdbType.STRING) {
      String value = text(entry.value().string(Limits.STRING_SIZE_MAX));
      assertThat(RespClient.content(client.ask("GET", key)).equals(value)).isTrue();
      return;
    }
    assertThat(client.ask("RESTORE", "copy", "0", text(entry.value().sealed())))
        .isEqualTo("+OK\r\n");
    assertThat(client.ask("DEBUG", "DIGEST-VALUE", "copy"))
        .as("what is at %s", key)
        .isEqualTo(client.ask("DEBUG", "DIGEST-VALUE", key));
    client.ask("DEL", "copy");
  }

  private static String text(Bytes bytes) {
    return new String(bytes.toArray(), ISO_8859_1);
  }

  private static String value(Random random) {
    if (random.nextInt(3) == 0) {
      return Long.toString(random.nextLong() >> random.nextInt(64));
    }
    char[] value = new char[random.nextInt(1 << random.nextInt(1, 16))];
    int letters = 1 << random.nextInt(9);
    for (int i = 0; i < value.length; i++) {
      value[i] = (char) random.nextInt(letters);
    }
    return new String(value);
  }
}
