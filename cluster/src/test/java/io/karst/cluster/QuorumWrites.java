package io.karst.cluster;

import io.karst.base.Bytes;
import io.karst.memory.Record;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/// Measures: how many writes a second a majority of three members in this process takes from some
/// clients that wait for each, and how long they wait. To be run by hand.
///
/// Arguments: a directory, seconds for each number of clients, numbers of clients.
public final class QuorumWrites {
  private QuorumWrites() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory(Path.of(args[0]), "quorum");
    long seconds = Long.parseLong(args[1]);
    try (TestCluster cluster = TestCluster.formed(directory, 3)) {
      TestMember leader = cluster.leader();
      for (int i = 2; i < args.length; i++) {
        int clients = Integer.parseInt(args[i]);
        run(leader, clients, 2, false);
        run(leader, clients, seconds, true);
        confirm(leader, seconds);
      }
    }
  }

  private static void run(TestMember leader, int clients, long seconds, boolean told)
      throws InterruptedException {
    AtomicBoolean end = new AtomicBoolean();
    LongAdder count = new LongAdder();
    List<long[]> samples = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int c = 0; c < clients; c++) {
      int client = c;
      long[] nanos = new long[1 << 16];
      samples.add(nanos);
      threads.add(Thread.ofVirtual().start(() -> write(leader, client, end, count, nanos)));
    }
    long before = leader.cluster.status().committedIndex();
    TimeUnit.SECONDS.timedJoin(threads.getFirst(), seconds);
    end.set(true);
    long writes = count.sum();
    long entries = leader.cluster.status().committedIndex() - before;
    for (Thread thread : threads) {
      thread.join();
    }
    if (told) {
      long[] all =
          samples.stream().flatMapToLong(Arrays::stream).filter(n -> n > 0).sorted().toArray();
      System.out.printf(
          "%d clients: %d writes/s, %d entries/s, p50 %d us, p99 %d us%n",
          clients,
          writes / seconds,
          entries / seconds,
          all[all.length / 2] / 1000,
          all[(int) (all.length * 0.99)] / 1000);
    }
  }

  private static void write(
      TestMember leader, int client, AtomicBoolean end, LongAdder count, long[] nanos) {
    Bytes value = Bytes.of(new byte[64]);
    for (int i = 0; !end.get(); i++) {
      long begin = System.nanoTime();
      leader.change(
          "key:" + client + ":" + i % 1000,
          (tx, key) -> tx.putString(key, value, Record.NO_EXPIRY));
      nanos[i & nanos.length - 1] = System.nanoTime() - begin;
      count.increment();
    }
  }

  private static void confirm(TestMember leader, long seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Math.min(seconds, 2));
    long count = 0;
    long begin = System.nanoTime();
    while (System.nanoTime() < end) {
      long number = leader.engine.log().confirmation();
      leader.engine.log().requestConfirmation(number);
      while (leader.engine.log().confirmed() < number) {
        Thread.onSpinWait();
      }
      count++;
    }
    System.out.printf(
        "  confirmations: %d us each%n", (System.nanoTime() - begin) / 1000 / Math.max(1, count));
  }
}
