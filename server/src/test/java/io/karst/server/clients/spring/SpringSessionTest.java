package io.karst.server.clients.spring;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karst.server.clients.spring.SpringServer.Driver;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.PatternTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.data.redis.RedisIndexedSessionRepository;
import org.springframework.session.data.redis.RedisSessionRepository;
import org.springframework.session.data.redis.config.ConfigureNotifyKeyspaceEventsAction;
import org.springframework.session.events.AbstractSessionEvent;

/// Spring Session, with and without an index of users; the indexed one lives by expiry events.
@Timeout(120)
class SpringSessionTest {
  private static final int SOON_SECONDS = 30;

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
  void sessionsThatAreFoundByTheirId(Driver driver) {
    RedisSessionRepository sessions = new RedisSessionRepository(template(driver));
    sessions.setRedisKeyNamespace("plain:" + driver);
    live(sessions);
  }

  private static <S extends Session> void live(SessionRepository<S> sessions) {
    S session = sessions.createSession();
    session.setAttribute("cart", "apples");
    sessions.save(session);
    assertThat(sessions.findById(session.getId()).<String>getAttribute("cart")).isEqualTo("apples");
    String before = session.getId();
    String after = session.changeSessionId();
    sessions.save(session);
    assertThat(sessions.findById(before)).isNull();
    assertThat(sessions.findById(after).<String>getAttribute("cart")).isEqualTo("apples");
    session.setMaxInactiveInterval(Duration.ofMillis(1));
    sessions.save(session);
    await().until(() -> sessions.findById(after) == null);
  }

  @ParameterizedTest
  @EnumSource(Driver.class)
  void sessionsThatAreFoundByTheirUser(Driver driver) {
    RedisIndexedSessionRepository sessions = indexed(driver, event -> {});
    try {
      var first = save(sessions, "alice");
      var second = save(sessions, "alice");
      save(sessions, "bob");
      assertThat(sessions.findByPrincipalName("alice"))
          .containsOnlyKeys(first.getId(), second.getId());
      sessions.deleteById(first.getId());
      assertThat(sessions.findById(first.getId())).isNull();
      assertThat(sessions.findByPrincipalName("alice")).containsOnlyKeys(second.getId());
      second.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "carol");
      sessions.save(second);
      assertThat(sessions.findByPrincipalName("alice")).isEmpty();
      assertThat(sessions.findByPrincipalName("carol")).containsOnlyKeys(second.getId());
    } finally {
      sessions.destroy();
    }
  }

  @ParameterizedTest
  @EnumSource(Driver.class)
  void whoeverListensIsToldOfTheLifeOfASession(Driver driver) throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    RedisIndexedSessionRepository sessions =
        indexed(
            driver,
            event -> {
              if (event instanceof AbstractSessionEvent told) {
                events.add(told.getClass().getSimpleName() + " " + told.getSessionId());
              }
            });
    new ConfigureNotifyKeyspaceEventsAction().configure(server.lettuce().getConnection());
    RedisMessageListenerContainer container = new RedisMessageListenerContainer();
    container.setConnectionFactory(server.factory(driver));
    container.addMessageListener(sessions, new ChannelTopic(sessions.getSessionDeletedChannel()));
    container.addMessageListener(sessions, new ChannelTopic(sessions.getSessionExpiredChannel()));
    container.addMessageListener(
        sessions, new PatternTopic(sessions.getSessionCreatedChannelPrefix() + "*"));
    container.afterPropertiesSet();
    container.start();
    try {
      var session = save(sessions, "dora");
      assertThat(events.poll(SOON_SECONDS, SECONDS))
          .isEqualTo("SessionCreatedEvent " + session.getId());
      session.setMaxInactiveInterval(Duration.ofSeconds(1));
      sessions.save(session);
      assertThat(events.poll(SOON_SECONDS, SECONDS))
          .isEqualTo("SessionExpiredEvent " + session.getId());
      assertThat(sessions.findByPrincipalName("dora")).isEmpty();
      var other = save(sessions, "dora");
      assertThat(events.poll(SOON_SECONDS, SECONDS))
          .isEqualTo("SessionCreatedEvent " + other.getId());
      sessions.deleteById(other.getId());
      assertThat(events.poll(SOON_SECONDS, SECONDS))
          .isEqualTo("SessionDeletedEvent " + other.getId());
    } finally {
      container.destroy();
      sessions.destroy();
    }
  }

  private static RedisIndexedSessionRepository.RedisSession save(
      RedisIndexedSessionRepository sessions, String user) {
    RedisIndexedSessionRepository.RedisSession session = sessions.createSession();
    session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, user);
    sessions.save(session);
    return session;
  }

  private static RedisIndexedSessionRepository indexed(
      Driver driver, ApplicationEventPublisher events) {
    RedisIndexedSessionRepository sessions = new RedisIndexedSessionRepository(template(driver));
    sessions.setRedisKeyNamespace("indexed:" + driver);
    sessions.setApplicationEventPublisher(events);
    sessions.afterPropertiesSet();
    return sessions;
  }

  private static RedisTemplate<String, Object> template(Driver driver) {
    RedisTemplate<String, Object> template = new RedisTemplate<>();
    template.setConnectionFactory(server.factory(driver));
    template.setKeySerializer(RedisSerializer.string());
    template.setHashKeySerializer(RedisSerializer.string());
    template.afterPropertiesSet();
    return template;
  }
}
