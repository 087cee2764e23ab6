package io.karst.server.tools;

import io.karst.base.Bytes;
import io.karst.engine.DataDirectory;
import io.karst.engine.KeyRange;
import io.karst.lsm.Amended;
import io.karst.lsm.Stored;
import io.karst.lsm.TierCursor;
import io.karst.lsm.TierFamily;
import io.karst.lsm.TierInspection;
import io.karst.lsm.TierMeta;
import io.karst.memory.Record;
import io.karst.value.ValueType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./karst inspect lsm`: prints what the last checkpoint says, and the keys in the disk tier.
@Command(
    name = "lsm",
    description = "Prints what the disk tier has: the last checkpoint, databases, files, keys.",
    synopsisHeading = "usage: ",
    customSynopsis = "./karst inspect lsm [DIR] [options]%n",
    footer =
        "%nDatabases are named by their ids, which are not always the numbers clients use. The"
            + " store may be in use meanwhile; what came after the last checkpoint is in the"
            + " history: see inspect wal.")
final class InspectTier implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "the directory of a store (default: ./karst-data)")
  private Path directory = LocalStore.DIRECTORY;

  @Option(
      names = "--keys",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "PREFIX",
      description = "print the keys too, all or those that begin so")
  private @Nullable String prefix;

  @Option(
      names = "--limit",
      paramLabel = "COUNT",
      description = "print so many keys of a database at most")
  private long limit = Long.MAX_VALUE;

  @Override
  public Integer call() throws IOException {
    Path path = directory.resolve(DataDirectory.TIER);
    if (!Files.isDirectory(path)) {
      throw new NoSuchFileException(path.toString());
    }
    try (TierInspection tier = TierInspection.open(path)) {
      print(tier, spec.commandLine().getOut());
    }
    return 0;
  }

  private void print(TierInspection tier, PrintWriter out) {
    TierMeta meta = tier.meta();
    out.println("format " + tier.version());
    out.println(
        meta == null
            ? "no checkpoint was ever made"
            : "checkpoint at LSN " + meta.checkpointLsn() + ", " + EffectText.time(meta.millis()));
    for (TierFamily family : tier.families()) {
      family(family, out);
    }
    for (int id : tier.databases()) {
      database(tier, id, meta == null ? -1 : meta.ids().indexOf(id), out);
    }
  }

  private static void family(TierFamily family, PrintWriter out) {
    long files = 0;
    long size = family.blobSize();
    for (TierFamily.Level level : family.levels()) {
      files += level.files();
      size += level.size();
    }
    out.printf(
        Locale.ROOT,
        "family %s: about %,d entries, %,d bytes, %d tables%n",
        family.name(),
        family.keys(),
        size,
        files);
  }

  private void database(TierInspection tier, int id, int number, PrintWriter out) {
    int[][] counts = tier.counts(id);
    long keys = Arrays.stream(counts[0]).asLongStream().sum();
    long expiring = Arrays.stream(counts[1]).asLongStream().sum();
    String name = number < 0 ? "a dropped database" : "database " + number;
    out.printf(Locale.ROOT, "%s (id %d): %d keys, %d of them expire%n", name, id, keys, expiring);
    if (prefix != null) {
      keys(tier, id, KeyRange.prefix(Bytes.utf8(prefix)), out);
    }
  }

  private void keys(TierInspection tier, int id, KeyRange range, PrintWriter out) {
    long printed = 0;
    try (TierCursor cursor = tier.keys(id, range.from())) {
      while (printed < limit && cursor.next() && range.contains(cursor.key())) {
        out.println("  " + line(cursor.key(), cursor.stored()));
        printed++;
      }
    }
  }

  private static String line(Bytes key, Stored stored) {
    String expiry =
        stored.expiryMillis() == Record.NO_EXPIRY
            ? ""
            : ", expires " + EffectText.time(stored.expiryMillis());
    return key
        + "  "
        + ValueType.of(stored.type()).redisName()
        + " of "
        + stored.payload().length()
        + " bytes"
        + beside(stored.amended())
        + expiry
        + ", LSN "
        + stored.lsn();
  }

  private static String beside(@Nullable Amended amended) {
    return amended == null
        ? ""
        : " of LSN "
            + amended.baseLsn()
            + ", with "
            + amended.size()
            + " bytes of changes in "
            + amended.count()
            + " parts";
  }
}
