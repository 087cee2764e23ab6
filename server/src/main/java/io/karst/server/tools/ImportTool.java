package io.karst.server.tools;

import io.karst.engine.Engine;
import io.karst.rdb.RdbException;
import io.karst.rdb.RdbFileReader;
import io.karst.rdb.RdbSummary;
import io.karst.rdb.RdbVisitor;
import io.karst.server.remote.RespClient;
import io.karst.transfer.ImportReport;
import io.karst.transfer.Importer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./karst import`: puts the keys of an RDB file into a store.
@Command(
    name = "import",
    description = "Puts the keys of an RDB file, a snapshot of Redis or Karst, into a store.",
    synopsisHeading = "usage: ",
    customSynopsis = "./karst import FILE [--dir DIR | --host HOST [--port PORT]] [options]%n",
    footer =
        "%nKeys keep their expiry; those that are due are left out. If the file turns out to be"
            + " damaged, or to have values of types this version does not have, what comes before"
            + " is in the store.")
final class ImportTool implements Callable<Integer> {
  private static final Path STANDARD_INPUT = Path.of("-");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "the RDB file, versions 6 to 12; - reads a pipe")
  private Path file = STANDARD_INPUT;

  @ArgGroup private Target target = new Target();

  @Option(
      names = "--replace",
      description = "replace keys that exist; otherwise the directory has to be empty")
  private boolean replaces;

  @Option(
      names = "--skip-unsupported",
      description = "pass over values of types this version does not have, and count them")
  private boolean skipsUnsupported;

  @Override
  public Integer call() throws IOException {
    boolean piped = file.equals(STANDARD_INPUT);
    try (InputStream in = piped ? System.in : Files.newInputStream(file)) {
      long size = piped ? 0 : Files.size(file);
      PrintWriter out = spec.commandLine().getOut();
      long begin = System.nanoTime();
      RemoteStore remote = target.remote();
      ImportReport report =
          remote == null ? importLocally(in, size) : importRemotely(remote, in, size);
      out.println(report.line(System.nanoTime() - begin));
      return 0;
    } catch (RdbException wrong) {
      throw new IOException(file + ": " + wrong.getMessage(), wrong);
    }
  }

  private ImportReport importLocally(InputStream in, long size) throws IOException {
    LocalStore store = target.local();
    try (Engine engine = store.open()) {
      long there = LocalStore.keys(engine);
      if (there > 0 && !replaces) {
        throw new IOException(
            store + " has " + there + " keys already; --replace puts those of the file over them");
      }
      try (Importer importer = new Importer(engine)) {
        RdbFileReader reader = new RdbFileReader().skipsOthers(skipsUnsupported);
        RdbSummary summary = read(reader, in, size, importer, importer::imported);
        importer.finish();
        engine.checkpoint();
        return new ImportReport(summary, importer.imported(), importer.due());
      }
    }
  }

  private ImportReport importRemotely(RemoteStore server, InputStream in, long size)
      throws IOException {
    try (RespClient client = server.connect()) {
      RemoteImport remote = new RemoteImport(client, replaces);
      RdbFileReader reader = new RdbFileReader().takes(type -> true);
      RdbSummary summary = read(reader, in, size, remote, remote::imported);
      remote.finish();
      return new ImportReport(summary, remote.imported(), remote.due());
    }
  }

  private RdbSummary read(
      RdbFileReader reader, InputStream in, long size, RdbVisitor visitor, LongSupplier keys)
      throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    boolean shown = ProgressBar.hasTerminal();
    try (ProgressBar bar = new ProgressBar(err, shown, file.toString(), size, keys)) {
      return reader.progress(bar::at).read(in, visitor);
    }
  }
}
