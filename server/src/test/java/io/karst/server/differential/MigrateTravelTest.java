package io.karst.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Keys go to a `redis-server` 7.0 with `MIGRATE`, and come back with its own.
@Timeout(60)
final class MigrateTravelTest {
  private static final List<String> MAKING =
      List.of(
          "SET string hello",
          "SET number 12345",
          "SETRANGE large 200000 x",
          "RPUSH list a 1 2.5 b",
          "HSET hash f1 v1 f2 2",
          "SADD set a b c",
          "SADD intset 1 2 300000",
          "ZADD zset 1 one 2.5 two",
          "PFADD counter a b c",
          "XADD stream 1-1 f v",
          "XADD stream 1-2 f w g x",
          "XGROUP CREATE stream g 1-1",
          "XREADGROUP GROUP g me STREAMS stream >");
  private static final List<String> KEYS =
      List.of(
          "string", "number", "large", "list", "hash", "set", "intset", "zset", "counter",
          "stream");
  private static final List<String> VIEWS =
      List.of(
          "GET string",
          "GET number",
          "STRLEN large",
          "LRANGE list 0 -1",
          "HMGET hash f1 f2",
          "SMISMEMBER set a b c d",
          "SISMEMBER intset 300000",
          "ZRANGE zset 0 -1 WITHSCORES",
          "PFCOUNT counter",
          "XRANGE stream - +",
          "XPENDING stream g");

  @Test
  void keysOfAllTypesGoAndComeBack(@TempDir Path directory) throws IOException {
    if (!RealRedis.isInstalled()) {
      return;
    }
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (RealRedis redis = RealRedis.start(directory, "--port", "" + port, "--bind", "127.0.0.1");
        KarstServer karst = KarstServer.start();
        RespClient theirs = redis.connect();
        RespClient ours = karst.connect()) {
      for (String making : MAKING) {
        ours.ask(making.split(" "));
      }
      List<String> before = views(ours);

      assertThat(ours.ask(migration(port))).isEqualTo("+OK\r\n");
      assertThat(ours.ask("DBSIZE")).isEqualTo(":0\r\n");
      assertThat(views(theirs)).isEqualTo(before);

      assertThat(theirs.ask(migration(karst.port()))).isEqualTo("+OK\r\n");
      assertThat(theirs.ask("DBSIZE")).isEqualTo(":0\r\n");
      assertThat(views(ours)).isEqualTo(before);
    }
  }

  private static List<String> migration(int port) {
    List<String> words =
        new ArrayList<>(List.of("MIGRATE", "127.0.0.1", "" + port, "", "0", "5000", "KEYS"));
    words.addAll(KEYS);
    return words;
  }

  private static List<String> views(RespClient client) throws IOException {
    List<String> replies = new ArrayList<>();
    for (String view : VIEWS) {
      replies.add(client.ask(view.split(" ")));
    }
    return replies;
  }
}
