package io.karst.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.karst.base.Bytes;
import io.karst.base.Disk;
import io.karst.memory.Record;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The log on the operating system's own disk, with its thread.
class WalTest {
  @TempDir private Path directory;
  private WalOptions options;

  @BeforeEach
  void openDirectory() throws IOException {
    options = WalOptions.defaults(Disk.at(directory), 42).withSegmentSize(1 << 16);
  }

  @Test
  void readsBackWhatWasAppended() throws IOException {
    List<List<Effect>> frames = new ArrayList<>();
    try (Wal wal = Wal.create(options, 0)) {
      for (int i = 0; i < 1000; i++) {
        frames.add(append(wal, set(i, 300)));
      }
    }
    assertThat(read(0)).isEqualTo(frames);
  }

  @Test
  void goesOnWhereItEnded() throws IOException {
    List<List<Effect>> frames = new ArrayList<>();
    long from = 1 << 20;
    Wal.create(options, from).close();
    for (int run = 0; run < 5; run++) {
      try (WalReader history = WalReader.open(options, from)) {
        assertThat(drain(history)).isEqualTo(frames);
        try (Wal wal = Wal.open(options, history)) {
          for (int i = 0; i < 100; i++) {
            frames.add(append(wal, set(i, 1000)));
          }
        }
      }
    }
    assertThat(read(from)).isEqualTo(frames);
  }

  @Test
  void aFrameIsLargerThanManySegments() throws IOException {
    List<List<Effect>> frames = new ArrayList<>();
    try (Wal wal = Wal.create(options, 0)) {
      frames.add(append(wal, set(1, 3_000_000)));
      frames.add(append(wal, set(2, 10)));
    }
    assertThat(read(0)).isEqualTo(frames);
  }

  @Test
  void isDurableWhenAskedTo() throws IOException {
    try (Wal wal = Wal.create(options.withPolicy(SyncPolicy.NO), 0)) {
      append(wal, set(1, 10));
      long end = wal.tail();
      assertThat(wal.durable()).isZero();
      wal.awaitDurable(end);
      assertThat(wal.durable()).isGreaterThanOrEqualTo(end);
    }
  }

  @Test
  void truncationTakesWholeSegmentsAway() throws IOException {
    long kept;
    try (Wal wal = Wal.create(options, 0)) {
      for (int i = 0; i < 1000; i++) {
        append(wal, set(i, 1000));
      }
      kept = wal.tail();
      append(wal, set(7, 10));
      wal.awaitDurable(wal.tail());
      wal.truncateBefore(kept);
      await().until(() -> wal.status().first() > kept - (1 << 16));
      assertThat(wal.status().first()).isLessThanOrEqualTo(kept);
      assertThat(wal.status().size()).isLessThan(12 << 16);
    }
    assertThat(read(kept)).hasSize(1);
    assertThatThrownBy(() -> read(0))
        .isInstanceOf(UnusableLogException.class)
        .hasMessageContaining("begins at LSN");
  }

  private static List<Effect> set(int key, int size) {
    byte[] value = new byte[size];
    Arrays.fill(value, (byte) key);
    return List.of(
        new Effect.Set(key % 3, Bytes.utf8("key" + key), Bytes.of(value), Record.NO_EXPIRY),
        new Effect.Expire(key % 3, Bytes.utf8("key" + key), 1_700_000_000_000L + key));
  }

  private static List<Effect> append(Wal wal, List<Effect> effects) {
    try (Appender appender = wal.newAppender()) {
      long size = 0;
      for (Effect effect : effects) {
        size += 64 + (effect instanceof Effect.Set set ? set.value().length() : 0) + 16;
      }
      appender.reserve(size);
      appender.append(effects);
    }
    return effects;
  }

  private List<List<Effect>> read(long from) throws IOException {
    try (WalReader reader = WalReader.open(options, from)) {
      return drain(reader);
    }
  }

  private static List<List<Effect>> drain(WalReader reader) throws IOException {
    List<List<Effect>> frames = new ArrayList<>();
    while (reader.next()) {
      List<Effect> effects = reader.effects().stream().map(Effect::copy).toList();
      if (!effects.isEmpty()) {
        frames.add(effects);
      }
    }
    return frames;
  }
}
