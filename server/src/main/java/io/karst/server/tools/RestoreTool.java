package io.karst.server.tools;

import io.karst.engine.DataDirectory;
import io.karst.engine.Engine;
import io.karst.lsm.TierCursor;
import io.karst.lsm.TierInspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./karst restore`: makes a store of a backup, by copying it, so that both go their own ways.
///
/// The copy is read from end to end: every value of the disk tier, and the history as a start reads
/// it. A backup that is damaged leaves nothing behind.
@Command(
    name = "restore",
    description = "Makes a store of a backup, and reads all of it to be sure that it is whole.",
    synopsisHeading = "usage: ",
    customSynopsis = "./karst restore BACKUP DIR%n")
final class RestoreTool implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "BACKUP", description = "the directory of the backup")
  private Path backup = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "DIR",
      description = "the directory of the store to make: an empty one, or none yet")
  private Path directory = Path.of("");

  @Override
  public Integer call() throws IOException {
    long begin = System.nanoTime();
    check();
    DirectoryCopy copy = new DirectoryCopy(backup, directory);
    long keys;
    try {
      try (ProgressBar bar = bar("copying", copy.size())) {
        copy.run(bar::at);
      }
      verifyTier();
      try (Engine engine = LocalStore.at(directory).openExisting()) {
        keys = LocalStore.keys(engine);
        engine.checkpoint();
      }
    } catch (IOException | RuntimeException failure) {
      copy.undo();
      throw failure;
    }
    double seconds = (System.nanoTime() - begin) / (double) TimeUnit.SECONDS.toNanos(1);
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "restored %,d keys to %s in %.1f s; all of it is whole%n",
            keys,
            directory,
            seconds);
    return 0;
  }

  private void check() throws IOException {
    if (!Files.isDirectory(backup)) {
      throw new NoSuchFileException(backup.toString());
    }
    if (!Files.exists(backup.resolve(DataDirectory.TIER))
        || !Files.exists(backup.resolve(DataDirectory.FORMAT))) {
      throw new IOException(backup + " is no whole backup of a store");
    }
    if (Files.exists(directory)) {
      try (Stream<Path> content = Files.list(directory)) {
        if (content.findAny().isPresent()) {
          throw new IOException(directory + " is not empty");
        }
      }
    }
  }

  /// Reads all tables of the disk tier, then every value, as large ones are elsewhere.
  private void verifyTier() {
    try (TierInspection tier = TierInspection.open(directory.resolve(DataDirectory.TIER))) {
      tier.verify();
      long total = 0;
      for (int id : tier.databases()) {
        total += Arrays.stream(tier.counts(id)[0]).asLongStream().sum();
      }
      try (ProgressBar bar = bar("reading", total)) {
        long read = 0;
        for (int id : tier.databases()) {
          read = readAll(tier, id, read, bar);
        }
      }
    }
  }

  private static long readAll(TierInspection tier, int database, long before, ProgressBar bar) {
    long read = before;
    try (TierCursor cursor = tier.keys(database)) {
      while (cursor.next()) {
        cursor.stored();
        bar.at(++read);
      }
    }
    return read;
  }

  private ProgressBar bar(String title, long total) {
    return new ProgressBar(
        spec.commandLine().getErr(), ProgressBar.hasTerminal(), title, total, null);
  }
}
