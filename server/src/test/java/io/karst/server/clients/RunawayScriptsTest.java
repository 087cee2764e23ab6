package io.karst.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.karst.base.Clock;
import io.karst.server.RunningServer;
import io.karst.server.config.CommandLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/// Scripts that loop or take memory without end, or fail half way, while others work: those go on,
/// and what is there in the end is what was answered.
@Timeout(240)
class RunawayScriptsTest {
  private static final int WORKERS = 4;
  private static final int ROUNDS = 3;
  private static final String COUNT = "redis.call('INCR', KEYS[1]) ";
  private static final String LOOP = COUNT + "while true do end";
  private static final String GROW =
      COUNT + "local t = {} while true do t[#t + 1] = string.rep('x', 100000) .. #t end";
  private static final String FAIL = COUNT + "redis.call('LPUSH', KEYS[1], 1)" + COUNT;

  @TempDir private Path folder;
  private RunningServer server;

  @BeforeEach
  void start() throws IOException {
    server = open();
  }

  private RunningServer open() throws IOException {
    String data = folder.resolve("data").toString();
    List<String> options =
        List.of(
            "--port",
            "0",
            "--bind",
            "127.0.0.1",
            "--dir",
            data,
            "--io-threads",
            "2",
            "--busy-reply-threshold",
            "50");
    return RunningServer.open(CommandLine.parse(options).config(), Clock.system());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void othersGoOnAndNothingIsLost() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    List<Long> counts = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(WORKERS + 1)) {
      List<Future<Long>> workers = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        String key = "worker" + i;
        workers.add(executor.submit(() -> work(key, over)));
      }
      try (Jedis jedis = jedis()) {
        for (int round = 1; round <= ROUNDS; round++) {
          loop(executor, jedis);
          assertThatThrownBy(() -> jedis.eval(GROW, 1, "grows"))
              .hasMessageContaining("not enough memory");
          assertThatThrownBy(() -> jedis.eval(FAIL, 1, "fails")).hasMessageContaining("WRONGTYPE");
          String atomic = "#!lua flags=atomic\n" + FAIL;
          assertThatThrownBy(() -> jedis.eval(atomic, 1, "atomic"))
              .isInstanceOf(JedisDataException.class);
          assertThat(jedis.mget("loops", "grows", "fails", "atomic"))
              .containsExactly(null, "" + round, "" + round, null);
        }
      } finally {
        over.set(true);
      }
      for (Future<Long> worker : workers) {
        counts.add(worker.get());
      }
    }
    server.close();
    server = open();
    try (Jedis jedis = jedis()) {
      for (int i = 0; i < WORKERS; i++) {
        assertThat(counts.get(i)).isPositive();
        assertThat(jedis.get("worker" + i)).isEqualTo("" + counts.get(i));
      }
      assertThat(jedis.mget("loops", "grows", "fails", "atomic"))
          .containsExactly(null, "" + ROUNDS, "" + ROUNDS, null);
    }
  }

  /// Runs one that loops, on a connection of its own, and ends it.
  private void loop(ExecutorService executor, Jedis jedis) throws Exception {
    Future<?> looping =
        executor.submit(() -> {
          try (Jedis own = jedis()) {
            assertThatThrownBy(() -> own.eval(LOOP, 1, "loops")).hasMessageContaining("killed");
          }
        });
    await()
        .until(() ->
            server.server().scripting().running().all().stream()
                .anyMatch(script -> script.overdue()));
    assertThatThrownBy(() -> jedis.get("loops")).hasMessageContaining("BUSY");
    assertThat(jedis.scriptKill()).isEqualTo("OK");
    looping.get();
  }

  /// Counts until the others are done; returns how far.
  private long work(String key, AtomicBoolean over) {
    long count = 0;
    try (Jedis jedis = jedis()) {
      while (!over.get()) {
        count++;
        Object answer = count % 2 == 0 ? jedis.incr(key) : jedis.eval(COUNT + "return 1", 1, key);
        assertThat(answer).isEqualTo(count % 2 == 0 ? count : 1L);
      }
    }
    return count;
  }

  private Jedis jedis() {
    return new Jedis("127.0.0.1", server.server().port(), 60_000);
  }
}
