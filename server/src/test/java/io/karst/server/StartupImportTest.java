package io.karst.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.base.Clock;
import io.karst.memory.Record;
import io.karst.rdb.RdbAccess;
import io.karst.rdb.RdbFileWriter;
import io.karst.server.config.CommandLine;
import io.karst.server.config.ConfigException;
import io.karst.value.DumpPayload;
import io.karst.value.RdbType;
import io.karst.value.RdbVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StartupImportTest {
  @TempDir private Path folder;

  @Test
  void theFileIsInTheStoreWhenTheServerIsReady() throws IOException {
    Path file = file(100);
    try (RunningServer running = start("--import", file.toString())) {
      assertThat(running.server().engine().size(0)).isEqualTo(100);
    }
    try (RunningServer running = start()) {
      assertThat(running.server().engine().size(0)).isEqualTo(100);
    }
  }

  @Test
  void aStoreThatHasKeysIsLeftAloneUnlessToldOtherwise() throws IOException {
    start("--import", file(100).toString()).close();
    String file = file(200).toString();
    assertThatThrownBy(() -> start("--import", file))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "--import: the store has keys already; '--import "
                + file
                + " replace' puts those of the file over them");
    try (RunningServer running = start("--import", file, "replace")) {
      assertThat(running.server().engine().size(0)).isEqualTo(200);
    }
  }

  @Test
  void aMemoryStoreIsFilledToo() throws IOException {
    try (RunningServer running = start("--memory-only", "--import", file(7).toString())) {
      assertThat(running.server().engine().size(0)).isEqualTo(7);
    }
  }

  @Test
  void whatCannotBeImportedIsToldInOneLine() throws IOException {
    Path absent = folder.resolve("absent.rdb");
    assertThatThrownBy(() -> start("--import", absent.toString()))
        .isInstanceOf(IOException.class)
        .hasMessage("--import: no such file: " + absent);
    Path file = folder.resolve("module.rdb");
    try (OutputStream out = Files.newOutputStream(file)) {
      RdbFileWriter rdb = new RdbFileWriter(out, RdbVersion.WRITTEN);
      DumpPayload module = new DumpPayload(RdbType.MODULE_2, Bytes.of((byte) 1, (byte) 0));
      rdb.value(Bytes.utf8("cart"), Record.NO_EXPIRY, RdbAccess.NONE, module);
      rdb.end();
    }
    assertThatThrownBy(() -> start("--import", file.toString()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            file
                + ": byte 9: this build does not know the type of"
                + " the value of a module at key \"cart\" of database 0");
    start("--import", file.toString(), "skip-unsupported").close();
  }

  @Test
  void otherWordsAreRefused() {
    for (List<String> words :
        List.of(
            List.of("--import"),
            List.of("--import", "dump.rdb", "now"),
            List.of("--import", "a.rdb", "--import", "b.rdb"))) {
      assertThatThrownBy(() -> CommandLine.parse(words)).isInstanceOf(ConfigException.class);
    }
  }

  private RunningServer start(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of("--port", "0", "--bind", "127.0.0.1"));
    all.addAll(List.of("--dir", folder.resolve("store").toString()));
    all.addAll(List.of(words));
    CommandLine line = CommandLine.parse(all);
    return RunningServer.open(line.config(), Clock.system(), line.imported());
  }

  private Path file(int count) throws IOException {
    Path path = folder.resolve(count + ".rdb");
    try (OutputStream out = Files.newOutputStream(path)) {
      RdbFileWriter file = new RdbFileWriter(out, RdbVersion.WRITTEN);
      for (int i = 0; i < count; i++) {
        Bytes key = Bytes.utf8("key:" + i);
        file.string(key, Record.NO_EXPIRY, RdbAccess.NONE, Bytes.utf8("value"));
      }
      file.end();
    }
    return path;
  }
}
