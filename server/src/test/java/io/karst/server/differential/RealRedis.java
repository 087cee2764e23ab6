package io.karst.server.differential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.UnixDomainSocketAddress;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A `redis-server` 7.0 of its own, which saves nothing by itself, on a socket in its directory.
final class RealRedis implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(20);

  private final Path directory;
  private final Path socket;
  private final Process process;

  private RealRedis(Path directory, String... options) throws IOException {
    this.directory = directory;
    socket = directory.resolve("socket");
    List<String> words =
        new ArrayList<>(
            List.of(
                "redis-server",
                "--port",
                "0",
                "--unixsocket",
                socket.toString(),
                "--dir",
                directory.toString(),
                "--save",
                "",
                "--enable-debug-command",
                "yes"));
    words.addAll(List.of(options));
    process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.DISCARD)
            .start();
    await().atMost(START).until(this::answers);
  }

  /// Whether a `redis-server` 7.0 is on the path. Says so if not.
  static boolean isInstalled() {
    try {
      Process version = new ProcessBuilder("redis-server", "--version").start();
      String text = new String(version.getInputStream().readAllBytes(), UTF_8);
      if (text.contains("v=7.0.")) {
        return true;
      }
      System.out.println("Nothing to compare with, for this is no 7.0: " + text.strip());
    } catch (IOException absent) {
      System.out.println("Nothing to compare with, for no redis-server is on the path");
    }
    return false;
  }

  static RealRedis start() throws IOException {
    return new RealRedis(Files.createTempDirectory("karst-redis"));
  }

  /// As [#start()], with options, in a directory whose `dump.rdb`, if there is one, it loads; the
  /// directory stays if it is not empty in the end.
  static RealRedis start(Path directory, String... options) throws IOException {
    return new RealRedis(directory, options);
  }

  RespClient connect() throws IOException {
    return new RespClient(UnixDomainSocketAddress.of(socket));
  }

  private boolean answers() {
    try (RespClient client = connect()) {
      return client.ask("PING").equals("+PONG\r\n");
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Files.deleteIfExists(socket);
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException kept) {
      // What was saved there is the caller's.
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
