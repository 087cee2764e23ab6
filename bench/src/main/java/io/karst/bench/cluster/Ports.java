package io.karst.bench.cluster;

import io.karst.bench.harness.HarnessException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// Ports for servers that come back on the same ones: outside of the range from which the system
/// takes those of outgoing connections, as it would give away that of a server that is down.
public final class Ports {
  private static final int FIRST = 23_000;
  private static final int COUNT = 1000;

  private Ports() {}

  /// Ports that nobody listens on.
  public static List<Integer> free(int count) {
    List<Integer> found = new ArrayList<>();
    int start = (int) (ProcessHandle.current().pid() % COUNT);
    for (int i = 0; i < COUNT && found.size() < count; i++) {
      int port = FIRST + (start + i) % COUNT;
      if (isFree(port)) {
        found.add(port);
      }
    }
    if (found.size() < count) {
      throw new HarnessException("no free ports between " + FIRST + " and " + (FIRST + COUNT));
    }
    return found;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
