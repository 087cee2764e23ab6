package io.karst.bench.network;

import io.karst.bench.harness.HarnessException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

/// What lies between the members of a cluster, which are numbered from 0 on.
///
/// Thread-safe.
public final class Network implements AutoCloseable {
  private static final int CONNECT_MILLIS = 2000;
  private static final int BACKLOG = 64;
  private static final int NOBODY = -1;

  private final List<ServerSocket> doors = new ArrayList<>();
  private final List<Integer> targets;
  private final AtomicLongArray pids;
  private final List<List<Link>> links = new ArrayList<>();
  private final Set<Conduit> conduits = ConcurrentHashMap.newKeySet();

  /// - `ports`: what the others are told, a member.
  /// - `targets`: where the members listen.
  public Network(List<Integer> ports, List<Integer> targets) {
    this.targets = List.copyOf(targets);
    pids = new AtomicLongArray(ports.size());
    for (int i = 0; i < ports.size(); i++) {
      List<Link> row = new ArrayList<>();
      ports.forEach(_ -> row.add(new Link()));
      links.add(row);
    }
    try {
      for (int i = 0; i < ports.size(); i++) {
        ServerSocket door =
            new ServerSocket(ports.get(i), BACKLOG, InetAddress.getLoopbackAddress());
        doors.add(door);
        int to = i;
        Thread.ofVirtual().start(() -> accept(door, to));
      }
    } catch (IOException e) {
      close();
      throw new HarnessException("no port for a network", e);
    }
  }

  /// From now on a member is this process.
  public void attach(int member, long pid) {
    pids.set(member, pid);
  }

  /// The way from one member to another.
  public Link link(int from, int to) {
    return links.get(from).get(to);
  }

  /// Sets both directions.
  public void between(int one, int other, Condition condition) {
    link(one, other).set(condition);
    link(other, one).set(condition);
  }

  /// Makes everything whole.
  public void heal() {
    links.forEach(row -> row.forEach(link -> link.set(Condition.WHOLE)));
  }

  /// Ends all connections there are.
  public void reset() {
    conduits.forEach(Conduit::close);
    conduits.clear();
  }

  @Override
  public void close() {
    try {
      for (ServerSocket door : doors) {
        door.close();
      }
    } catch (IOException e) {
      throw new HarnessException("cannot close a port", e);
    } finally {
      heal();
      reset();
    }
  }

  private void accept(ServerSocket door, int to) {
    try {
      while (true) {
        Socket near = door.accept();
        Thread.ofVirtual().start(() -> connect(near, to));
      }
    } catch (IOException e) {
      // Closed.
      return;
    }
  }

  private void connect(Socket near, int to) {
    Socket far = new Socket();
    Conduit conduit = new Conduit(near, far);
    try {
      int from = origin(near);
      if (from == NOBODY) {
        conduit.close();
        return;
      }
      // To connect takes a word each way.
      greet(link(from, to));
      greet(link(to, from));
      far.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), targets.get(to)), CONNECT_MILLIS);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      conduits.removeIf(Conduit::isClosed);
      conduits.add(conduit);
      conduit.start(link(from, to), link(to, from));
    } catch (IOException e) {
      // Nobody listens there, or the one who called has gone.
      conduit.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      conduit.close();
    }
  }

  private static void greet(Link link) throws InterruptedException {
    link.pass(System.nanoTime(), System.nanoTime(), 0);
  }

  /// The member that has opened a connection.
  private int origin(Socket near) throws IOException {
    String socket = SocketOwner.socket(near.getPort(), near.getLocalPort());
    for (int i = 0; i < pids.length() && !socket.isEmpty(); i++) {
      if (pids.get(i) != 0 && SocketOwner.has(pids.get(i), socket)) {
        return i;
      }
    }
    return NOBODY;
  }
}
