package io.karst.server.clients.spring;

import io.karst.base.Clock;
import io.karst.server.RunningServer;
import io.karst.server.config.CommandLine;
import java.io.IOException;
import java.util.List;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/// A server in memory, and what Spring connects to it with.
final class SpringServer implements AutoCloseable {
  /// The clients that Spring Data can be told to use.
  enum Driver {
    LETTUCE,
    JEDIS
  }

  private final RunningServer server;
  private final LettuceConnectionFactory lettuce;
  private final JedisConnectionFactory jedis;

  SpringServer() throws IOException {
    List<String> options =
        List.of("--memory-only", "--port", "0", "--bind", "127.0.0.1", "--io-threads", "2");
    server = RunningServer.open(CommandLine.parse(options).config(), Clock.system());
    RedisStandaloneConfiguration place =
        new RedisStandaloneConfiguration("127.0.0.1", server.server().port());
    lettuce = new LettuceConnectionFactory(place);
    lettuce.afterPropertiesSet();
    lettuce.start();
    jedis = new JedisConnectionFactory(place);
    jedis.afterPropertiesSet();
    jedis.start();
  }

  LettuceConnectionFactory lettuce() {
    return lettuce;
  }

  RedisConnectionFactory factory(Driver driver) {
    return switch (driver) {
      case LETTUCE -> lettuce;
      case JEDIS -> jedis;
    };
  }

  @Override
  public void close() {
    lettuce.destroy();
    jedis.destroy();
    server.close();
  }
}
