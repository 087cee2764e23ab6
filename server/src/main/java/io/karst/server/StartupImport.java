package io.karst.server;

import io.karst.engine.Engine;
import io.karst.rdb.RdbException;
import io.karst.rdb.RdbFileReader;
import io.karst.rdb.RdbSummary;
import io.karst.server.config.ImportOption;
import io.karst.transfer.ImportReport;
import io.karst.transfer.Importer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts the keys of an RDB file into the store of a server that serves nobody yet.
final class StartupImport {
  private static final Logger LOG = LoggerFactory.getLogger(StartupImport.class);
  private static final long TOLD_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final ImportOption option;
  private long told = System.nanoTime();

  private StartupImport(ImportOption option) {
    this.option = option;
  }

  /// - throws [IOException] if the store has keys and they are not to be replaced, or if the file
  ///   cannot be read to its end; what comes before is in the store then.
  static void run(ImportOption option, Engine engine) throws IOException {
    new StartupImport(option).run(engine);
  }

  private void run(Engine engine) throws IOException {
    long begin = System.nanoTime();
    checkEmpty(engine);
    try (InputStream in = Files.newInputStream(option.file());
        Importer importer = new Importer(engine)) {
      long size = Files.size(option.file());
      LOG.info("Importing {}, {} bytes", option.file(), size);
      RdbSummary summary =
          new RdbFileReader()
              .skipsOthers(option.skipsUnsupported())
              .progress(bytes -> tell(bytes, size, importer))
              .read(in, importer);
      importer.finish();
      ImportReport report = new ImportReport(summary, importer.imported(), importer.due());
      LOG.info("{}: {}", option.file(), report.line(System.nanoTime() - begin));
    } catch (RdbException wrong) {
      throw new IOException(option.file() + ": " + wrong.getMessage(), wrong);
    } catch (NoSuchFileException missing) {
      throw new IOException("--import: no such file: " + option.file(), missing);
    }
  }

  private void checkEmpty(Engine engine) throws IOException {
    for (int database = 0; database < engine.databases() && !option.replaces(); database++) {
      if (engine.size(database) > 0) {
        throw new IOException(
            "--import: the store has keys already; '--import "
                + option.file()
                + " replace' puts those of the file over them");
      }
    }
  }

  private void tell(long bytes, long size, Importer importer) {
    long now = System.nanoTime();
    if (now - told >= TOLD_NANOS) {
      told = now;
      LOG.info("{} % of {}, {} keys", bytes * 100 / size, option.file(), importer.imported());
    }
  }
}
