package io.karst.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// That it does lose what may be lost, and nothing else.
class FaultyDiskTest extends DiskContract {
  private final FaultyDisk disk = new FaultyDisk(1);

  @Override
  FaultyDisk disk() {
    return disk;
  }

  @Test
  void whatIsSyncedSurvives() throws IOException {
    DiskFile file = disk.create("one");
    file.write(0, filled(5000));
    file.sync();
    disk.sync();
    file.write(100, ByteBuffer.wrap(new byte[] {9}));
    FaultyDisk found = disk.afterPowerCut(0);
    assertThat(found.content("one")).isEqualTo(filled(5000).array());
    assertThat(disk.afterKill().content("one")[100]).isEqualTo((byte) 9);
    assertThat(disk.content("one")[100]).isEqualTo((byte) 9);
  }

  @Test
  void namesThatAreNotSyncedAreLostOrKept() throws IOException {
    disk.create("a").close();
    disk.sync();
    disk.rename("a", "b");
    disk.create("c").close();
    Set<List<String>> seen = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      seen.add(disk.afterPowerCut(0.5).list());
    }
    assertThat(seen)
        .containsExactlyInAnyOrder(
            List.of("a"), List.of("b"), List.of("a", "c"), List.of("b", "c"));
  }

  @Test
  void pagesOfAMappingAreLostOrKeptOrTorn() throws IOException {
    try (DiskFile file = disk.create("one");
        Arena arena = Arena.ofShared()) {
      file.write(0, ByteBuffer.allocate(8192));
      file.sync();
      disk.sync();
      MemorySegment memory = file.map(8192, arena);
      memory.fill((byte) 1);
      Set<Integer> kept = new HashSet<>();
      for (int i = 0; i < 200; i++) {
        byte[] content = disk.afterPowerCut(0.5).content("one");
        int sum = 0;
        for (byte one : content) {
          sum += one;
        }
        kept.add(sum);
      }
      assertThat(kept).contains(0, 4096, 8192).hasSizeGreaterThan(5);
      assertThat(kept).allMatch(sum -> sum % 512 == 0);
      assertThat(memory.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 1);
    }
  }

  @Test
  void aFailedSyncForgetsWhatItDidNotWrite() throws IOException {
    DiskFile file = disk.create("one");
    disk.sync();
    file.write(0, filled(5000));
    disk.failSyncs("Input/output error");
    assertThatThrownBy(file::sync).hasMessage("Input/output error");
    disk.failSyncs(null);
    file.sync();
    assertThat(disk.content("one")).isEqualTo(filled(5000).array());
    assertThat(disk.afterPowerCut(1).content("one")).containsOnly(0);
    file.write(0, filled(5000));
    file.sync();
    assertThat(disk.afterPowerCut(0).content("one")).isEqualTo(filled(5000).array());
  }

  @Test
  void aFullDiskTakesWhatFits() throws IOException {
    disk.capacity(3000);
    DiskFile file = disk.create("one");
    assertThatThrownBy(() -> file.write(0, filled(5000))).hasMessage("No space left on device");
    assertThat(file.size()).isEqualTo(3000);
    file.write(1000, filled(2000));
    assertThat(disk.freeSize()).isZero();
    disk.delete("one");
    assertThat(disk.freeSize()).isEqualTo(3000);
    assertThat(disk.afterKill().freeSize()).isEqualTo(3000);
  }

  @Test
  void afterTheCutNothingWorks() throws IOException {
    DiskFile file = disk.create("one");
    disk.cutAt(disk.steps() + 1);
    assertThatThrownBy(() -> file.write(0, filled(5000))).isInstanceOf(PowerCut.class);
    assertThatThrownBy(file::sync).isInstanceOf(PowerCut.class);
    assertThatThrownBy(disk::list).isInstanceOf(PowerCut.class);
    assertThatThrownBy(disk::sync).isInstanceOf(PowerCut.class);
    assertThat(disk.afterPowerCut(0).list()).isEmpty();
  }

  private static ByteBuffer filled(int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) 5);
    return ByteBuffer.wrap(bytes);
  }
}
