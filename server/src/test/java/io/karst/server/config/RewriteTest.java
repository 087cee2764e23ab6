package io.karst.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewriteTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("karst.conf");
  }

  @Test
  void aFileThatSaysWhatIsSoStaysAsItIs() throws IOException {
    List<String> lines =
        List.of("# mine", "maxmemory   1gb", "", "timeout 1", "timeout 2", "# end");
    Files.write(file, lines);
    rewrite();
    assertThat(file).hasContent(String.join("\n", lines));
  }

  @Test
  void changedValuesReplaceTheirLinesInPlace() throws IOException {
    Files.write(file, List.of("# a", "timeout 1", "port 7000", "timeout 2", "# b"));
    rewrite("timeout", "9");
    assertThat(Files.readAllLines(file)).containsExactly("# a", "timeout 9", "port 7000", "# b");
  }

  @Test
  void newValuesAreAppendedAndQuotedOnce() throws IOException {
    Files.write(file, List.of("port 7000"));
    rewrite("requirepass", "a \"b", "maxmemory", "64mb");
    rewrite("maxclients", "7");
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "port 7000",
            "# Set at run time, written by CONFIG REWRITE",
            "requirepass \"a \\\"b\"",
            "maxmemory 64mb",
            "maxclients 7");
  }

  @Test
  void aDirectiveOfSeveralLinesIsWrittenWhole() throws IOException {
    Files.write(file, List.of("client-output-buffer-limit normal 1mb 0 0", "port 1"));
    rewrite("client-output-buffer-limit", "pubsub 5mb 1mb 3");
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "client-output-buffer-limit normal 1mb 0 0",
            "client-output-buffer-limit replica 256mb 64mb 60",
            "client-output-buffer-limit pubsub 5mb 1mb 3",
            "port 1");
  }

  @Test
  void whatAnIncludedFileSaysIsOverridden() throws IOException {
    Path other = Files.writeString(folder.resolve("other.conf"), "timeout 2\n");
    Files.write(file, List.of("timeout 1", "include " + other));
    rewrite("timeout", "0");
    assertThat(read().value(ClientDirectives.TIMEOUT)).isZero();
    assertThat(other).hasContent("timeout 2");
  }

  @Test
  void backToTheDefaultIsWrittenToo() throws IOException {
    Files.write(file, List.of("requirepass secret"));
    rewrite("requirepass", "");
    assertThat(Files.readAllLines(file)).containsExactly("requirepass \"\"");
    assertThat(read().value(ClientDirectives.REQUIREPASS)).isEmpty();
  }

  @Test
  void theFileIsReplacedWithItsPermissionsAndNothingIsLeftBehind() throws IOException {
    Files.write(file, List.of("port 1"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    rewrite("timeout", "4");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path target = Files.write(folder.resolve("target.conf"), List.of("port 1"));
    Files.createSymbolicLink(file, target);
    rewrite("timeout", "4");
    assertThat(file).isSymbolicLink();
    assertThat(Files.readAllLines(target)).contains("timeout 4");
  }

  private void rewrite(String... namesAndValues) throws IOException {
    Config config = read();
    config.set(List.of(namesAndValues));
    Rewrite.write(config, file);
    for (Directive<?> directive : Directives.all()) {
      assertThat(read().text(directive)).as(directive.name()).isEqualTo(config.text(directive));
    }
  }

  private Config read() {
    return CommandLine.parse(List.of(file.toString())).config();
  }
}
