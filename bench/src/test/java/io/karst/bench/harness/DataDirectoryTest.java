package io.karst.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir private Path place;

  @Test
  void isGoneWithAllThatIsInItWhenItIsClosed() throws IOException {
    try (DataDirectory data = DataDirectory.in(place, 0)) {
      Path made = data.make("one");
      Files.writeString(made.resolve("file"), "text");
      assertThat(made).isDirectory();
    }
    assertThat(place).isEmptyDirectory();
  }

  @Test
  void removesWhatARunLeftThatIsNoMore() throws IOException {
    Files.createDirectories(place.resolve("karst-bench-999999999").resolve("one"));
    Files.createDirectory(place.resolve("karst-bench-other"));
    DataDirectory.in(place, 0).close();
    assertThat(place).isDirectoryContaining(path -> path.endsWith("karst-bench-other"));
    assertThat(place.resolve("karst-bench-999999999")).doesNotExist();
  }

  @Test
  void doesNotBeginWithoutRoom() {
    assertThatThrownBy(() -> DataDirectory.in(place, Long.MAX_VALUE))
        .isInstanceOf(HarnessException.class)
        .hasMessageContaining("GB are needed");
    assertThat(place).isEmptyDirectory();
  }
}
