package io.karst.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.FaultyDisk;
import io.karst.engine.ManualClock;
import io.karst.history.History.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A log that is read while it is written.
class LogFeedTest {
  private static final int SEGMENT_SIZE = 4096;

  private final SplittableRandom random = new SplittableRandom(11);
  private final History history = new History();
  private final WalOptions options =
      WalOptions.defaults(new FaultyDisk(11), 11)
          .withClock(new ManualClock())
          .withSegmentSize(SEGMENT_SIZE)
          .withPolicy(SyncPolicy.NO)
          .withThread(false);

  @Test
  void whatIsDurableIsShownOnceAndInOrder() throws IOException {
    try (Wal wal = Wal.create(options, 0);
        Appender appender = wal.newAppender();
        LogFeed feed = wal.feed(0)) {
      List<Frame> seen = new ArrayList<>();
      for (int round = 0; round < 200; round++) {
        int durable = history.frames().size();
        history.append(appender, random, round % 20 == 0 ? 3 * SEGMENT_SIZE : 200);
        seen.addAll(read(feed));
        assertThat(seen).isEqualTo(history.frames().subList(0, durable));
        wal.awaitDurable(wal.tail());
        turn(wal);
        if (random.nextBoolean()) {
          seen.addAll(read(feed));
          assertThat(seen).isEqualTo(history.frames());
        }
        try (LogFeed another = wal.feed(feed.position())) {
          assertThat(read(another)).isEqualTo(history.from(feed.position()));
        }
        seen.addAll(read(feed));
      }
      try (LogFeed oldest = wal.feed(Log.OLDEST)) {
        assertThat(read(oldest)).isEqualTo(history.frames());
      }
    }
  }

  @Test
  void whatIsNoLongerKeptIsToldAndWhatIsThereIsFound() throws IOException {
    try (Wal wal = Wal.create(options, 0);
        Appender appender = wal.newAppender();
        LogFeed feed = wal.feed(0)) {
      append(wal, appender, 8 * SEGMENT_SIZE);
      assertThat(feed.next()).isTrue();
      wal.truncateBefore(6 * SEGMENT_SIZE);
      append(wal, appender, 16 * SEGMENT_SIZE);
      assertThat(wal.status().first()).isEqualTo(6 * SEGMENT_SIZE);
      assertThatThrownBy(() -> read(feed))
          .isInstanceOfSatisfying(
              TrimmedException.class,
              gone -> assertThat(gone.oldestLsn()).isEqualTo(6 * SEGMENT_SIZE));
      assertThatThrownBy(() -> wal.feed(0)).isInstanceOf(TrimmedException.class);
      try (LogFeed oldest = wal.feed(Log.OLDEST)) {
        assertThat(read(oldest)).isEqualTo(history.from(6 * SEGMENT_SIZE));
      }
    }
  }

  @Test
  void onlyWhereAFrameBeginsCanBeBegun() throws IOException {
    try (Wal wal = Wal.create(options, 0);
        Appender appender = wal.newAppender()) {
      append(wal, appender, SEGMENT_SIZE);
      long second = history.frames().get(1).lsn();
      assertThatThrownBy(() -> wal.feed(second + 8)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> wal.feed(second + 1)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> wal.feed(wal.tail() + 8))
          .isInstanceOf(IllegalArgumentException.class);
      try (LogFeed feed = wal.feed(wal.durable())) {
        assertThat(feed.next()).isFalse();
      }
    }
  }

  private void append(Wal wal, Appender appender, long to) {
    while (wal.tail() < to) {
      history.append(appender, random, 300);
      wal.awaitDurable(wal.tail());
      turn(wal);
    }
  }

  private static void turn(Wal wal) {
    while (wal.turn() == 0) {
      // There is more to do.
    }
  }

  private static List<Frame> read(LogFeed feed) throws IOException {
    List<Frame> frames = new ArrayList<>();
    while (feed.next()) {
      List<Effect> effects = feed.effects().stream().map(Effect::copy).toList();
      frames.add(new Frame(feed.lsn(), feed.position(), effects));
    }
    return frames;
  }
}
