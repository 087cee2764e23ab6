package io.karst.bench.faults;

import io.karst.bench.harness.Children;
import io.karst.bench.harness.DataDirectory;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `./karst torture --cluster`, from its options to its exit code.
///
/// - `root`: the directory of the repository.
public record ClusterTortureRun(Path root, Children children, PrintStream out) {
  /// Returns the exit code: 0 if no promise was broken.
  public int run(ClusterTortureOptions options) {
    Path directory = root.resolve("target").resolve("torture-" + Long.toHexString(options.seed()));
    List<String> server = List.of(root.resolve("karst").toString(), "server");
    out.println("seed " + options.seed() + ", in " + directory);
    ClusterTorture torture =
        new ClusterTorture(options.plan(directory, server), children, new Progress(System.err));
    try {
      DataDirectory.delete(directory);
      Files.createDirectories(directory);
      torture.run();
      out.print(torture.tally());
      DataDirectory.delete(directory);
      return 0;
    } catch (IOException e) {
      throw new HarnessException("cannot write to " + directory, e);
    } catch (HarnessException e) {
      if (!children.closing()) {
        out.println();
        out.println("FAILED: " + e.getMessage());
        out.println("seed " + options.seed());
        out.println("what the members have, and their logs: " + directory);
        out.println();
        out.print(torture.tally());
      }
      return 1;
    }
  }
}
