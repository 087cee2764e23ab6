package io.karst.bench.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Programs that are run for what they print.
public final class Tool {
  private static final int SECONDS_MAX = 180;

  private Tool() {}

  /// Runs a program to its end and returns its output, that on standard error included.
  ///
  /// - throws [HarnessException] if it cannot be started, fails, or takes more than three minutes.
  public static String output(Children children, List<String> command) {
    Process process = children.start(new ProcessBuilder(command).redirectErrorStream(true));
    try {
      CompletableFuture<String> output =
          CompletableFuture.supplyAsync(() -> readAll(process.getInputStream()));
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new HarnessException(
            "not done after " + SECONDS_MAX + " s: " + String.join(" ", command));
      }
      String said = output.join();
      if (process.exitValue() != 0) {
        throw new HarnessException(String.join(" ", command) + " failed:\n" + said.strip());
      }
      return said;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException("interrupted");
    } finally {
      children.stop(process);
    }
  }

  private static String readAll(InputStream in) {
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
