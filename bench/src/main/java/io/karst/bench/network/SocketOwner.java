package io.karst.bench.network;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Finds out which process has opened a connection on this machine.
///
/// The formats: proc(5), `/proc/net/tcp` and `/proc/[pid]/fd`.
final class SocketOwner {
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int INODE = 9;
  private static final String NONE = "";

  private SocketOwner() {}

  /// The inode of the socket with these ports, as a process names it among its files; empty if
  /// there is none.
  static String socket(int localPort, int remotePort) throws IOException {
    String found = socket("/proc/net/tcp", localPort, remotePort);
    return found.isEmpty() ? socket("/proc/net/tcp6", localPort, remotePort) : found;
  }

  private static String socket(String table, int localPort, int remotePort) throws IOException {
    String local = String.format(Locale.ROOT, ":%04X", localPort);
    String remote = String.format(Locale.ROOT, ":%04X", remotePort);
    for (String line : Files.readAllLines(Path.of(table))) {
      String[] fields = line.strip().split("\\s+", -1);
      if (fields[LOCAL].endsWith(local) && fields[REMOTE].endsWith(remote)) {
        return "socket:[" + fields[INODE] + "]";
      }
    }
    return NONE;
  }

  /// Whether a process has that socket.
  static boolean has(long pid, String socket) {
    Path files = Path.of("/proc", Long.toString(pid), "fd");
    try (DirectoryStream<Path> found = Files.newDirectoryStream(files)) {
      for (Path file : found) {
        if (isLink(file, socket)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      // The process has ended.
      return false;
    }
  }

  private static boolean isLink(Path file, String target) {
    try {
      return Files.readSymbolicLink(file).toString().equals(target);
    } catch (IOException e) {
      // Closed meanwhile.
      return false;
    }
  }
}
