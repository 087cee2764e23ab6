package io.karst.cluster;

import static io.karst.cluster.ToldDisk.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeSpaceTest {
  private static boolean isScarce(FreeSpace space, ToldDisk disk, long usable) throws IOException {
    disk.usable(usable);
    boolean before = space.scarce();
    boolean changed = space.look();
    assertThat(changed).isEqualTo(space.scarce() != before);
    return space.scarce();
  }

  @Test
  void aLargeDiskNeedsAQuarterOfAGigabyte() throws IOException {
    ToldDisk disk = new ToldDisk(100_000 * MIB);
    FreeSpace space = new FreeSpace(disk);
    assertThat(isScarce(space, disk, 256 * MIB)).isFalse();
    assertThat(isScarce(space, disk, 256 * MIB - 1)).isTrue();
  }

  @Test
  void aSmallOneATenth() throws IOException {
    ToldDisk disk = new ToldDisk(1000 * MIB);
    FreeSpace space = new FreeSpace(disk);
    assertThat(isScarce(space, disk, 100 * MIB)).isFalse();
    assertThat(isScarce(space, disk, 100 * MIB - 1)).isTrue();
  }

  @Test
  void itDoesNotGoOnAndOff() throws IOException {
    ToldDisk disk = new ToldDisk(1000 * MIB);
    FreeSpace space = new FreeSpace(disk);
    assertThat(isScarce(space, disk, 0)).isTrue();
    assertThat(isScarce(space, disk, 100 * MIB)).isTrue();
    assertThat(isScarce(space, disk, 125 * MIB)).isFalse();
    assertThat(isScarce(space, disk, 101 * MIB)).isFalse();
  }

  @Test
  void theDiskOfADirectoryIsAsked(@TempDir Path directory) throws IOException {
    FreeSpace.Source disk = FreeSpace.Source.of(directory);
    assertThat(disk.total()).isPositive().isGreaterThanOrEqualTo(disk.usable());
  }
}
