package io.karst.server.clients.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.server.clients.spring.SpringServer.Driver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.stream.Consumer;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.connection.stream.ReadOffset;
import org.springframework.data.redis.connection.stream.StreamOffset;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.RedisKeyExpiredEvent;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.KeyExpirationEventMessageListener;
import org.springframework.data.redis.listener.PatternTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.data.redis.stream.StreamMessageListenerContainer;
import org.springframework.data.redis.stream.StreamMessageListenerContainer.StreamMessageListenerContainerOptions;
import reactor.core.publisher.Flux;

/// Spring Data Redis where it waits to be told: messages, expired keys, streams, reactive calls.
@Timeout(120)
class SpringMessagesTest {
  private static final int SOON_SECONDS = 30;
  private static final Duration SOON = Duration.ofSeconds(SOON_SECONDS);

  private static SpringServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new SpringServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(Driver.class)
  void messages(Driver driver) throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    StringRedisTemplate redis = new StringRedisTemplate(server.factory(driver));
    RedisMessageListenerContainer container = container(server.factory(driver));
    container.addMessageListener(
        (message, pattern) -> heard.add(message.toString()), new ChannelTopic("news:" + driver));
    container.start();
    try {
      assertThat(redis.convertAndSend("news:" + driver, "one")).isEqualTo(1);
      assertThat(heard.poll(SOON_SECONDS, SECONDS)).isEqualTo("one");
      container.addMessageListener(
          (message, pattern) -> heard.add(new String(pattern, UTF_8) + " " + message),
          new PatternTopic("news:*"));
      assertThat(redis.convertAndSend("news:other", "two")).isEqualTo(1);
      assertThat(heard.poll(SOON_SECONDS, SECONDS)).isEqualTo("news:* two");
    } finally {
      container.destroy();
    }
  }

  @ParameterizedTest
  @EnumSource(Driver.class)
  void keysThatExpire(Driver driver) throws Exception {
    BlockingQueue<String> expired = new LinkedBlockingQueue<>();
    StringRedisTemplate redis = new StringRedisTemplate(server.factory(driver));
    RedisMessageListenerContainer container = container(server.factory(driver));
    KeyExpirationEventMessageListener listener = new KeyExpirationEventMessageListener(container);
    if (driver == Driver.JEDIS) {
      // Of Jedis 8 Spring Data 4.1 does not understand the reply of CONFIG GET.
      server.lettuce().getConnection().serverCommands().setConfig("notify-keyspace-events", "Ex");
      listener.setKeyspaceNotificationsConfigParameter("");
    }
    listener.setApplicationEventPublisher(
        new ApplicationEventPublisher() {
          @Override
          public void publishEvent(ApplicationEvent event) {
            if (event instanceof RedisKeyExpiredEvent<?> gone) {
              expired.add(new String(gone.getId(), UTF_8));
            }
          }

          @Override
          public void publishEvent(Object event) {}
        });
    listener.init();
    container.start();
    try {
      redis.opsForValue().set("passing-" + driver, "x", Duration.ofMillis(50));
      assertThat(expired.poll(SOON_SECONDS, SECONDS)).isEqualTo("passing-" + driver);
    } finally {
      listener.destroy();
      container.destroy();
    }
  }

  @ParameterizedTest
  @EnumSource(Driver.class)
  void streamsWithAGroup(Driver driver) throws Exception {
    String key = "stream:" + driver;
    BlockingQueue<Map<String, String>> received = new LinkedBlockingQueue<>();
    StringRedisTemplate redis = new StringRedisTemplate(server.factory(driver));
    redis.opsForStream().createGroup(key, ReadOffset.from("0"), "group");
    StreamMessageListenerContainer<String, MapRecord<String, String, String>> container =
        StreamMessageListenerContainer.create(
            server.factory(driver),
            StreamMessageListenerContainerOptions.builder()
                .pollTimeout(Duration.ofMillis(100))
                .build());
    container.receiveAutoAck(
        Consumer.from("group", "worker"),
        StreamOffset.create(key, ReadOffset.lastConsumed()),
        message -> received.add(message.getValue()));
    container.start();
    try {
      for (int i = 0; i < 3; i++) {
        redis.opsForStream().add(key, Map.of("n", Integer.toString(i)));
      }
      for (int i = 0; i < 3; i++) {
        assertThat(received.poll(SOON_SECONDS, SECONDS)).containsEntry("n", Integer.toString(i));
      }
    } finally {
      container.stop();
    }
  }

  @Test
  void reactiveCalls() {
    ReactiveStringRedisTemplate redis = new ReactiveStringRedisTemplate(server.lettuce());
    assertThat(redis.opsForValue().set("r", "1").block(SOON)).isTrue();
    assertThat(redis.opsForValue().increment("r", 41).block(SOON)).isEqualTo(42);
    Flux<Long> added =
        Flux.range(0, 100).flatMap(i -> redis.opsForSet().add("rs", Integer.toString(i)));
    assertThat(added.reduce(0L, Long::sum).block(SOON)).isEqualTo(100);
    assertThat(redis.opsForSet().scan("rs").count().block(SOON)).isEqualTo(100);
    assertThat(redis.opsForHash().putAll("rh", Map.of("a", "1")).block(SOON)).isTrue();
    assertThat(redis.opsForZSet().add("rz", "m", 2).block(SOON)).isTrue();
    assertThat(
            redis
                .execute(RedisScript.of("return ARGV[1]", String.class), List.of(), List.of("x"))
                .blockFirst(SOON))
        .isEqualTo("x");
    assertThat(redis.delete("r", "rs", "rh", "rz").block(SOON)).isEqualTo(4);
  }

  private static RedisMessageListenerContainer container(RedisConnectionFactory factory) {
    RedisMessageListenerContainer container = new RedisMessageListenerContainer();
    container.setConnectionFactory(factory);
    container.afterPropertiesSet();
    return container;
  }
}
