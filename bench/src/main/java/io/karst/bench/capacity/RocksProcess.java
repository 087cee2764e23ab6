package io.karst.bench.capacity;

import io.karst.bench.harness.Children;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.load.Outcome;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The process of a [RocksBaseline].
final class RocksProcess implements AutoCloseable {
  private final Children children;
  private final Process process;
  private final BufferedWriter orders;
  private final BufferedReader answers;

  /// Starts it, with a JVM of the same kind as a server has.
  RocksProcess(Children children, CapacityPlan plan, Path directory) {
    this.children = children;
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xms48m",
            "-Xmn24m",
            "-Xmx128m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            RocksBaseline.class.getName(),
            directory.toString(),
            Long.toString(plan.memoryBytes()),
            Integer.toString(plan.dataset().keys()),
            Integer.toString(plan.dataset().sizeMin()),
            Integer.toString(plan.dataset().sizeMax()),
            Integer.toString(plan.connections()));
    process = children.start(new ProcessBuilder(command).redirectError(Redirect.INHERIT));
    orders = process.outputWriter();
    answers = process.inputReader();
  }

  long pid() {
    return process.pid();
  }

  void load() {
    String answer = order("load");
    if (!answer.equals("ok")) {
      throw new HarnessException("RocksDB's process says: " + answer);
    }
  }

  Outcome run(double writes, double warmUpSeconds, double seconds) {
    return Outcome.parse(order("run " + writes + " " + warmUpSeconds + " " + seconds));
  }

  @Override
  public void close() {
    children.stop(process);
  }

  private String order(String line) {
    try {
      orders.write(line);
      orders.newLine();
      orders.flush();
      @Nullable String answer = answers.readLine();
      if (answer == null) {
        throw new HarnessException("RocksDB's process has ended");
      }
      return answer;
    } catch (IOException e) {
      throw new HarnessException("RocksDB's process has gone", e);
    }
  }
}
