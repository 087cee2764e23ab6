package io.karst.bench.torture;

import io.karst.bench.harness.Children;
import io.karst.bench.harness.DataDirectory;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.Progress;
import io.karst.bench.ledger.LossException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// `./karst torture`, from its options to its exit code.
///
/// - `root`: the directory of the repository.
public record TortureRun(Path root, Children children, PrintStream out) {
  /// Returns the exit code: 0 if nothing was lost.
  public int run(TortureOptions options) {
    Path directory = directory(options);
    List<String> server = List.of(root.resolve("karst").toString(), "server");
    out.println("seed " + options.seed() + ", in " + directory);
    Torture torture =
        new Torture(options.plan(directory, server), children, new Progress(System.err));
    try {
      torture.run();
      out.print(torture.tally());
      DataDirectory.delete(directory);
      return 0;
    } catch (IOException e) {
      throw new HarnessException("cannot delete " + directory, e);
    } catch (LossException | HarnessException e) {
      if (!children.closing()) {
        report(options, directory, torture, e);
      }
      return 1;
    }
  }

  private void report(
      TortureOptions options, Path directory, Torture torture, RuntimeException failure) {
    out.println();
    out.println("LOSS: " + failure.getMessage());
    out.println("seed " + options.seed());
    out.println("data as the last server found it: " + directory.resolve("before"));
    out.println("and as it left it: " + directory.resolve("data"));
    out.println("the log of all of them: " + directory.resolve("karst.log"));
    out.println();
    out.print(torture.tally());
  }

  private Path directory(TortureOptions options) {
    Path directory =
        options.directory().isEmpty()
            ? root.resolve("target").resolve("torture-" + Long.toHexString(options.seed()))
            : Path.of(options.directory()).toAbsolutePath();
    try {
      Files.createDirectories(directory);
      try (Stream<Path> content = Files.list(directory)) {
        if (content.findAny().isPresent()) {
          throw new HarnessException(directory + " is not empty");
        }
      }
      return directory;
    } catch (IOException e) {
      throw new HarnessException("cannot write to " + directory, e);
    }
  }
}
