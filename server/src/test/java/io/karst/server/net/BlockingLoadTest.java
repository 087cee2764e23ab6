package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Many clients that wait, time out, vanish and write at once: every element is answered to one
/// client, or was taken by one that vanished.
class BlockingLoadTest {
  private static final int QUEUES = 5;
  private static final int TAKERS = 12;
  private static final int ELEMENTS = 1_500;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Map<String, Integer> taken = new ConcurrentHashMap<>();
  private final AtomicInteger lost = new AtomicInteger();

  @Test
  void everyElementIsAnsweredOnce() throws Exception {
    System.out.println("BlockingLoadTest seed " + seed);
    try (WireServer server = WireServer.withAll("io-threads", "3");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> writers = new ArrayList<>();
      List<Future<Void>> takers = new ArrayList<>();
      for (int i = 0; i < TAKERS; i++) {
        Random random = new Random(seed + i);
        takers.add(threads.submit(taker(server, random)));
      }
      for (int queue = 0; queue < QUEUES; queue++) {
        int number = queue;
        writers.add(threads.submit(() -> write(server, number)));
      }
      for (Future<Void> writer : writers) {
        writer.get();
      }
      for (Future<Void> taker : takers) {
        taker.get();
      }
      assertThat(taken.values()).containsOnly(1);
      assertThat(taken.size() + lost.get()).isGreaterThanOrEqualTo(QUEUES * ELEMENTS);
      assertThat(taken.size()).isLessThanOrEqualTo(QUEUES * ELEMENTS);
      // Whoever has left last may not have been missed yet.
      await().until(() -> server.server.engine().waiters().count() == 0);
      assertThat(server.server.engine().size(0)).isZero();
    }
  }

  /// Takes until nothing has come for a while.
  private Callable<Void> taker(WireServer server, Random random) {
    return () -> {
      WireClient client = server.connect();
      int empty = 0;
      while (empty < 3) {
        String reply = client.ask(take(random, "2"));
        empty = count(reply) ? 0 : empty + 1;
        if (random.nextInt(50) == 0) { // Leaves in the midst of waiting.
          client.send(take(random, "0"));
          lost.incrementAndGet();
          client.close();
          client = server.connect();
        }
      }
      client.close();
      return null;
    };
  }

  private static String take(Random random, String timeout) {
    List<String> words = new ArrayList<>();
    for (int queue = 0; queue < QUEUES; queue++) {
      words.add("queue" + queue);
    }
    Collections.shuffle(words, random);
    words.addFirst("BTAKE");
    words.add(timeout);
    return request(words.toArray(String[]::new));
  }

  private boolean count(String reply) {
    if (reply.equals("*-1\r\n")) {
      return false;
    }
    List<String> lines = reply.lines().toList();
    taken.merge(lines.get(2) + "/" + lines.get(4), 1, Integer::sum);
    return true;
  }

  private static Void write(WireServer server, int queue) throws IOException {
    try (WireClient client = server.connect()) {
      for (int i = 0; i < ELEMENTS; i++) {
        String element = String.format("%04d", i);
        assertThat(client.ask(request("APPEND", "queue" + queue, element))).startsWith(":");
      }
    }
    return null;
  }
}
