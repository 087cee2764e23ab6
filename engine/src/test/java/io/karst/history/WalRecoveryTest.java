package io.karst.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.FaultyDisk;
import io.karst.engine.ManualClock;
import io.karst.history.History.Frame;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is found when a log is opened again, and what must not be.
class WalRecoveryTest {
  private static final int SEGMENT_SIZE = 4096;

  /// With a value of one byte a frame takes 32 bytes, so that frames begin at its multiples.
  private static final int FRAME_SIZE = 32;

  private final SplittableRandom random = new SplittableRandom(1);
  private final History history = new History();
  private final FaultyDisk disk = new FaultyDisk(1);

  @Test
  void beginsWhereItIsToldTo() throws IOException {
    long first = 5 * SEGMENT_SIZE + 72;
    try (Wal wal = Wal.create(on(disk), first)) {
      assertThat(wal.tail()).isEqualTo(first);
      assertThat(wal.durable()).isEqualTo(first);
      append(wal, 3);
    }
    assertThat(history.frames().getFirst().lsn()).isEqualTo(first);
    check(disk, first);
  }

  @Test
  void readsFromAnyFrameOn() throws IOException {
    try (Wal wal = Wal.create(on(disk), 0)) {
      append(wal, 300);
    }
    for (Frame frame : history.frames()) {
      check(disk, frame.lsn());
    }
    check(disk, history.frames().getLast().endLsn());
  }

  @ParameterizedTest
  @ValueSource(longs = {8, 24, 100 * FRAME_SIZE + 8, 300 * FRAME_SIZE + 64, 1 << 20})
  void refusesToBeginWhereNoFrameDoes(long from) throws IOException {
    try (Wal wal = Wal.create(on(disk), 0)) {
      append(wal, 300);
    }
    assertThatThrownBy(() -> WalReader.open(on(disk), from))
        .isInstanceOf(UnusableLogException.class)
        .hasMessageContaining("ends before that, but the store needs it from LSN " + from);
  }

  @Test
  void refusesToBeginBeforeItsOwnBeginning() throws IOException {
    Wal.create(on(disk), 1 << 20).close();
    assertThatThrownBy(() -> WalReader.open(on(disk), 800))
        .isInstanceOf(UnusableLogException.class)
        .hasMessageContaining("begins at LSN 1048576, but the store needs it from LSN 800");
  }

  @Test
  void refusesToBeCreatedTwice() throws IOException {
    Wal.create(on(disk), 0).close();
    assertThatThrownBy(() -> Wal.create(on(disk), 0))
        .isInstanceOf(UnusableLogException.class)
        .hasMessageContaining("already");
    assertThat(Wal.exists(disk)).isTrue();
  }

  /// Frames that came after a torn one are whole, and must not follow what is appended in its
  /// place: in the same segment, and in the next ones.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 60, 127, 128, 200})
  void whatCameAfterATornFrameNeverComesBack(int torn) throws IOException {
    try (Wal wal = Wal.create(on(disk), 0)) {
      append(wal, 400);
      FaultyDisk found = disk.afterKill();
      long lsn = (long) torn * FRAME_SIZE;
      found.flip(file(lsn), lsn % SEGMENT_SIZE + WalFormat.STREAM_OFFSET, 1);
      history.cut(lsn);
      for (int again = 1; again < 4; again++) {
        found = resume(found, again);
      }
    }
  }

  private FaultyDisk resume(FaultyDisk found, int frames) throws IOException {
    try (WalReader reader = WalReader.open(on(found), 0)) {
      assertThat(History.read(reader)).isEqualTo(history.frames());
      try (Wal wal = Wal.open(on(found), reader)) {
        append(wal, frames);
        FaultyDisk next = found.afterKill();
        check(next, 0);
        return next;
      }
    }
  }

  /// Segments that are used again still have what was in them.
  @Test
  void whatARecycledSegmentHadNeverComesBack() throws IOException {
    try (Wal wal = Wal.create(on(disk), 0)) {
      for (int i = 0; i < 40; i++) {
        append(wal, 60);
        wal.awaitDurable(wal.tail());
        long kept = wal.durable();
        history.forget(kept);
        wal.truncateBefore(kept);
        while (wal.turn() == 0) {
          // There is more.
        }
        check(disk.afterKill(), kept);
        check(disk.afterPowerCut(0), kept);
      }
      assertThat(disk.list()).hasSizeLessThan(10);
    }
  }

  /// A frame that was claimed and not finished ends the log, whatever others have written after it.
  @Test
  void aClaimThatWasNotFinishedEndsTheLog() throws IOException {
    try (Wal wal = Wal.create(on(disk), 0)) {
      append(wal, 10);
      long hole = wal.tail();
      Watermark other = wal.stream().register();
      wal.stream().claim(other, FRAME_SIZE);
      append(wal, 10);
      assertThat(wal.complete()).isEqualTo(hole);
      wal.requestSync(wal.tail());
      wal.turn();
      assertThat(wal.durable()).isEqualTo(hole);

      FaultyDisk found = disk.afterKill();
      history.cut(hole);
      check(found, 0);
      wal.stream().publish(other);
    }
  }

  @Test
  void filesThatWereNotFinishedAreRemoved() throws IOException {
    try (Wal wal = Wal.create(on(disk), 0)) {
      append(wal, 10);
    }
    disk.create("0000000000009000.new").close();
    disk.create("0000000000000000.spare").close();
    try (WalReader reader = WalReader.open(on(disk), 0)) {
      assertThat(History.read(reader)).isEqualTo(history.frames());
      Wal.open(on(disk), reader).close();
    }
    assertThat(disk.list()).allMatch(name -> name.endsWith(".wal") || name.equals("closed"));
  }

  @Test
  void aLogThatWasClosedEndsThereAndGoesOnFromThere() throws IOException {
    try (Wal wal = Wal.create(on(disk), 0)) {
      append(wal, 200);
    }
    assertThat(disk.list()).contains("closed");
    try (WalReader reader = WalReader.open(on(disk), 0)) {
      assertThat(History.read(reader)).isEqualTo(history.frames());
      assertThat(reader.closed()).isTrue();
      try (Wal wal = Wal.open(on(disk), reader)) {
        assertThat(disk.list()).doesNotContain("closed");
        append(wal, 200);
      }
    }
    check(disk, 0);
  }

  @Test
  void aWordOfTheEndThatIsStaleOrDamagedMeansNothing() throws IOException {
    try (Wal wal = Wal.create(on(disk), 0)) {
      append(wal, 50);
    }
    byte[] stale = disk.read("closed");
    try (WalReader reader = WalReader.open(on(disk), 0)) {
      assertThat(History.read(reader)).isEqualTo(history.frames());
      try (Wal wal = Wal.open(on(disk), reader)) {
        append(wal, 50);
      }
    }
    disk.write("closed", stale);
    check(disk, 0);
    stale[random.nextInt(stale.length)] ^= 1;
    disk.write("closed", stale);
    check(disk, 0);
  }

  private void append(Log log, int frames) {
    try (Appender appender = log.newAppender()) {
      for (int i = 0; i < frames; i++) {
        history.append(appender, List.of(history.set(random, 1)));
      }
    }
  }

  private void check(FaultyDisk found, long from) throws IOException {
    try (WalReader reader = WalReader.open(on(found), from)) {
      assertThat(History.read(reader)).isEqualTo(history.from(from));
    }
  }

  private static String file(long lsn) {
    return WalFormat.fileName(lsn & -SEGMENT_SIZE, ".wal");
  }

  private static WalOptions on(FaultyDisk disk) {
    return WalOptions.defaults(disk, 1)
        .withSegmentSize(SEGMENT_SIZE)
        .withClock(new ManualClock())
        .withPolicy(SyncPolicy.NO)
        .withThread(false);
  }
}
