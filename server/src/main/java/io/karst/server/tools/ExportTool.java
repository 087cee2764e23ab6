package io.karst.server.tools;

import io.karst.engine.Engine;
import io.karst.engine.Tx;
import io.karst.rdb.RdbFileWriter;
import io.karst.server.info.Version;
import io.karst.server.remote.RespClient;
import io.karst.transfer.Exporter;
import io.karst.transfer.LaterVersionException;
import io.karst.value.RdbVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./karst export`: writes the keys of a store to an RDB file.
@Command(
    name = "export",
    description =
        "Writes the keys of a store to an RDB file, which Redis 7.0 and later load; Redis 7.4 and"
            + " later, if a field of a hash expires.",
    synopsisHeading = "usage: ",
    customSynopsis =
        "./karst export --rdb FILE [--dir DIR | --host HOST [--port PORT]] [options]%n",
    footer =
        "%nOf a store in a directory the file is a snapshot. A running server goes on meanwhile:"
            + " a key that changes is in the file as it was before or after, one that comes or"
            + " goes is in it or not.")
final class ExportTool implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--rdb",
      required = true,
      paramLabel = "FILE",
      description = "the file to write, replaced when the new one is whole")
  private Path file = Path.of("");

  @ArgGroup private Target target = new Target();

  @Override
  public Integer call() throws IOException {
    long begin = System.nanoTime();
    try {
      export(RdbVersion.WRITTEN, begin);
    } catch (LaterVersionException later) {
      export(later.version(), begin);
    }
    return 0;
  }

  /// - `version`: of the file, for what is in a directory; a running server has its own.
  private void export(int version, long begin) throws IOException {
    RemoteStore remote = target.remote();
    long keys;
    long size;
    try (NewFile written = NewFile.at(file)) {
      keys =
          remote == null
              ? exportLocally(written.stream(), version)
              : exportRemotely(remote, written.stream());
      size = written.keep();
    }
    double seconds = (System.nanoTime() - begin) / (double) TimeUnit.SECONDS.toNanos(1);
    spec.commandLine()
        .getOut()
        .printf(Locale.ROOT, "exported %,d keys, %,d bytes, in %.1f s%n", keys, size, seconds);
    if (remote == null && version > RdbVersion.WRITTEN) {
      spec.commandLine()
          .getOut()
          .println("The file is of version " + version + ", as fields of hashes expire.");
    }
  }

  private long exportLocally(OutputStream out, int version) throws IOException {
    try (Engine engine = target.local().openExisting();
        Tx tx = engine.newTx();
        Counted exported = new Counted(LocalStore.keys(engine))) {
      RdbFileWriter rdb = begin(out, version);
      tx.begin(engine.clock().wallMillis(), 0);
      try {
        new Exporter(tx, rdb, exported::at).run();
      } finally {
        tx.end();
      }
      rdb.end();
      return exported.keys;
    }
  }

  private long exportRemotely(RemoteStore server, OutputStream out) throws IOException {
    try (RespClient client = server.connect()) {
      RemoteExport remote = new RemoteExport(client);
      try (Counted exported = new Counted(remote.begin())) {
        RdbFileWriter rdb = begin(out, remote.version());
        remote.run(rdb, exported::at);
        rdb.end();
        return exported.keys;
      }
    }
  }

  private static RdbFileWriter begin(OutputStream out, int version) throws IOException {
    RdbFileWriter rdb = new RdbFileWriter(out, version);
    rdb.aux("redis-ver", Version.REDIS);
    rdb.aux("redis-bits", "64");
    rdb.aux("ctime", Long.toString(System.currentTimeMillis() / 1000));
    rdb.aux("karst-ver", Version.KARST);
    return rdb;
  }

  /// Counts keys, and shows how many of all that are.
  private final class Counted implements AutoCloseable {
    private final ProgressBar bar;
    private long keys;

    Counted(long total) {
      PrintWriter err = spec.commandLine().getErr();
      boolean shown = ProgressBar.hasTerminal();
      bar = new ProgressBar(err, shown, file.toString(), total, () -> keys);
    }

    void at(long count) {
      keys = count;
      bar.at(count);
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
