package io.karst.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The process as a whole: each test starts one of its own.
class MainTest {
  private static final Pattern READY =
      Pattern.compile(
          "Karst \\S+ ready on 127\\.0\\.0\\.1:(\\d+), standalone, \\w+, .*, in \\d+ ms");
  private static final long TIMEOUT_SECONDS = 60;

  @TempDir private Path folder;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void endProcesses() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void runsUntilItIsToldToEnd() throws Exception {
    Path pidFile = folder.resolve("karst.pid");
    Process process = start("--port", "0", "--memory-only", "--pidfile", pidFile.toString());
    int port = readyPort(process);
    assertThat(ask(port, "PING")).isEqualTo("+PONG");
    assertThat(pidFile).hasContent(Long.toString(process.pid()));
    process.destroy();
    assertThat(exitCode(process)).isZero();
    assertThat(pidFile).doesNotExist();
  }

  @Test
  void endsOnShutdownWithoutAnAnswer() throws Exception {
    Path log = folder.resolve("karst.log");
    Process process = start("--port", "0", "--memory-only", "--logfile", log.toString());
    assertThat(ask(readyPort(process), "SHUTDOWN NOSAVE")).isNull();
    assertThat(exitCode(process)).isZero();
    assertThat(log).content().contains(" notice [shutdown] The server has ended");
    assertThat(errors(process)).isEmpty();
  }

  @Test
  void keepsEverythingOverItsEndAndOverAKill() throws Exception {
    Path log = folder.resolve("karst.log");
    Process first = start("--port", "0", "--dir", data(), "--logfile", log.toString());
    int port = readyPort(first);
    assertThat(ask(port, "SET k v")).isEqualTo("+OK");
    first.destroy();
    assertThat(exitCode(first)).isZero();
    assertThat(log).content().contains(" notice ").doesNotContain(" warning ");

    Process second = start("--port", "0", "--dir", data());
    String line = readyLine(second);
    assertThat(line).contains(", 1 keys in " + data() + " (0 changes replayed), ");
    assertThat(ask(port(line), "GET k")).isEqualTo("$1");
    assertThat(ask(port(line), "SET l w")).isEqualTo("+OK");
    second.destroyForcibly().waitFor();

    String last = readyLine(start("--port", "0", "--dir", data()));
    assertThat(last).contains(", 2 keys in " + data() + " (1 changes replayed), ");
    assertThat(ask(port(last), "EXISTS k l")).isEqualTo(":2");
  }

  @Test
  void keepsWhatWasSavedWithoutAHistory() throws Exception {
    Process first = start("--port", "0", "--dir", data(), "--appendonly", "no");
    int port = readyPort(first);
    assertThat(ask(port, "SET k v")).isEqualTo("+OK");
    assertThat(ask(port, "SAVE")).isEqualTo("+OK");
    assertThat(ask(port, "SET l w")).isEqualTo("+OK");
    first.destroyForcibly().waitFor();

    Process second = start("--port", "0", "--dir", data(), "--appendonly", "no");
    int again = readyPort(second);
    assertThat(ask(again, "EXISTS k l")).isEqualTo(":1");
    assertThat(ask(again, "SET m x")).isEqualTo("+OK");
    assertThat(ask(again, "SHUTDOWN")).isNull();
    assertThat(exitCode(second)).isZero();
    int last = readyPort(start("--port", "0", "--dir", data()));
    assertThat(ask(last, "EXISTS k m")).isEqualTo(":2");
  }

  @Test
  void takesNoCheckpointAtItsEndIfToldSo() throws Exception {
    Process first = start("--port", "0", "--dir", data());
    int port = readyPort(first);
    assertThat(ask(port, "SET k v")).isEqualTo("+OK");
    assertThat(ask(port, "SHUTDOWN NOSAVE")).isNull();
    assertThat(exitCode(first)).isZero();

    Process second = start("--port", "0", "--dir", data());
    String line = readyLine(second);
    assertThat(line).contains(", 1 keys in " + data() + " (1 changes replayed), ");
    assertThat(ask(port(line), "SHUTDOWN SAVE")).isNull();
    assertThat(exitCode(second)).isZero();

    Process third = start("--port", "0", "--dir", data(), "--appendonly", "no");
    line = readyLine(third);
    assertThat(line).contains(", 1 keys in " + data() + " (0 changes replayed), ");
    assertThat(ask(port(line), "SET l w")).isEqualTo("+OK");
    assertThat(ask(port(line), "SHUTDOWN NOSAVE")).isNull();
    assertThat(exitCode(third)).isZero();
    assertThat(readyLine(start("--port", "0", "--dir", data()))).contains(", 1 keys in ");
  }

  @Test
  void tellsInOneLineThatTheDirectoryIsInUseOrNone() throws Exception {
    readyPort(start("--port", "0", "--dir", data()));
    Process second = start("--port", "0", "--dir", data());
    assertThat(exitCode(second)).isOne();
    assertThat(errors(second))
        .containsExactly("karst: the data directory " + data() + " is in use by a process");

    Path file = Files.createFile(folder.resolve("file"));
    Process third = start("--port", "0", "--dir", file.toString());
    assertThat(exitCode(third)).isOne();
    assertThat(errors(third))
        .containsExactly(
            "karst: the data directory " + file + " cannot be used: it is no directory");
  }

  @Test
  void tellsInOneLineWhereTheHistoryIsDamagedAndCanGoOnWithoutTheRest() throws Exception {
    Process first = start("--port", "0", "--dir", data(), "--appendfsync", "always");
    int port = readyPort(first);
    for (int i = 0; i < 3; i++) {
      assertThat(ask(port, "SET k" + i + " a-value-that-is-easily-found-" + i)).isEqualTo("+OK");
    }
    first.destroyForcibly().waitFor();
    flipABit("a-value-that-is-easily-found-1");

    Process second = start("--port", "0", "--dir", data());
    assertThat(exitCode(second)).isOne();
    assertThat(errors(second))
        .hasSize(1)
        .first()
        .asString()
        .contains(".wal at offset 4", "'--salvage yes' starts without");
    int salvaged = readyPort(start("--port", "0", "--dir", data(), "--salvage"));
    assertThat(ask(salvaged, "EXISTS k0 k1 k2")).isEqualTo(":1");
  }

  @Test
  void tellsInOneLineThatThePortIsInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Process process = start("--port", port, "--bind", "127.0.0.1", "--memory-only");
      assertThat(exitCode(process)).isOne();
      assertThat(errors(process)).hasSize(1).first().asString().contains(port, "in use");
    }
  }

  @Test
  void tellsInOneLineWhatIsWrongWithTheConfiguration() throws Exception {
    Path file = Files.writeString(folder.resolve("karst.conf"), "port 0\nmaxcleints 3\n");
    Process process = start(file.toString());
    assertThat(exitCode(process)).isOne();
    assertThat(errors(process))
        .containsExactly(
            "karst: " + file + ":2: unknown directive 'maxcleints'; did you mean 'maxclients'?");
  }

  @Test
  void tellsWhatItCanBeTold() throws Exception {
    Process process = start("--help");
    assertThat(process.inputReader(UTF_8).lines())
        .anyMatch(line -> line.startsWith("usage: "))
        .anyMatch(line -> line.startsWith("  --maxmemory *"));
    assertThat(exitCode(process)).isZero();
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:+UseSerialGC", "-Xmx128m", "--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).start();
    processes.add(process);
    return process;
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  /// Changes the history where it says `text`.
  private void flipABit(String text) throws IOException {
    try (var files = Files.list(folder.resolve("data").resolve("wal"))) {
      for (Path file : files.filter(name -> name.toString().endsWith(".wal")).toList()) {
        String content = Files.readString(file, ISO_8859_1);
        int place = content.indexOf(text);
        if (place >= 0) {
          char flipped = (char) (content.charAt(place) ^ 1);
          String damaged = content.substring(0, place) + flipped + content.substring(place + 1);
          Files.writeString(file, damaged, ISO_8859_1);
          return;
        }
      }
    }
    throw new AssertionError("the history does not say " + text);
  }

  private static int readyPort(Process process) throws IOException {
    return port(readyLine(process));
  }

  private static String readyLine(Process process) throws IOException {
    String line = process.inputReader(UTF_8).readLine();
    assertThat(line).as("errors: %s", line == null ? errors(process) : "").matches(READY);
    return line;
  }

  private static int port(String readyLine) {
    Matcher matcher = READY.matcher(readyLine);
    assertThat(matcher.matches()).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  /// The first line of the answer to an inline command, null if the connection ends instead.
  private static String ask(int port, String command) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((command + "\r\n").getBytes(UTF_8));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
    }
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static List<String> errors(Process process) {
    return process.errorReader(UTF_8).lines().toList();
  }
}
