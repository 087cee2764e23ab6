package io.karst.server.tools;

import io.karst.base.Bytes;
import io.karst.base.Disk;
import io.karst.engine.DataDirectory;
import io.karst.history.Effect;
import io.karst.history.LogEnd;
import io.karst.history.WalInspection;
import io.karst.history.WalReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./karst inspect wal`: prints the history of a store, frame by frame, and where it ends and why.
@Command(
    name = "wal",
    description = "Prints the history, a frame a block: what was changed together.",
    synopsisHeading = "usage: ",
    customSynopsis = "./karst inspect wal [DIR] [options]%n",
    footer =
        "%nDatabases are named by their ids, which are not the numbers clients use. The store may"
            + " be in use meanwhile: what its server takes away before it is read is told as a gap."
            + " The exit code is 1 if the history is damaged.")
final class InspectWal implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "the directory of a store (default: ./karst-data)")
  private Path directory = LocalStore.DIRECTORY;

  @Option(names = "--from", paramLabel = "LSN", description = "begin with the frame at or after it")
  private long fromLsn;

  @Option(
      names = "--limit",
      paramLabel = "COUNT",
      description = "print so many frames at most, and read on to the end")
  private long limit = Long.MAX_VALUE;

  @Option(names = "--key", paramLabel = "KEY", description = "print only frames that change it")
  private @Nullable String key;

  private long frames;
  private long effects;
  private long printed;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Path history = directory.resolve(DataDirectory.HISTORY);
    if (!Files.isDirectory(history)) {
      throw new NoSuchFileException(history.toString());
    }
    return end(WalInspection.read(Disk.at(history), new Printer(out)), out);
  }

  private final class Printer implements WalInspection.Visitor {
    private final PrintWriter out;

    Printer(PrintWriter out) {
      this.out = out;
    }

    @Override
    public void frame(WalReader frame) {
      if (frame.hasEffects() && frame.lsn() >= fromLsn) {
        print(frame, out);
      }
    }

    @Override
    public void gap(long from, long to) {
      out.println(
          "GAP: LSN "
              + from
              + " to "
              + to
              + " is in a checkpoint; a server took it away meanwhile");
    }
  }

  private void print(WalReader reader, PrintWriter out) {
    var changes = reader.effects();
    frames++;
    effects += changes.size();
    if (printed >= limit || !concerns(changes)) {
      return;
    }
    printed++;
    out.println(reader.lsn() + "  " + reader.size() + " bytes");
    for (Effect effect : changes) {
      out.println("  " + EffectText.of(effect));
    }
  }

  private boolean concerns(Iterable<Effect> changes) {
    if (key == null) {
      return true;
    }
    Bytes wanted = Bytes.utf8(key);
    for (Effect effect : changes) {
      Bytes changed = EffectText.key(effect);
      if (changed != null && changed.equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  private int end(LogEnd end, PrintWriter out) {
    out.printf(Locale.ROOT, "%d frames, %d changes, up to LSN %d%n", frames, effects, end.lsn());
    out.println("ends at " + end.place() + ": " + end.flaw());
    if (end.damaged()) {
      out.println("DAMAGED: " + end.lostSize() + " bytes more had been on disk");
      return Tools.FAILED;
    }
    return 0;
  }
}
