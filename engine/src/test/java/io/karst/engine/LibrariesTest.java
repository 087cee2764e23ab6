package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrariesTest {
  @TempDir private Path directory;

  @Test
  void theyAreWhatTheyWereAfterAnyEnd() throws IOException {
    change(
        true,
        libraries -> {
          libraries.put("one", Bytes.utf8("1"));
          libraries.put("two", Bytes.utf8("2"));
        });
    change(
        false,
        libraries -> {
          libraries.put("one", Bytes.utf8("11"));
          assertThat(libraries.remove("two")).isTrue();
          assertThat(libraries.remove("two")).isFalse();
          libraries.put("three", Bytes.of(new byte[] {0, -1, 10}));
        });
    change(false, libraries -> {});
    change(true, libraries -> {});
    try (Engine engine = open()) {
      assertThat(engine.libraries().all())
          .containsOnlyKeys("one", "three")
          .containsEntry("one", Bytes.utf8("11"))
          .containsEntry("three", Bytes.of(new byte[] {0, -1, 10}));
    }
    change(true, Libraries.Change::clear);
    try (Engine engine = open()) {
      assertThat(engine.libraries().all()).isEmpty();
    }
  }

  @Test
  void anEmptyDatabaseHasThemStill() throws IOException {
    change(true, libraries -> libraries.put("one", Bytes.utf8("1")));
    try (Engine engine = open();
        Tx tx = engine.newTx()) {
      tx.begin(1, 0);
      tx.lockAll();
      for (int i = 0; i < engine.databases(); i++) {
        tx.all().flush(i);
      }
      tx.end();
      assertThat(engine.libraries().all()).containsOnlyKeys("one");
    }
    try (Engine engine = open()) {
      assertThat(engine.libraries().all()).containsOnlyKeys("one");
    }
  }

  private interface Changes {
    void make(Libraries.Change libraries);
  }

  private void change(boolean saved, Changes changes) throws IOException {
    Engine engine = open();
    long before = engine.libraries().version();
    try (Tx tx = engine.newTx()) {
      tx.begin(1, 0);
      tx.lockAll();
      changes.make(tx.libraries());
      tx.end();
    }
    assertThat(engine.libraries().version()).isGreaterThanOrEqualTo(before);
    if (saved) {
      engine.close();
    } else {
      engine.closeUnsaved();
    }
  }

  private Engine open() throws IOException {
    return Engine.open(
        EngineOptions.defaults(1)
            .withMaintenance(false)
            .withStorage(
                DataDirectory.open(DirectoryOptions.defaults(directory.resolve("data"), 1))));
  }
}
