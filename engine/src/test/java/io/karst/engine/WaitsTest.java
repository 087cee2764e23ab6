package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.engine.TestQueue.Client;
import io.karst.engine.TestQueue.Taken;
import io.karst.keyspace.Key;
import io.karst.value.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitsTest {
  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Engine engine =
      Engine.open(EngineOptions.defaults(seed).withMaintenance(false).withDatabases(2));

  @AfterEach
  void close() {
    assertThat(engine.waiters().count()).isZero();
    assertThat(engine.waiters().keys()).isZero();
    engine.close();
  }

  @Test
  void theWriterServesInTheOrderOfArrival() {
    Client first = waiting("k");
    Client second = waiting("k");
    Client third = waiting("k");
    push("k", 1, 2);
    assertThat(first.answer).isCompletedWithValue(new Taken(0, 1));
    assertThat(second.answer).isCompletedWithValue(new Taken(0, 2));
    assertThat(third.answer).isNotDone();
    assertThat(third.cancel()).isTrue();
    assertThat(third.cancel()).isFalse();
  }

  @Test
  void nobodyIsRunWhenTheKeyIsGoneAgain() {
    Client first = waiting("k");
    Client second = waiting("k");
    push("k", 1);
    assertThat(first.answer).isCompletedWithValue(new Taken(0, 1));
    assertThat(second.runs).isEqualTo(1);
    second.cancel();
  }

  @Test
  void whoFindsNothingKeepsItsPlace() {
    Client picky = new Client(engine, false, List.of("k"));
    Waiter lists = new Waiter(0, new Key[] {Key.of("k")}, 1, ValueType.LIST, false, picky);
    TestQueue.run(engine, picky.keys, tx -> tx.waits().enter(lists));
    Client any = waiting("k");
    push("k", 1);
    assertThat(any.answer).isCompletedWithValue(new Taken(0, 1));
    assertThat(picky.runs).isZero();
    assertThat(engine.waiters().cancel(lists)).isTrue();
  }

  @Test
  void aWaiterOfSeveralKeysIsServedOnceUnderAllTheirLocks() {
    Client both = waiting("a", "b");
    push("b", 7);
    assertThat(both.answer).isCompletedWithValue(new Taken(1, 7));
    push("a", 8);
    assertThat(both.runs).isEqualTo(2);
    assertThat(engine.size(0)).isEqualTo(1);
  }

  @Test
  void aLockThatIsNotFreePostponesAndKeepsTheOrder() {
    Client both = waiting("a", "b");
    Client behind = waiting("a");
    Client elsewhere = waiting("b");
    try (Tx holder = engine.newTx()) {
      holder.begin(1, 0);
      holder.slots().add(Key.of("b").slot());
      holder.lock();
      push("a", 1, 2);
      assertThat(both.postponements).isEqualTo(1);
      assertThat(behind.answer).isNotDone();
      TestQueue.push(holder, Key.of("b"), 3);
      holder.end(); // Finds `both` claimed, and must not pass it.
    }
    assertThat(elsewhere.answer).isNotDone();
    assertThat(both.cancel()).isFalse();
    both.again();
    assertThat(both.answer).isCompletedWithValue(new Taken(0, 1));
    assertThat(behind.answer).isCompletedWithValue(new Taken(0, 2));
    assertThat(elsewhere.answer).isCompletedWithValue(new Taken(0, 3));
  }

  @Test
  void nobodyTakesAtAnotherKeyWhatOneWhoCameBeforeIsToBeServedWith() {
    Client both = waiting("a", "b");
    Client woken = waiting("a", "c");
    try (Tx holder = engine.newTx()) {
      holder.begin(1, 0);
      holder.slots().add(Key.of("b").slot());
      holder.lock();
      push("a", 1, 2);
      assertThat(both.postponements).isEqualTo(1);
      push("c", 3);
      assertThat(woken.answer).isCompletedWithValue(new Taken(1, 3));
      Client fresh = waiting("a");
      assertThat(fresh.answer).isNotDone();
      holder.end();
      both.again();
      assertThat(both.answer).isCompletedWithValue(new Taken(0, 1));
      assertThat(fresh.answer).isCompletedWithValue(new Taken(0, 2));
    }
  }

  @Test
  void whoCameFirstIsServedFirstAtEachKeyOfATransaction() {
    Client first = waiting("b");
    Client second = waiting("b", "a");
    Client third = waiting("a");
    TestQueue.run(
        engine,
        List.of(Key.of("a"), Key.of("b")),
        tx -> {
          TestQueue.push(tx, Key.of("a"), 1);
          TestQueue.push(tx, Key.of("b"), 2);
        });
    assertThat(first.answer).isCompletedWithValue(new Taken(0, 2));
    assertThat(second.answer).isCompletedWithValue(new Taken(1, 1));
    assertThat(third.answer).isNotDone();
    third.cancel();
  }

  @Test
  void whoGoesWhileItIsPostponedLeavesTheKeyToTheNext() {
    Client both = waiting("a", "b");
    Client behind = waiting("a");
    try (Tx holder = engine.newTx()) {
      holder.begin(1, 0);
      holder.slots().add(Key.of("b").slot());
      holder.lock();
      push("a", 1);
      holder.end();
    }
    both.open = false;
    both.again();
    assertThat(both.answer).isNotDone();
    assertThat(behind.answer).isCompletedWithValue(new Taken(0, 1));
  }

  @Test
  void whoHasGoneIsPassedOver() {
    Client gone = waiting("k");
    Client stays = waiting("k");
    gone.open = false;
    push("k", 1);
    assertThat(gone.answer).isNotDone();
    assertThat(stays.answer).isCompletedWithValue(new Taken(0, 1));
  }

  @Test
  void whatIsOneWholeServesAtItsEndAndMayNotBlock() {
    Client waiting = waiting("k");
    Key key = Key.of("k");
    TestQueue.run(
        engine,
        List.of(key),
        tx -> {
          tx.waits().atomic();
          assertThat(tx.waits().mayBlock()).isFalse();
          TestQueue.push(tx, key, 1);
          tx.next(0);
          assertThat(TestQueue.pop(tx, key)).isEqualTo(1);
          tx.next(0);
          TestQueue.push(tx, key, 2);
          tx.next(0);
        });
    assertThat(waiting.answer).isCompletedWithValue(new Taken(0, 2));
  }

  @Test
  void commandsOfOneTransactionServeOneByOne() {
    Client waiting = waiting("k");
    Key key = Key.of("k");
    TestQueue.run(
        engine,
        List.of(key),
        tx -> {
          TestQueue.push(tx, key, 1);
          tx.next(0);
          assertThat(TestQueue.pop(tx, key)).isEqualTo(-1);
        });
    assertThat(waiting.answer).isCompletedWithValue(new Taken(0, 1));
  }

  @Test
  void everyNumberIsTakenOnceAndInOrderWhateverTheSchedule() throws Exception {
    System.out.println("WaitsTest seed " + seed);
    int queues = 4;
    int numbers = 2_000;
    Ledger ledger = new Ledger(queues);
    AtomicInteger left = new AtomicInteger(queues * numbers);
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        Random random = new Random(seed + i);
        all.add(threads.submit(() -> consume(random, ledger, left)));
      }
      for (int queue = 0; queue < queues; queue++) {
        int number = queue;
        Random random = new Random(seed - 1 - queue);
        all.add(threads.submit(() -> produce(random, number, numbers)));
      }
      for (Future<?> each : all) {
        each.get(120, TimeUnit.SECONDS);
      }
    }
    for (int queue = 0; queue < queues; queue++) {
      assertThat(ledger.numbers.get(queue)).hasSize(numbers).isSorted();
      assertThat(ledger.tickets.get(queue)).isSorted();
    }
    assertThat(ledger.served.get()).isPositive();
  }

  @Test
  void whoeverComesWhileSomebodyWritesIsServed() throws Exception {
    System.out.println("WaitsTest seed " + seed);
    Random random = new Random(seed);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      for (int round = 0; round < 1_000; round++) {
        List<Future<?>> writers = new ArrayList<>();
        List<Future<Taken>> takers = new ArrayList<>();
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7));
        Collections.shuffle(order, random);
        for (int i : order) {
          String name = "queue" + random.nextInt(3);
          if (i < 4) {
            writers.add(threads.submit(() -> push(name, 1)));
          } else {
            List<String> names = new ArrayList<>(List.of("queue0", "queue1", "queue2"));
            Collections.shuffle(names, random);
            takers.add(
                threads.submit(() -> {
                  Client client = new Client(engine, true, names).start(() -> {});
                  return client.answer.get(20, TimeUnit.SECONDS);
                }));
          }
        }
        for (Future<?> writer : writers) {
          writer.get();
        }
        for (Future<Taken> taker : takers) {
          assertThat(taker.get().number()).isEqualTo(1);
        }
        assertThat(engine.size(0)).isZero();
      }
    }
  }

  /// What was taken from which queue, in order, and with which tickets those came who had waited.
  private static final class Ledger {
    private final List<List<Integer>> numbers = new ArrayList<>();
    private final List<List<Integer>> tickets = new ArrayList<>();
    private final AtomicInteger served = new AtomicInteger();

    /// The next ticket of a queue: under the lock of its slot.
    private final int[] next;

    private Ledger(int queues) {
      next = new int[queues];
      for (int i = 0; i < queues; i++) {
        numbers.add(new ArrayList<>());
        tickets.add(new ArrayList<>());
      }
    }
  }

  private Void produce(Random random, int queue, int count) {
    Key key = Key.of("queue" + queue);
    int number = 0;
    while (number < count) {
      int more = Math.min(1 + random.nextInt(3), count - number);
      int from = number;
      boolean slow = random.nextInt(64) == 0;
      while (slow && engine.waiters().count() == 0) {
        Thread.onSpinWait(); // So that somebody waits now and then, however fast the others are.
      }
      TestQueue.run(
          engine,
          List.of(key),
          tx -> {
            for (int i = 0; i < more; i++) {
              TestQueue.push(tx, key, from + i);
              tx.next(0);
            }
          });
      number += more;
      for (int pause = random.nextInt(200); pause > 0; pause--) {
        Thread.onSpinWait();
      }
    }
    return null;
  }

  private Void consume(Random random, Ledger ledger, AtomicInteger left) throws Exception {
    while (left.get() > 0) {
      List<Integer> wanted = new ArrayList<>(List.of(0, 1, 2, 3));
      Collections.shuffle(wanted, random);
      wanted = wanted.subList(0, 1 + random.nextInt(4));
      takeOne(random, ledger, left, wanted);
    }
    return null;
  }

  private void takeOne(Random random, Ledger ledger, AtomicInteger left, List<Integer> wanted)
      throws Exception {
    Client client = new Client(engine, true, wanted.stream().map(i -> "queue" + i).toList());
    Map<Integer, Integer> tickets = new ConcurrentHashMap<>();
    client.witness =
        taken -> {
          int queue = wanted.get(taken.queue());
          ledger.numbers.get(queue).add(taken.number());
          Integer ticket = tickets.get(queue);
          if (ticket != null) {
            ledger.tickets.get(queue).add(ticket);
            ledger.served.incrementAndGet();
          }
        };
    client.start(() -> wanted.forEach(queue -> tickets.put(queue, ledger.next[queue]++)));
    long patienceMicros = random.nextInt(3) == 0 ? 0 : random.nextInt(3_000);
    try {
      client.answer.get(patienceMicros, TimeUnit.MICROSECONDS);
    } catch (TimeoutException tooLong) {
      if (client.cancel()) {
        return;
      }
    }
    client.answer.get(60, TimeUnit.SECONDS);
    left.decrementAndGet();
  }

  private Client waiting(String... names) {
    return new Client(engine, false, List.of(names)).start(() -> {});
  }

  private void push(String name, int... numbers) {
    Key key = Key.of(name);
    TestQueue.run(
        engine,
        List.of(key),
        tx -> {
          for (int number : numbers) {
            TestQueue.push(tx, key, number);
          }
        });
  }
}
