package io.karst.server.clients.redisson;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.redisson.api.RAtomicLong;
import org.redisson.api.RBucket;
import org.redisson.api.RCountDownLatch;
import org.redisson.api.RFencedLock;
import org.redisson.api.RLock;
import org.redisson.api.RReadWriteLock;
import org.redisson.api.RSemaphore;
import org.redisson.api.RedissonClient;
import org.redisson.config.Protocol;
import redis.clients.jedis.Jedis;

/// Redisson's locks between two processes: scripts that take and release, messages that wake.
@ParameterizedClass
@EnumSource(Protocol.class)
@Timeout(120)
@SuppressWarnings("LockNotBeforeTry") // Nothing is guarded: the locks are what is looked at.
class RedissonLocksTest {
  /// How long something may take that is to happen at once; far less than a lease.
  private static final int SOON_SECONDS = 30;

  private static RedissonPair pair;
  @Parameter private Protocol protocol;

  @BeforeParameterizedClassInvocation
  static void start(Protocol protocol) throws IOException {
    pair = new RedissonPair(protocol);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    pair.close();
  }

  @Test
  void whatALockGuardsIsNeverDoneTwiceAtATime() throws Exception {
    int rounds = 20;
    pair.first.getBucket("guarded").set(0);
    List<Callable<Void>> workers = new ArrayList<>();
    for (RedissonClient client : List.of(pair.first, pair.second, pair.first, pair.second)) {
      workers.add(() -> increment(client, rounds));
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(workers.size())) {
      for (Future<Void> each : pool.invokeAll(workers)) {
        each.get();
      }
    }
    assertThat(pair.first.<Integer>getBucket("guarded").get()).isEqualTo(4 * rounds);
  }

  private static Void increment(RedissonClient client, int rounds) {
    RLock lock = client.getLock("guard");
    RBucket<Integer> bucket = client.getBucket("guarded");
    for (int i = 0; i < rounds; i++) {
      lock.lock();
      try {
        bucket.set(bucket.get() + 1);
      } finally {
        lock.unlock();
      }
    }
    return null;
  }

  @Test
  void whoeverWaitsIsWokenByAMessage() throws Exception {
    RLock held = pair.first.getLock("wake");
    held.lock(10, MINUTES);
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<Boolean> waiting =
          pool.submit(() -> pair.second.getLock("wake").tryLock(10, 10, MINUTES));
      awaitListener("redisson_lock__channel:{wake}");
      held.unlock();
      assertThat(waiting.get(SOON_SECONDS, SECONDS)).isTrue();
      assertThat(held.isLocked()).isTrue();
      assertThat(held.tryLock()).isFalse();
    }
  }

  @Test
  void aLockIsEnteredAgainByItsHolder() {
    RLock lock = pair.first.getLock("again");
    lock.lock();
    lock.lock();
    assertThat(lock.getHoldCount()).isEqualTo(2);
    assertThat(pair.second.getLock("again").tryLock()).isFalse();
    lock.unlock();
    assertThat(lock.isLocked()).isTrue();
    lock.unlock();
    assertThat(pair.second.getLock("again").isLocked()).isFalse();
  }

  @Test
  void aLockThatIsHeldIsRenewed() {
    RLock lock = pair.first.getLock("renewed");
    lock.lock();
    long[] left = {lock.remainTimeToLive()};
    assertThat(left[0]).isBetween(1L, RedissonPair.LEASE_MILLIS);
    await()
        .atMost(SOON_SECONDS, SECONDS)
        .until(() -> {
          long before = left[0];
          left[0] = lock.remainTimeToLive();
          return left[0] > before;
        });
    lock.unlock();
  }

  @Test
  void aLockWhoseHolderIsGoneIsFree() throws Exception {
    RedissonClient gone = pair.client(protocol);
    gone.getLock("left").lock(300, MILLISECONDS);
    gone.shutdown();
    RLock lock = pair.second.getLock("left");
    assertThat(lock.tryLock(SOON_SECONDS, SECONDS)).isTrue();
    lock.unlock();
  }

  @Test
  void aFairLockIsTakenInTheOrderOfArrival() throws Exception {
    Queue<Integer> served = new ConcurrentLinkedQueue<>();
    RLock held = pair.first.getFairLock("fair");
    held.lock();
    try (ExecutorService pool = Executors.newCachedThreadPool()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int number = i;
        RedissonClient client = i % 2 == 0 ? pair.second : pair.first;
        all.add(pool.submit(() -> takeFairly(client, number, served)));
        awaitQueue(i + 1);
      }
      held.unlock();
      for (Future<?> each : all) {
        each.get(SOON_SECONDS, SECONDS);
      }
    }
    assertThat(served).containsExactly(0, 1, 2, 3);
  }

  private static void takeFairly(RedissonClient client, int number, Queue<Integer> served) {
    RLock lock = client.getFairLock("fair");
    lock.lock();
    served.add(number);
    lock.unlock();
  }

  private static void awaitQueue(long size) {
    try (Jedis jedis = jedis()) {
      await()
          .atMost(SOON_SECONDS, SECONDS)
          .until(() -> jedis.llen("redisson_lock_queue:{fair}") == size);
    }
  }

  @Test
  void readersShareAndWritersDoNot() throws Exception {
    RReadWriteLock here = pair.first.getReadWriteLock("rw");
    RReadWriteLock there = pair.second.getReadWriteLock("rw");
    here.readLock().lock();
    assertThat(there.readLock().tryLock()).isTrue();
    assertThat(there.writeLock().tryLock()).isFalse();
    there.readLock().unlock();
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<Boolean> writer = pool.submit(() -> there.writeLock().tryLock(10, 10, MINUTES));
      awaitListener("redisson_rwlock:{rw}");
      here.readLock().unlock();
      assertThat(writer.get(SOON_SECONDS, SECONDS)).isTrue();
      assertThat(here.readLock().tryLock()).isFalse();
      assertThat(here.writeLock().tryLock()).isFalse();
    }
    assertThat(there.writeLock().forceUnlock()).isTrue();
    assertThat(here.readLock().tryLock()).isTrue();
    here.readLock().unlock();
  }

  @Test
  void eachHolderOfAFencedLockHasAHigherToken() {
    RFencedLock here = pair.first.getFencedLock("fenced");
    RFencedLock there = pair.second.getFencedLock("fenced");
    long token = here.lockAndGetToken();
    here.unlock();
    assertThat(there.lockAndGetToken()).isGreaterThan(token);
    there.unlock();
  }

  @Test
  void permitsAreCounted() throws Exception {
    RSemaphore here = pair.first.getSemaphore("permits");
    RSemaphore there = pair.second.getSemaphore("permits");
    assertThat(here.trySetPermits(2)).isTrue();
    assertThat(here.tryAcquire(2)).isTrue();
    assertThat(there.tryAcquire()).isFalse();
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<Boolean> waiting = pool.submit(() -> there.tryAcquire(Duration.ofMinutes(10)));
      awaitListener("redisson_sc:{permits}");
      here.release();
      assertThat(waiting.get(SOON_SECONDS, SECONDS)).isTrue();
    }
    assertThat(here.availablePermits()).isZero();
  }

  @Test
  void aLatchOpensForBoth() throws Exception {
    RCountDownLatch here = pair.first.getCountDownLatch("latch");
    RCountDownLatch there = pair.second.getCountDownLatch("latch");
    RAtomicLong passed = pair.first.getAtomicLong("passed");
    here.trySetCount(2);
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<Long> waiting =
          pool.submit(() -> {
            there.await();
            return passed.incrementAndGet();
          });
      awaitListener("redisson_countdownlatch__channel__{latch}");
      here.countDown();
      assertThat(passed.get()).isZero();
      here.countDown();
      assertThat(waiting.get(SOON_SECONDS, SECONDS)).isEqualTo(1);
    }
  }

  private static void awaitListener(String channel) {
    try (Jedis jedis = jedis()) {
      await()
          .atMost(SOON_SECONDS, SECONDS)
          .until(() -> jedis.pubsubNumSub(channel).get(channel) == 1);
    }
  }

  private static Jedis jedis() {
    return new Jedis("127.0.0.1", pair.port(), 60_000);
  }
}
