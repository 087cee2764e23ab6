package io.karst.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Clock;
import io.karst.server.RunningServer;
import io.karst.server.config.CommandLine;
import io.karst.server.config.Config;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.ProtocolVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/// Transactions of Jedis and Lettuce, on a database that keeps its data.
class TransactionsTest {
  private static final int CLIENTS = 8;
  private static final int ROUNDS = 200;

  @TempDir private Path folder;
  private RunningServer server;

  @BeforeEach
  void start() throws IOException {
    List<String> options =
        List.of("--port", "0", "--bind", "127.0.0.1", "--dir", folder.resolve("data").toString());
    Config config = CommandLine.parse(options).config();
    server = RunningServer.open(config, Clock.system());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void queuedCommandsAreAnsweredTogether(RedisProtocol protocol) {
    try (Jedis jedis = connect(protocol)) {
      AbstractTransaction transaction = jedis.multi();
      Response<String> set = transaction.set("k", "1");
      Response<Long> sum = transaction.incrBy("k", 41);
      Response<List<String>> list = transaction.lrange("none", 0, -1);
      assertThat(transaction.exec()).hasSize(3);
      assertThat(set.get()).isEqualTo("OK");
      assertThat(sum.get()).isEqualTo(42);
      assertThat(list.get()).isEmpty();
      transaction = jedis.multi();
      transaction.set("k", "other");
      transaction.discard();
      assertThat(jedis.get("k")).isEqualTo("42");
    }
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void anErrorIsAnsweredInItsPlace(RedisProtocol protocol) {
    try (Jedis jedis = connect(protocol)) {
      AbstractTransaction transaction = jedis.multi();
      transaction.set("text", "x");
      Response<Long> failing = transaction.incr("text");
      Response<String> after = transaction.get("text");
      transaction.exec();
      assertThatThrownBy(failing::get).isInstanceOf(JedisDataException.class);
      assertThat(after.get()).isEqualTo("x");
    }
  }

  @Test
  void anAtomicTransactionIsTakenBackAsAWhole() {
    try (Jedis jedis = connect(RedisProtocol.RESP3)) {
      jedis.set("text", "x");
      jedis.rpush("list", "1", "2");
      jedis.sendCommand(Protocol.Command.MULTI, "ATOMIC");
      jedis.sendCommand(Protocol.Command.LPOP, "list");
      jedis.sendCommand(Protocol.Command.SET, "fresh", "1");
      jedis.sendCommand(Protocol.Command.INCR, "text");
      assertThatThrownBy(() -> jedis.sendCommand(Protocol.Command.EXEC))
          .hasMessage(
              "EXECABORT Transaction undone because of command 3, 'incr': ERR value is not an"
                  + " integer or out of range");
      assertThat(jedis.lrange("list", 0, -1)).containsExactly("1", "2");
      assertThat(jedis.exists("fresh")).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void lettuceKnowsWhetherAWatchedKeyHasChanged(ProtocolVersion protocol) {
    try (RedisClient client = lettuce(protocol);
        StatefulRedisConnection<String, String> connection = client.connect();
        Jedis other = connect(RedisProtocol.RESP2)) {
      RedisCommands<String, String> commands = connection.sync();
      commands.watch("k");
      commands.multi();
      commands.set("k", "mine");
      TransactionResult done = commands.exec();
      assertThat(done.wasDiscarded()).isFalse();
      assertThat(done.<String>get(0)).isEqualTo("OK");
      commands.watch("k");
      other.set("k", "theirs");
      commands.multi();
      commands.set("k", "mine");
      assertThat(commands.exec().wasDiscarded()).isTrue();
      assertThat(commands.get("k")).isEqualTo("theirs");
    }
  }

  /// Each client reads a number and writes the next, if nobody was faster; under it all keys leave
  /// memory and come back, and checkpoints are taken.
  @ParameterizedTest
  @ValueSource(strings = {"MULTI", "MULTI ATOMIC"})
  void noIncrementIsLost(String multi) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<Integer>> failures = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        failures.add(executor.submit(() -> increment(multi.split(" ", -1))));
      }
      try (Jedis jedis = connect(RedisProtocol.RESP2)) {
        while (!failures.stream().allMatch(Future::isDone)) {
          jedis.configSet("maxmemory", "5mb");
          jedis.configSet("maxmemory", "0");
          jedis.save();
        }
      }
      for (Future<Integer> each : failures) {
        each.get();
      }
    }
    server.close();
    start();
    try (Jedis jedis = connect(RedisProtocol.RESP2)) {
      String sum = Integer.toString(CLIENTS * ROUNDS);
      assertThat(jedis.mget("counter", "{other}counter")).containsExactly(sum, sum);
      assertThat(jedis.llen("log")).isEqualTo(CLIENTS * ROUNDS);
    }
  }

  private int increment(String[] multi) {
    int failures = 0;
    try (Jedis jedis = connect(RedisProtocol.RESP2)) {
      for (int done = 0; done < ROUNDS; ) {
        jedis.watch("counter");
        String seen = jedis.get("counter");
        String next = Integer.toString(seen == null ? 1 : Integer.parseInt(seen) + 1);
        if (multi.length == 1) {
          jedis.sendCommand(Protocol.Command.MULTI);
        } else {
          jedis.sendCommand(Protocol.Command.MULTI, multi[1]);
        }
        jedis.sendCommand(Protocol.Command.SET, "counter", next);
        jedis.sendCommand(Protocol.Command.SET, "{other}counter", next);
        jedis.sendCommand(Protocol.Command.RPUSH, "log", next);
        if (jedis.sendCommand(Protocol.Command.EXEC) == null) {
          failures++;
        } else {
          done++;
        }
      }
    }
    return failures;
  }

  private Jedis connect(RedisProtocol protocol) {
    return new Jedis(
        new HostAndPort("127.0.0.1", server.server().port()),
        DefaultJedisClientConfig.builder().protocol(protocol).socketTimeoutMillis(60_000).build());
  }

  private RedisClient lettuce(ProtocolVersion protocol) {
    RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", server.server().port()));
    client.setOptions(ClientOptions.builder().protocolVersion(protocol).build());
    return client;
  }
}
