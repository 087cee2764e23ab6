package io.karst.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.CommandException;
import io.karst.base.Fault;
import io.karst.base.FaultyDisk;
import io.karst.engine.ManualClock;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A disk that is full, or that fails: what is refused, what is kept, and what comes back.
class WalFaultTest {
  private static final int SEGMENT_SIZE = 1 << 14;

  private final SplittableRandom random = new SplittableRandom(1);
  private final FaultyDisk disk = new FaultyDisk(1);
  private final ManualClock clock = new ManualClock();
  private final WalOptions options =
      WalOptions.defaults(disk, 1)
          .withSegmentSize(SEGMENT_SIZE)
          .withClock(clock)
          .withPolicy(SyncPolicy.NO)
          .withThread(false);
  private final History history = new History();
  private final AtomicInteger told = new AtomicInteger();
  private Wal wal;
  private Appender appender;

  @BeforeEach
  void create() throws IOException {
    wal = Wal.create(options, 0);
    wal.listen(told::incrementAndGet);
    appender = wal.newAppender();
    rest();
  }

  @AfterEach
  void close() throws IOException {
    appender.close();
    wal.close();
  }

  @Test
  void aFullDiskRefusesBeforeAnythingIsAppended() throws IOException {
    disk.capacity(4 * (WalFormat.STREAM_OFFSET + SEGMENT_SIZE));
    int frames = fill();
    assertThat(frames).isGreaterThan(50);
    assertThat(wal.tail()).isBetween(3L * SEGMENT_SIZE, 4L * SEGMENT_SIZE);
    Fault.ReadOnly failure = wal.failure();
    assertThat(failure).hasMessage("the log cannot grow: No space left on device");
    assertThat(failure.line())
        .isEqualTo(
            "MISCONF Writes are refused, reads go on: "
                + "the log cannot grow: No space left on device");
    assertThat(wal.lost()).isFalse();
    wal.awaitDurable(wal.tail());
    checkFound(disk.afterPowerCut(0));
  }

  @Test
  void saysSoBeforeTheRoomIsUsedUp() {
    disk.capacity(4 * (WalFormat.STREAM_OFFSET + SEGMENT_SIZE));
    while (wal.failure() == null) {
      history.append(appender, random, 500);
      rest();
    }
    assertThat(told).hasPositiveValue();
    assertThat(wal.tail()).isBetween(3L * SEGMENT_SIZE, 7L * SEGMENT_SIZE / 2 + 2000);
  }

  @Test
  void goesOnWhenSpaceReturns() throws IOException {
    disk.capacity(4 * (WalFormat.STREAM_OFFSET + SEGMENT_SIZE));
    fill();
    int before = told.get();
    disk.capacity(Long.MAX_VALUE);
    rest();
    assertThat(wal.failure()).as("before the next attempt").isNotNull();
    clock.advance(1000);
    rest();
    assertThat(wal.failure()).isNull();
    assertThat(told).hasValueGreaterThan(before);
    for (int i = 0; i < 100; i++) {
      history.append(appender, random, 1000);
    }
    checkFound(disk.afterKill());
  }

  @Test
  void goesOnWhenTheHistoryIsCutShort() {
    disk.capacity(6 * (WalFormat.STREAM_OFFSET + SEGMENT_SIZE));
    fill();
    wal.awaitDurable(wal.tail());
    wal.truncateBefore(wal.durable());
    clock.advance(1000);
    rest();
    assertThat(wal.failure()).isNull();
    history.append(appender, random, SEGMENT_SIZE);
  }

  @Test
  void aDemandThatCannotBeMetTakesNothing() {
    disk.capacity(40 * (WalFormat.STREAM_OFFSET + SEGMENT_SIZE));
    long free = disk.freeSize();
    assertThatThrownBy(() -> appender.reserve(50L * SEGMENT_SIZE))
        .isInstanceOf(Fault.ReadOnly.class)
        .hasMessageContaining("No space left on device");
    appender.reset();
    rest();
    assertThat(disk.freeSize()).isGreaterThan(free - 4 * SEGMENT_SIZE);
    assertThat(wal.failure()).as("for everybody else").isNull();
    history.append(appender, random, 1000);
  }

  @Test
  void whatWasAllocatedForNothingIsGivenBack() {
    long free = disk.freeSize();
    disk.capacity(100L * SEGMENT_SIZE);
    appender.reserve(50L * SEGMENT_SIZE);
    assertThat(disk.freeSize()).isLessThan(50L * SEGMENT_SIZE);
    appender.reset();
    rest();
    assertThat(disk.freeSize()).isGreaterThan(85L * SEGMENT_SIZE);
    assertThat(free).isPositive();
  }

  @Test
  void oneTransactionTakesFourGigabytesAtMost() {
    assertThatThrownBy(() -> appender.reserve(1L << 32))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("exceed");
  }

  @Test
  void aFailedSyncIsTheLast() throws IOException {
    history.append(appender, random, 1000);
    wal.awaitDurable(wal.tail());
    long durable = wal.durable();
    history.append(appender, random, 1000);
    long end = wal.tail();
    disk.failSyncs("Input/output error");
    assertThatThrownBy(() -> wal.awaitDurable(end))
        .isInstanceOf(Fault.ReadOnly.class)
        .hasMessage("the log could not be synced: Input/output error");
    disk.failSyncs(null);
    clock.advance(5000);
    rest();
    assertThat(wal.lost()).isTrue();
    assertThat(wal.failure()).isNotNull();
    assertThat(wal.durable()).isEqualTo(durable);
    assertThatThrownBy(() -> wal.awaitDurable(end)).isInstanceOf(Fault.ReadOnly.class);
    assertThatThrownBy(() -> appender.reserve(1)).isInstanceOf(Fault.ReadOnly.class);
    assertThat(told).hasPositiveValue();
  }

  @Test
  void aRestartAfterAFailedSyncWritesAgainWhatTheSystemTakesForWritten() throws IOException {
    history.append(appender, random, 1000);
    disk.failSyncs("Input/output error");
    assertThatThrownBy(() -> wal.awaitDurable(wal.tail())).isInstanceOf(Fault.ReadOnly.class);
    FaultyDisk restarted = disk.afterKill();
    WalOptions its = options.withDisk(restarted);
    try (WalReader reader = WalReader.open(its, 0)) {
      history.checkPrefix(reader, 0, Long.MAX_VALUE);
      try (Wal reopened = Wal.open(its, reader)) {
        assertThat(reopened.lost()).isFalse();
        assertThat(reopened.durable()).isEqualTo(reader.end().lsn());
        checkFound(restarted.afterPowerCut(0));
      }
    }
  }

  @Test
  void aSyncThatFailsWhileAllocatingLosesNothing() {
    disk.failSyncs("Input/output error");
    assertThatThrownBy(() -> appender.reserve(5L * SEGMENT_SIZE))
        .isInstanceOf(Fault.ReadOnly.class)
        .hasMessage("the log cannot grow: Input/output error");
    assertThat(wal.lost()).isFalse();
    disk.failSyncs(null);
    clock.advance(1000);
    appender.reset();
    appender.reserve(5L * SEGMENT_SIZE);
    history.append(appender, random, 500);
    wal.awaitDurable(wal.tail());
  }

  /// Appends until that is refused; returns how many frames were appended.
  private int fill() {
    int frames = 0;
    try {
      while (true) {
        history.append(appender, random, 500);
        frames++;
      }
    } catch (Fault.ReadOnly full) {
      return frames;
    }
  }

  /// Lets the writer do all it has to do.
  private void rest() {
    while (wal.turn() == 0) {
      // There is more.
    }
  }

  private void checkFound(FaultyDisk found) throws IOException {
    try (WalReader reader = WalReader.open(options.withDisk(found), 0)) {
      history.checkPrefix(reader, 0, Long.MAX_VALUE);
    }
  }
}
