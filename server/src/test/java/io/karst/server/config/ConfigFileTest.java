package io.karst.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("karst.conf");
  }

  @Test
  void theLaterLineAndTheOptionWin() throws IOException {
    write("# a comment", "", "port 7000", "timeout 5", "PORT 7001", "bind \"::1\" 127.0.0.1");
    Config config =
        CommandLine.parse(List.of(file.toString(), "--timeout", "9", "--save", "")).config();
    assertThat(config.value(NetworkDirectives.PORT)).isEqualTo(7001);
    assertThat(config.value(ClientDirectives.TIMEOUT)).isEqualTo(9);
    assertThat(config.value(NetworkDirectives.BIND)).containsExactly("::1", "127.0.0.1");
    assertThat(config.file()).isEqualTo(file);
  }

  @Test
  void aPatternIncludesWhatMatchesInTheOrderOfNames() throws IOException {
    Path parts = Files.createDirectories(folder.resolve("conf.d"));
    Files.writeString(parts.resolve("20-b.conf"), "timeout 2\n");
    Files.writeString(parts.resolve("10-a.conf"), "timeout 1\nmaxclients 77\n");
    Files.writeString(parts.resolve(".hidden.conf"), "timeout 9\n");
    Files.writeString(parts.resolve("other.txt"), "no directive\n");
    write("include " + folder + "/conf.?/*.conf", "include " + folder + "/none/*.conf");
    Config config = read();
    assertThat(config.value(ClientDirectives.TIMEOUT)).isEqualTo(2);
    assertThat(config.value(ClientDirectives.MAXCLIENTS)).isEqualTo(77);
  }

  @Test
  void aDashIsStandardInput() {
    byte[] lines = "timeout 3\nmaxclients 5\n".getBytes(StandardCharsets.UTF_8);
    Config config =
        CommandLine.parse(List.of("-", "--timeout", "4"), new ByteArrayInputStream(lines)).config();
    assertThat(config.value(ClientDirectives.TIMEOUT)).isEqualTo(4);
    assertThat(config.value(ClientDirectives.MAXCLIENTS)).isEqualTo(5);
    assertThat(config.file()).isNull();
    byte[] wrong = "\nmaxclient 5\n".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(
            () -> CommandLine.parse(List.of("-"), new ByteArrayInputStream(wrong)).config())
        .hasMessage("stdin:2: unknown directive 'maxclient'; did you mean 'maxclients'?");
  }

  @Test
  void optionsTakeSeveralWords() {
    Config config = CommandLine.parse(List.of("--bind", "*", "::*", "--port", "0")).config();
    assertThat(config.value(NetworkDirectives.BIND)).containsExactly("*", "::*");
    assertThat(config.value(NetworkDirectives.PORT)).isZero();
    assertThat(config.file()).isNull();
  }

  @Test
  void repeatedOutputLimitsAddUp() throws IOException {
    write("client-output-buffer-limit normal 1mb 0 0", "client-output-buffer-limit pubsub 2mb 0 0");
    OutputLimits limits = read().value(ClientDirectives.CLIENT_OUTPUT_BUFFER_LIMIT);
    assertThat(limits.normal().hardBytes()).isEqualTo(1 << 20);
    assertThat(limits.pubsub().hardBytes()).isEqualTo(2 << 20);
    assertThat(limits.replica()).isEqualTo(OutputLimits.DEFAULT.replica());
  }

  @Test
  void linesOfRulesReplaceTheDefaultAndAddUp() throws IOException {
    write("save 900 1", "save 300 10 60 5");
    assertThat(read().text(DiskDirectives.SAVE)).isEqualTo("900 1 300 10 60 5");
    write("save 900 1", "save \"\"", "save 3600 1 300 100 60 10000", "save 5 5");
    assertThat(read().text(DiskDirectives.SAVE)).isEqualTo("3600 1 300 100 60 10000 5 5");
  }

  @Test
  void aFlagByItselfIsYes() {
    Config config = CommandLine.parse(List.of("--memory-only", "--port", "0")).config();
    assertThat(config.value(DiskDirectives.MEMORY_ONLY)).isTrue();
    assertThat(config.value(DiskDirectives.APPENDONLY)).isFalse();
    assertThat(CommandLine.parse(List.of("--memory-only", "no")).config().text(DiskDirectives.SAVE))
        .isEqualTo("3600 1 300 100 60 10000");
  }

  @Test
  void whatNeedsADirectoryIsRefusedWithoutOne() throws IOException {
    write("appendonly yes", "save 900 1", "memory-only yes");
    assertStops(file + ":1: 'appendonly' needs a directory, and 'memory-only' has none");
    write("memory-only yes", "save 900 1");
    assertStops(file + ":2: 'save' needs a directory, and 'memory-only' has none");
    write("memory-only yes", "appendonly yes", "save 900 1", "appendonly no", "save \"\"");
    assertThat(read().value(DiskDirectives.MEMORY_ONLY)).isTrue();
  }

  @Test
  void anIncludedFileStandsWhereItIsIncluded() throws IOException {
    Path other = Files.writeString(folder.resolve("other.conf"), "port 1\ntimeout 2\n");
    write("port 5", "include " + other, "timeout 3");
    assertThat(read().value(NetworkDirectives.PORT)).isEqualTo(1);
    assertThat(read().value(ClientDirectives.TIMEOUT)).isEqualTo(3);
  }

  @Test
  void filesThatIncludeThemselvesAreRefused() throws IOException {
    write("include " + file);
    assertStops(file + ":1: files include each other more than 16 deep");
  }

  @Test
  void anUnknownDirectiveStopsTheStartWithTheNearestName() throws IOException {
    write("port 1", "", "maxcleints 5");
    assertStops(file + ":3: unknown directive 'maxcleints'; did you mean 'maxclients'?");
    write("completely-different yes");
    assertStops(file + ":1: unknown directive 'completely-different'");
  }

  @Test
  void aDirectiveOfRedisThatKarstHasNotIsCalledThat() throws IOException {
    write("lua-enable-insecure-api yes");
    assertStops(
        file
            + ":1: 'lua-enable-insecure-api' is a directive of Redis that this version of Karst"
            + " does not have; remove it");
  }

  @Test
  void aBadValueIsToldWithPlaceDirectiveAndReason() throws IOException {
    write("timeout -1");
    assertStops(
        file + ":1: bad value for 'timeout': argument must be between 0 and 2147483647 inclusive");
    write("port 6379 # with a comment");
    assertStops(file + ":1: bad value for 'port': wrong number of arguments");
    write("dir /");
    assertStops(file + ":1: bad value for 'dir': argument must be the path of a directory");
    write("requirepass \"x");
    assertStops(file + ":1: unbalanced quotes");
  }

  @Test
  void aWrongOptionIsToldByItsName() {
    assertThatThrownBy(() -> CommandLine.parse(List.of("--prt", "1")).config())
        .isInstanceOf(ConfigException.class)
        .hasMessage("--prt: unknown directive 'prt'; did you mean 'port'?");
    assertThatThrownBy(() -> CommandLine.parse(List.of("-p", "1")))
        .hasMessage("-p: expected --name value; the file comes first");
  }

  @Test
  void aMissingFileIsTold() {
    assertStops(file + ": there is no file " + file);
  }

  @Test
  void swappedInsertedDeletedAndReplacedLettersAreOneEdit() {
    assertThat(Unknown.edits("port", "port")).isZero();
    assertThat(Unknown.edits("prot", "port")).isOne();
    assertThat(Unknown.edits("prt", "port")).isOne();
    assertThat(Unknown.edits("pport", "port")).isOne();
    assertThat(Unknown.edits("part", "port")).isOne();
    assertThat(Unknown.edits("", "port")).isEqualTo(4);
    assertThat(Unknown.nearest("x")).isEmpty();
  }

  private void write(String... lines) throws IOException {
    Files.write(file, List.of(lines));
  }

  private Config read() {
    return CommandLine.parse(List.of(file.toString())).config();
  }

  private void assertStops(String line) {
    assertThatThrownBy(this::read).isInstanceOf(ConfigException.class).hasMessage(line);
  }
}
