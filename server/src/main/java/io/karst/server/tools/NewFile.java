package io.karst.server.tools;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A file that gets its name when it is whole and on disk; until then it has another one, and it
/// goes away if that never happens.
final class NewFile implements AutoCloseable {
  private final Path path;
  private final Path draft;
  private final FileChannel channel;

  private NewFile(Path path, Path draft) throws IOException {
    this.path = path;
    this.draft = draft;
    channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
  }

  static NewFile at(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException(path + " is a directory");
    }
    String name = path.getFileName() + "." + ProcessHandle.current().pid() + ".new";
    return new NewFile(path, path.resolveSibling(name));
  }

  /// To be written to, in large pieces: it has no buffer.
  OutputStream stream() {
    return Channels.newOutputStream(channel);
  }

  /// Gives it its name, in the place of a file that has it; returns its size in bytes.
  long keep() throws IOException {
    long size = channel.size();
    channel.force(true);
    channel.close();
    Files.move(draft, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    return size;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(draft);
  }
}
