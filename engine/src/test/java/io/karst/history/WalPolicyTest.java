package io.karst.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.FaultyDisk;
import io.karst.engine.ManualClock;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// When syncs happen, and when not.
class WalPolicyTest {
  private static final int SEGMENT_SIZE = 1 << 14;

  private final SplittableRandom random = new SplittableRandom(1);
  private final ManualClock clock = new ManualClock();
  private final History history = new History();
  private Wal wal;
  private Appender appender;

  @BeforeEach
  void create() throws IOException {
    WalOptions options =
        WalOptions.defaults(new FaultyDisk(1), 1)
            .withSegmentSize(SEGMENT_SIZE)
            .withClock(clock)
            .withPolicy(SyncPolicy.NO)
            .withThread(false);
    wal = Wal.create(options, 0);
    appender = wal.newAppender();
    rest();
  }

  @AfterEach
  void close() {
    appender.close();
    wal.close();
  }

  @Test
  void alwaysIsAtOnce() {
    wal.policy(SyncPolicy.ALWAYS);
    for (int i = 1; i < 10; i++) {
      long end = append();
      rest();
      assertThat(wal.durable()).isEqualTo(end);
      assertThat(wal.status().syncs()).isEqualTo(i);
    }
  }

  @Test
  void everySecondIsOnceASecond() {
    wal.policy(SyncPolicy.EVERYSEC);
    clock.advance(1000);
    long first = append();
    rest();
    assertThat(wal.durable()).isEqualTo(first);
    long second = append();
    clock.advance(999);
    assertThat(rest()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1));
    assertThat(wal.durable()).isEqualTo(first);
    clock.advance(1);
    rest();
    assertThat(wal.durable()).isEqualTo(second);
  }

  @Test
  void noIsWhenASegmentIsFull() {
    while (wal.complete() < SEGMENT_SIZE) {
      assertThat(wal.durable()).isZero();
      append();
      clock.advance(1000);
      rest();
    }
    assertThat(wal.durable()).isEqualTo(wal.status().durable()).isGreaterThan(SEGMENT_SIZE - 1L);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsAskedForIsSyncedAtOnce(SyncPolicy policy) {
    wal.policy(policy);
    long end = append();
    wal.requestSync(end);
    rest();
    assertThat(wal.durable()).isEqualTo(end);
  }

  @Test
  void allThatIsCompleteIsSyncedTogether() {
    for (int i = 0; i < 10; i++) {
      wal.requestSync(append());
    }
    rest();
    assertThat(wal.status().syncs()).isEqualTo(1);
  }

  /// Each sync leaves a mark, which is synced a second later and leaves none.
  @ParameterizedTest
  @EnumSource
  void anIdleLogComesToRest(SyncPolicy policy) {
    wal.policy(policy);
    append();
    wal.awaitDurable(wal.tail());
    for (int i = 0; i < 20; i++) {
      assertThat(rest()).isBetween(TimeUnit.MILLISECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(1));
      clock.advance(1000);
    }
    assertThat(wal.status().syncs()).isLessThanOrEqualTo(2);
    assertThat(wal.durable() == wal.tail()).isEqualTo(policy != SyncPolicy.NO);
  }

  @Test
  void listenersAreToldOfWhatIsDurable() {
    AtomicLong told = new AtomicLong();
    wal.listen(() -> told.set(wal.durable()));
    long end = append();
    wal.requestSync(end);
    wal.turn();
    assertThat(told).hasValue(end);
  }

  @Test
  void onlyWhatIsInUseStaysMapped() {
    while (wal.tail() < 20 * SEGMENT_SIZE) {
      append();
      rest();
      assertThat(wal.stream().segments()).hasSizeLessThanOrEqualTo(5);
    }
  }

  private long append() {
    return history.append(appender, random, 500).endLsn();
  }

  /// Lets the writer do all it has to do; returns how long it rests then, in nanoseconds.
  private long rest() {
    long rest = wal.turn();
    while (rest == 0) {
      rest = wal.turn();
    }
    return rest;
  }
}
