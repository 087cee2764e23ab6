package io.karst.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.FaultyDisk;
import io.karst.engine.ManualClock;
import io.karst.history.History.Frame;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A log that is read for people while its server goes on.
class WalInspectionTest {
  private static final int SEGMENT_SIZE = 4096;

  private final SplittableRandom random = new SplittableRandom(7);
  private final History history = new History();
  private final FaultyDisk disk = new FaultyDisk(7);
  private final WalOptions options =
      WalOptions.defaults(disk, 7)
          .withClock(new ManualClock())
          .withSegmentSize(SEGMENT_SIZE)
          .withThread(false);

  @Test
  void whatIsTakenAwayMeanwhileIsAGap() throws IOException {
    try (Wal wal = Wal.create(options, 0);
        Appender appender = wal.newAppender()) {
      append(wal, appender, 10 * SEGMENT_SIZE);
      Inspected found = new Inspected();
      long kept = wal.tail();
      found.atFrame(
          3,
          () -> {
            // Old files become new ones, which are written to.
            wal.truncateBefore(kept);
            append(wal, appender, kept + 6 * SEGMENT_SIZE);
          });
      LogEnd end = WalInspection.read(disk, found);
      assertThat(end.damaged()).isFalse();
      assertThat(end.lsn()).isEqualTo(wal.tail());
      assertThat(found.gaps).hasSize(1);
      Inspected.Gap gap = found.gaps.getFirst();
      assertThat(gap.toLsn()).isGreaterThan(gap.fromLsn());
      List<Frame> expected =
          history.frames().stream()
              .filter(frame -> frame.lsn() < gap.fromLsn() || frame.lsn() >= gap.toLsn())
              .toList();
      assertThat(found.frames).isEqualTo(expected);
    }
  }

  private void append(Wal wal, Appender appender, long to) {
    while (wal.tail() < to) {
      history.append(appender, random, 300);
      wal.awaitDurable(wal.tail());
      while (wal.turn() == 0) {
        // There is more to do.
      }
    }
  }
}
