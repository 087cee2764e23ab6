package io.karst.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.DiskFile;
import io.karst.base.FaultyDisk;
import io.karst.engine.ManualClock;
import io.karst.history.History.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Bytes that somebody else changed are told from a torn tail, named, and never taken for effects.
class WalDamageTest {
  private static final int SEGMENT_SIZE = 4096;
  private static final String FIRST = "0000000000000000.wal";
  private static final String SECOND = "0000000000001000.wal";
  private static final String THIRD = "0000000000002000.wal";

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);
  private final FaultyDisk disk = new FaultyDisk(1);
  private final WalOptions options =
      WalOptions.defaults(disk, seed)
          .withSegmentSize(SEGMENT_SIZE)
          .withClock(new ManualClock())
          .withPolicy(SyncPolicy.NO)
          .withThread(false);
  private final History history = new History();

  /// Three segments of frames, the last one half full, and a mark at the end that proves them all.
  @BeforeEach
  void writeThreeSegments() throws IOException {
    System.out.println("seed " + seed);
    try (Wal wal = Wal.create(options, 0);
        Appender appender = wal.newAppender()) {
      while (wal.tail() < 10_000) {
        history.append(appender, random, 400);
      }
    }
    assertThat(disk.list()).startsWith(FIRST, SECOND, THIRD);
  }

  @Test
  void namesTheFrameOfEveryFlippedByte() throws IOException {
    for (Frame frame : history.frames()) {
      for (long lsn = frame.lsn(); lsn < summedEnd(frame); lsn++) {
        int mask = 1 + random.nextInt(255);
        flip(lsn, mask);
        assertThatThrownBy(this::read)
            .as("byte %d of the frame at LSN %d ^ %d", lsn - frame.lsn(), frame.lsn(), mask)
            .isInstanceOf(DamagedLogException.class)
            .hasMessageContaining(place(frame.lsn()) + ": ");
        flip(lsn, mask);
      }
    }
    assertThat(read()).isEqualTo(history.frames());
  }

  @Test
  void noFlippedByteOutsideFramesChangesAnything() throws IOException {
    for (Frame frame : history.frames()) {
      for (long lsn = summedEnd(frame); lsn < frame.endLsn(); lsn++) {
        flip(lsn, 1 + random.nextInt(255));
      }
    }
    long end = history.frames().getLast().endLsn();
    for (long lsn = end; lsn < 3 * SEGMENT_SIZE; lsn++) {
      flip(lsn, 1 + random.nextInt(255));
      assertThat(read()).isEqualTo(history.frames());
    }
  }

  @Test
  void namesTheFileOfEveryFlippedByteOfAHeader() {
    for (String file : List.of(FIRST, SECOND, THIRD)) {
      for (int offset = 0; offset < WalFormat.HEADER_SIZE; offset++) {
        int mask = 1 + random.nextInt(255);
        disk.flip(file, offset, mask);
        assertThatThrownBy(this::read)
            .isInstanceOf(DamagedLogException.class)
            .hasMessageContaining(file + " at offset 0");
        disk.flip(file, offset, mask);
      }
    }
  }

  @Test
  void aFileThatIsMissingIsDamage() throws IOException {
    disk.delete(SECOND);
    assertThatThrownBy(this::read)
        .isInstanceOf(DamagedLogException.class)
        .hasMessageContaining("there is nothing at")
        .hasMessageContaining(SECOND + " at offset 4096");
  }

  @Test
  void aFileThatIsCutShortIsDamage() throws IOException {
    byte[] content = disk.content(SECOND);
    disk.delete(SECOND);
    try (DiskFile file = disk.create(SECOND)) {
      file.write(0, ByteBuffer.wrap(content, 0, content.length / 2));
    }
    assertThatThrownBy(this::read).isInstanceOf(DamagedLogException.class);
  }

  @Test
  void aFileInAnothersPlaceIsDamage() throws IOException {
    disk.rename(THIRD, SECOND);
    assertThatThrownBy(this::read)
        .isInstanceOf(DamagedLogException.class)
        .hasMessageContaining(SECOND + " at offset 0: the header is that of " + THIRD);
  }

  @Test
  void aFileOfAnotherLogIsDamage() throws IOException {
    FaultyDisk other = new FaultyDisk(2);
    WalOptions its = options.withDisk(other).withSeed(seed + 1);
    try (Wal wal = Wal.create(its, SEGMENT_SIZE)) {
      wal.awaitDurable(wal.tail());
    }
    disk.delete(SECOND);
    try (DiskFile file = disk.create(SECOND)) {
      file.write(0, ByteBuffer.wrap(other.content(SECOND)));
    }
    assertThatThrownBy(this::read)
        .isInstanceOf(DamagedLogException.class)
        .hasMessageContaining("a file of another log");
  }

  @Test
  void salvageKeepsWhatIsBeforeTheDamage() throws IOException {
    int index = random.nextInt(history.frames().size());
    Frame damaged = history.frames().get(index);
    flip(damaged.lsn() + random.nextInt(16), 0x55);
    assertThatThrownBy(this::read).isInstanceOf(DamagedLogException.class);

    WalOptions salvage = options.withSalvage(true);
    long end = history.frames().getLast().endLsn();
    try (WalReader reader = WalReader.open(salvage, 0)) {
      assertThat(History.read(reader)).isEqualTo(history.frames().subList(0, index));
      assertThat(reader.end().lsn()).isEqualTo(damaged.lsn());
      assertThat(reader.end().lostSize()).isEqualTo(end - damaged.lsn());
      assertThat(reader.end().place()).endsWith(place(damaged.lsn()));
      history.cut(damaged.lsn());
      try (Wal wal = Wal.open(salvage, reader);
          Appender appender = wal.newAppender()) {
        history.append(appender, random, 400);
      }
    }
    assertThat(read()).isEqualTo(history.frames());
  }

  @Test
  void salvageOfAHeaderKeepsWhatIsBeforeTheFile() throws IOException {
    disk.flip(SECOND, 20, 1);
    try (WalReader reader = WalReader.open(options.withSalvage(true), 0)) {
      List<Frame> found = History.read(reader);
      assertThat(found).isNotEmpty().isEqualTo(history.frames().subList(0, found.size()));
      assertThat(found.getLast().endLsn()).isLessThanOrEqualTo(SEGMENT_SIZE);
      assertThat(reader.end().damaged()).isTrue();
    }
  }

  @Test
  void inspectionReadsAsFarAsItCan() throws IOException {
    Frame damaged = history.frames().get(5);
    flip(damaged.lsn(), 1);
    Inspected found = new Inspected();
    LogEnd end = WalInspection.read(disk, found);
    assertThat(found.frames).isEqualTo(history.frames().subList(0, 5));
    assertThat(end.damaged()).isTrue();
    assertThat(end.flaw()).isEqualTo("the checksum of a frame is wrong");
  }

  @Test
  void aHeaderThatIsDamagedEndsAnInspection() throws IOException {
    disk.flip(SECOND, 20, 1);
    Inspected found = new Inspected();
    LogEnd end = WalInspection.read(disk, found);
    assertThat(found.frames).isEqualTo(history.frames().subList(0, found.frames.size()));
    assertThat(found.frames).isNotEmpty();
    assertThat(end.damaged()).isTrue();
  }

  @Test
  void aFrameThatIsReadWhileItIsWrittenIsNoDamage() throws IOException {
    Frame written = history.frames().get(5);
    flip(written.lsn(), 1);
    Inspected found = new Inspected();
    found.atFrame(4, () -> flip(written.lsn(), 1));
    LogEnd end = WalInspection.read(disk, found);
    assertThat(found.frames).isEqualTo(history.frames());
    assertThat(found.gaps).isEmpty();
    assertThat(end.damaged()).isFalse();
  }

  private List<Frame> read() throws IOException {
    try (WalReader reader = WalReader.open(options, 0)) {
      return History.read(reader);
    }
  }

  private void flip(long lsn, int mask) {
    disk.flip(file(lsn), lsn % SEGMENT_SIZE + WalFormat.STREAM_OFFSET, mask);
  }

  private static String file(long lsn) {
    return List.of(FIRST, SECOND, THIRD).get((int) (lsn / SEGMENT_SIZE));
  }

  private static String place(long lsn) {
    return file(lsn) + " at offset " + (lsn % SEGMENT_SIZE + WalFormat.STREAM_OFFSET);
  }

  /// Where the frame ends, but for what fills it up.
  private static long summedEnd(Frame frame) {
    SizeOutput size = new SizeOutput();
    frame.effects().forEach(effect -> EffectCodec.write(effect, size));
    return frame.lsn() + WalFormat.FRAME_PAYLOAD + size.size();
  }
}
