package io.karst.lsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Disk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
  @Test
  void theLibraryIsLoadedFromAFileThatIsKept(@TempDir Path directory) throws IOException {
    assertThat(NativeLibrary.load(Disk.at(directory))).isTrue();
  }
}
