package io.karst.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.FaultyDisk;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Files of segments that are used again, under names that stay apart.
class SegmentFilesTest {
  private static final int SIZE = 1 << 14;

  private final FaultyDisk disk = new FaultyDisk(1);
  private final SegmentFiles files = new SegmentFiles(disk, new SegmentHeader(SIZE, 1, 0, 0));

  @Test
  void aSegmentThatIsTakenAwayTwiceLeavesTheFileThatItLeftBefore() throws IOException {
    leaveTwo();
    grow(SIZE); // In the file that the first one has left.
    files.retire(SIZE);
    grow(2 * SIZE);
    grow(3 * SIZE);
    assertThat(disk.list()).hasSize(2).allMatch(name -> name.endsWith(".wal"));
  }

  @Test
  void aSegmentThatIsTakenAwayLeavesTheFileThatIsBeingMadeAnother() throws IOException {
    leaveTwo();
    grow(SIZE);
    assertThat(files.grow(2 * SIZE)).isNull(); // Begins with the file that the second has left.
    files.retire(SIZE);
    grow(2 * SIZE);
    grow(3 * SIZE);
    assertThat(disk.list()).hasSize(2).allMatch(name -> name.endsWith(".wal"));
  }

  private void leaveTwo() throws IOException {
    grow(0);
    grow(SIZE);
    files.retire(0);
    files.retire(SIZE);
    assertThat(disk.list()).hasSize(2).allMatch(name -> name.endsWith(".spare"));
  }

  private void grow(long firstLsn) throws IOException {
    Segment segment = null;
    while (segment == null) {
      segment = files.grow(firstLsn);
    }
    segment.close();
  }
}
