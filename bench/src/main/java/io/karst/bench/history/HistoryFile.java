package io.karst.bench.history;

import io.karst.bench.harness.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// A history as a text: an operation a line, in the order of the requests, with the milliseconds of
/// request and answer.
public final class HistoryFile {
  private HistoryFile() {}

  /// - `heading`: some lines before it.
  public static void write(Path file, String heading, List<Operation> history) {
    List<Operation> sorted =
        history.stream().sorted(Comparator.comparingLong(Operation::callNanos)).toList();
    long originNanos = sorted.isEmpty() ? 0 : sorted.getFirst().callNanos();
    StringBuilder text = new StringBuilder(heading.strip()).append("\n\n");
    sorted.forEach(one -> text.append(one.shown(originNanos)).append('\n'));
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new HarnessException("cannot write " + file, e);
    }
  }
}
