package io.karst.server.clients.redisson;

import io.karst.base.Clock;
import io.karst.server.RunningServer;
import io.karst.server.config.CommandLine;
import java.io.IOException;
import java.util.List;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.config.Protocol;

/// A server in memory, and two clients of it that know nothing of each other, as in two processes.
final class RedissonPair implements AutoCloseable {
  /// How long a lock is held whose holder is gone. It is renewed after a third of that.
  static final long LEASE_MILLIS = 9_000;

  final RedissonClient first;
  final RedissonClient second;
  private final RunningServer server;

  RedissonPair(Protocol protocol) throws IOException {
    List<String> options =
        List.of("--memory-only", "--port", "0", "--bind", "127.0.0.1", "--io-threads", "2");
    server = RunningServer.open(CommandLine.parse(options).config(), Clock.system());
    first = client(protocol);
    second = client(protocol);
  }

  RedissonClient client(Protocol protocol) {
    Config config =
        new Config()
            .setProtocol(protocol)
            .setThreads(4)
            .setNettyThreads(2)
            .setLockWatchdogTimeout(LEASE_MILLIS)
            .setMinCleanUpDelay(1);
    config
        .useSingleServer()
        .setAddress("redis://127.0.0.1:" + port())
        .setConnectionMinimumIdleSize(1)
        .setConnectionPoolSize(8)
        .setSubscriptionConnectionMinimumIdleSize(1)
        .setSubscriptionConnectionPoolSize(4);
    return Redisson.create(config);
  }

  int port() {
    return server.server().port();
  }

  @Override
  public void close() {
    first.shutdown();
    second.shutdown();
    server.close();
  }
}
