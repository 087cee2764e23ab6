package io.karst.server.tools;

import io.karst.base.Bytes;
import io.karst.base.Disk;
import io.karst.base.Disk.DiskLock;
import io.karst.engine.DataDirectory;
import io.karst.engine.KeyRange;
import io.karst.lsm.RocksTier;
import io.karst.lsm.Stored;
import io.karst.lsm.Tier;
import io.karst.lsm.TierCursor;
import io.karst.lsm.TierMeta;
import io.karst.lsm.TierOptions;
import io.karst.memory.Record;
import io.karst.value.ValueType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
    description = "Prints what the disk tier has: the last checkpoint, databases, keys.",
    synopsisHeading = "usage: ",
    customSynopsis = "./karst inspect lsm [DIR] [options]%n",
    footer =
        "%nNo server may have the store open. What came after the last checkpoint is in the"
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

  @Option(names = "--limit", paramLabel = "COUNT", description = "print so many keys at most")
  private long limit = Long.MAX_VALUE;

  @Override
  public Integer call() throws IOException {
    Path path = directory.resolve(DataDirectory.TIER);
    if (!Files.isDirectory(path)) {
      throw new NoSuchFileException(path.toString());
    }
    DiskLock lock = Disk.at(directory).tryLock(DataDirectory.LOCK);
    if (lock == null) {
      throw new IOException(directory + " is in use by a process");
    }
    try (lock;
        Tier tier = RocksTier.open(path, TierOptions.SMALL)) {
      print(tier, spec.commandLine().getOut());
    }
    return 0;
  }

  private void print(Tier tier, PrintWriter out) {
    TierMeta meta = tier.meta();
    if (meta == null) {
      out.println("no checkpoint was ever made");
      return;
    }
    out.println(
        "checkpoint at LSN " + meta.checkpointLsn() + ", " + EffectText.time(meta.millis()));
    out.println(tier.status().size() + " bytes");
    List<Integer> ids = meta.ids();
    for (int number = 0; number < ids.size(); number++) {
      database(tier, number, ids.get(number), out);
    }
  }

  private void database(Tier tier, int number, int id, PrintWriter out) {
    int[][] counts = tier.counts(id);
    long keys = Arrays.stream(counts[0]).asLongStream().sum();
    long expiring = Arrays.stream(counts[1]).asLongStream().sum();
    if (keys > 0) {
      out.printf("database %d (id %d): %d keys, %d of them expire%n", number, id, keys, expiring);
    }
    if (prefix != null) {
      keys(tier, id, KeyRange.prefix(Bytes.utf8(prefix)), out);
    }
  }

  private void keys(Tier tier, int id, KeyRange range, PrintWriter out) {
    long printed = 0;
    try (TierCursor cursor = tier.keys(id, range.from(), false, false)) {
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
        + expiry
        + ", LSN "
        + stored.lsn();
  }
}
