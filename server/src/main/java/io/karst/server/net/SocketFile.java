package io.karst.server.net;

import io.karst.server.config.FileMode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// The file of a socket in the file system: it stays behind when a process is killed, and nobody
/// can listen there as long as it is.
final class SocketFile {
  private final Path path;

  private SocketFile(Path path) {
    this.path = path;
  }

  static SocketFile of(String path) throws IOException {
    try {
      return new SocketFile(Path.of(path));
    } catch (InvalidPathException e) {
      throw new IOException("unixsocket: no path: " + path, e);
    }
  }

  /// Removes what a process that is gone has left.
  ///
  /// - throws [IOException] if somebody listens there, or it is no socket.
  void makeRoom() throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    BasicFileAttributes what =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!what.isOther()) {
      throw new IOException("unixsocket: " + path + " is there, and is no socket");
    }
    if (isAnswered()) {
      throw new IOException("unixsocket: another process listens on " + path);
    }
    Files.deleteIfExists(path);
  }

  private boolean isAnswered() throws IOException {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return probe.connect(UnixDomainSocketAddress.of(path));
    } catch (java.net.ConnectException nobody) {
      return false;
    } catch (java.net.SocketException nobody) {
      return !String.valueOf(nobody.getMessage()).contains("refused");
    }
  }

  /// Lets only those connect whom `mode` names.
  void mode(FileMode mode) throws IOException {
    if (mode.bits() != 0) {
      Files.setPosixFilePermissions(path, mode.permissions());
    }
  }

  void remove() throws IOException {
    Files.deleteIfExists(path);
  }
}
