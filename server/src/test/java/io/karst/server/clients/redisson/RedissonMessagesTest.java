package io.karst.server.clients.redisson;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.redisson.api.BatchOptions;
import org.redisson.api.BatchOptions.ExecutionMode;
import org.redisson.api.BatchResult;
import org.redisson.api.ExpiredObjectListener;
import org.redisson.api.RBatch;
import org.redisson.api.RBlockingQueue;
import org.redisson.api.RBucket;
import org.redisson.api.RFuture;
import org.redisson.api.RLocalCachedMap;
import org.redisson.api.RReliableTopic;
import org.redisson.api.RStream;
import org.redisson.api.RTopic;
import org.redisson.api.RTransaction;
import org.redisson.api.TransactionOptions;
import org.redisson.api.options.LocalCachedMapOptions;
import org.redisson.api.stream.StreamAddArgs;
import org.redisson.api.stream.StreamCreateGroupArgs;
import org.redisson.api.stream.StreamMessageId;
import org.redisson.api.stream.StreamReadArgs;
import org.redisson.api.stream.StreamReadGroupArgs;
import org.redisson.config.Protocol;
import redis.clients.jedis.Jedis;

/// What Redisson carries from one process to another: messages, queues, streams, transactions.
@ParameterizedClass
@EnumSource(Protocol.class)
@Timeout(120)
class RedissonMessagesTest {
  private static final int SOON_SECONDS = 30;

  private static RedissonPair pair;
  @Parameter Protocol protocol;

  @BeforeParameterizedClassInvocation
  static void start(Protocol protocol) throws IOException {
    pair = new RedissonPair(protocol);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    pair.close();
  }

  @Test
  void topics() throws InterruptedException {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    RTopic topic = pair.second.getTopic("news.sport");
    int listener =
        topic.addListener(String.class, (channel, message) -> heard.add(channel + " " + message));
    assertThat(pair.first.getTopic("news.sport").publish("goal")).isEqualTo(1);
    assertThat(heard.poll(SOON_SECONDS, SECONDS)).isEqualTo("news.sport goal");
    pair.second
        .getPatternTopic("news.*")
        .addListener(
            String.class,
            (pattern, channel, message) -> heard.add(pattern + " " + channel + " " + message));
    topic.removeListener(listener);
    await()
        .atMost(SOON_SECONDS, SECONDS)
        .until(() -> pair.first.getTopic("news.sport").countSubscribers() == 0);
    assertThat(pair.first.getTopic("news.sport").publish("end")).isEqualTo(1);
    assertThat(heard.poll(SOON_SECONDS, SECONDS)).isEqualTo("news.* news.sport end");
  }

  @Test
  void shardedAndReliableTopics() throws InterruptedException {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    pair.second
        .getShardedTopic("shard")
        .addListener(String.class, (channel, message) -> heard.add(message));
    assertThat(pair.first.getShardedTopic("shard").publish("one")).isEqualTo(1);
    assertThat(heard.poll(SOON_SECONDS, SECONDS)).isEqualTo("one");
    RReliableTopic topic = pair.second.getReliableTopic("reliable");
    topic.addListener(String.class, (channel, message) -> heard.add(message));
    assertThat(pair.first.getReliableTopic("reliable").publish("two")).isEqualTo(1);
    assertThat(heard.poll(SOON_SECONDS, SECONDS)).isEqualTo("two");
  }

  @Test
  void queuesThatAreWaitedFor() throws Exception {
    RBlockingQueue<String> here = pair.first.getBlockingQueue("queue");
    RBlockingQueue<String> there = pair.second.getBlockingQueue("queue");
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<String> waiting = pool.submit(there::take);
      awaitBlocked("blpop");
      here.put("job");
      assertThat(waiting.get(SOON_SECONDS, SECONDS)).isEqualTo("job");
      Future<Map<String, List<String>>> any =
          pool.submit(() -> there.pollFirstFromAny(Duration.ofMinutes(1), 2, "queue2"));
      awaitBlocked("blmpop");
      pair.first.getQueue("queue2").add("other");
      assertThat(any.get(SOON_SECONDS, SECONDS)).isEqualTo(Map.of("queue2", List.of("other")));
    }
    assertThat(there.poll(100, MILLISECONDS)).isNull();
    here.addAll(List.of("a", "b"));
    assertThat(here.pollLastAndOfferFirstTo("queue3")).isEqualTo("b");
    assertThat(pair.second.getQueue("queue3").poll()).isEqualTo("b");
  }

  /// Waits until somebody is blocked in a command. The listener of a stream may be, too.
  private static void awaitBlocked(String command) {
    try (Jedis jedis = new Jedis("127.0.0.1", pair.port(), 60_000)) {
      await()
          .atMost(SOON_SECONDS, SECONDS)
          .until(() ->
              jedis
                  .clientList()
                  .lines()
                  .anyMatch(each ->
                      each.contains(" flags=b ") && each.contains(" cmd=" + command + " ")));
    }
  }

  @Test
  void streamsAndTheirGroups() {
    RStream<String, String> stream = pair.first.getStream("stream");
    stream.createGroup(StreamCreateGroupArgs.name("group").makeStream());
    StreamMessageId first = stream.add(StreamAddArgs.entry("n", "1"));
    StreamMessageId second = stream.add(StreamAddArgs.entry("n", "2").trim().maxLen(10).noLimit());
    RStream<String, String> there = pair.second.getStream("stream");
    Map<StreamMessageId, Map<String, String>> read =
        there.readGroup(
            "group",
            "worker",
            StreamReadGroupArgs.neverDelivered().count(5).timeout(Duration.ofSeconds(10)));
    assertThat(read).isEqualTo(Map.of(first, Map.of("n", "1"), second, Map.of("n", "2")));
    assertThat(there.ack("group", first)).isEqualTo(1);
    assertThat(stream.getPendingInfo("group").getConsumerNames()).isEqualTo(Map.of("worker", 1L));
    assertThat(stream.claim("group", "other", 0, SECONDS, second))
        .isEqualTo(Map.of(second, Map.of("n", "2")));
    assertThat(stream.listGroups())
        .singleElement()
        .satisfies(group -> {
          assertThat(group.getName()).isEqualTo("group");
          assertThat(group.getPending()).isEqualTo(1);
        });
    assertThat(stream.getInfo().getLength()).isEqualTo(2);
    assertThat(stream.read(StreamReadArgs.greaterThan(StreamMessageId.ALL))).hasSize(2);
  }

  @Test
  void transactions() {
    pair.first.getBucket("account").set(100);
    RTransaction transfer = pair.first.createTransaction(TransactionOptions.defaults());
    transfer.<Integer>getBucket("account").set(70);
    transfer.<String, Integer>getMap("log").put("taken", 30);
    assertThat(pair.second.getBucket("account").get()).isEqualTo(100);
    transfer.commit();
    assertThat(pair.second.getBucket("account").get()).isEqualTo(70);
    assertThat(pair.second.getMap("log").get("taken")).isEqualTo(30);
    RTransaction undone = pair.first.createTransaction(TransactionOptions.defaults());
    undone.<Integer>getBucket("account").set(0);
    undone.rollback();
    assertThatThrownBy(undone::commit).isInstanceOf(IllegalStateException.class);
    assertThat(pair.second.getBucket("account").get()).isEqualTo(70);
  }

  @Test
  void batches() throws Exception {
    for (ExecutionMode mode : ExecutionMode.values()) {
      if (mode.name().contains("WRITE_ATOMIC") || mode.name().startsWith("IN_MEMORY")) {
        String key = "batch:" + mode;
        RBatch batch = pair.first.createBatch(BatchOptions.defaults().executionMode(mode));
        RFuture<Long> count = batch.getAtomicLong(key).incrementAndGetAsync();
        RFuture<Boolean> put = batch.getMap("map:" + key).fastPutAsync("a", 1);
        BatchResult<?> result = batch.execute();
        assertThat(result.getResponses().get(0)).isEqualTo(1L);
        assertThat(result.getResponses().get(1)).isEqualTo(true);
        assertThat(count.get(SOON_SECONDS, SECONDS)).isEqualTo(1);
        assertThat(put.get(SOON_SECONDS, SECONDS)).isTrue();
        assertThat(pair.second.getMap("map:" + key).get("a")).isEqualTo(1);
      }
    }
  }

  @Test
  void aMapKeptByEachClientFollowsTheOther() {
    RLocalCachedMap<String, String> here =
        pair.first.getLocalCachedMap(LocalCachedMapOptions.name("kept"));
    RLocalCachedMap<String, String> there =
        pair.second.getLocalCachedMap(LocalCachedMapOptions.name("kept"));
    here.put("a", "1");
    await().until(() -> "1".equals(there.get("a")));
    assertThat(there.getCachedMap()).containsEntry("a", "1");
    here.put("a", "2");
    await().until(() -> "2".equals(there.get("a")));
  }

  @Test
  void anObjectTellsThatItExpired() throws InterruptedException {
    try (Jedis jedis = new Jedis("127.0.0.1", pair.port())) {
      jedis.configSet("notify-keyspace-events", "Ex");
    }
    BlockingQueue<String> expired = new LinkedBlockingQueue<>();
    RBucket<String> bucket = pair.second.getBucket("passing");
    bucket.addListener((ExpiredObjectListener) expired::add);
    bucket.set("x", Duration.ofMillis(50));
    assertThat(expired.poll(SOON_SECONDS, SECONDS)).isEqualTo("passing");
  }
}
