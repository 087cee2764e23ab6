package io.karst.server.net;

import io.karst.server.config.BadValueException;
import io.karst.server.config.Config;
import io.karst.server.config.Directive;
import io.karst.server.config.DirectiveValues;
import io.karst.server.config.Guard;
import io.karst.server.config.NetworkDirectives;
import io.karst.server.config.TlsDirectives;
import io.karst.server.session.Endpoints;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The sockets that are listened on, as the directives say. Another port or address is listened on
/// before the old one is given up; if that cannot be, everything stays as it is.
///
/// Thread: opened and closed by one, in between by whoever changes the configuration, one at a
/// time.
final class Listeners {
  /// The directives that say where.
  static final List<Directive<?>> DIRECTIVES =
      List.of(NetworkDirectives.BIND, NetworkDirectives.PORT, TlsDirectives.PORT);

  private final Doors doors;
  private final String transport;
  private final Consumer<Endpoints> told;
  private Map<Door, Channel> open = new LinkedHashMap<>();
  private boolean closed;

  /// - `told`: hears where it listens.
  Listeners(Doors doors, String transport, Consumer<Endpoints> told) {
    this.doors = doors;
    this.transport = transport;
    this.told = told;
  }

  /// Listens as the configuration says.
  ///
  /// - throws [IOException] if an address cannot be listened on; others may be then.
  void open(Config config) throws IOException {
    openMissing(wanted(config));
    String path = config.value(NetworkDirectives.UNIX_SOCKET);
    if (open.isEmpty() && path.isEmpty()) {
      throw new IOException("none of the addresses to bind to can be listened on");
    }
    if (!path.isEmpty()) {
      open.put(
          Door.unix(path), doors.openPath(path, config.value(NetworkDirectives.UNIX_SOCKET_MODE)));
    }
    tell();
  }

  private static Set<Door> wanted(DirectiveValues values) {
    int port = values.value(NetworkDirectives.PORT);
    int tlsPort = values.value(TlsDirectives.PORT);
    boolean plain =
        port != 0 || (tlsPort == 0 && values.value(NetworkDirectives.UNIX_SOCKET).isEmpty());
    Set<Door> wanted = new LinkedHashSet<>();
    for (String address : values.value(NetworkDirectives.BIND)) {
      if (plain) {
        wanted.add(new Door(Door.Kind.TCP, address, port));
      }
    }
    for (String address : values.value(NetworkDirectives.BIND)) {
      if (tlsPort != 0) {
        wanted.add(new Door(Door.Kind.TLS, address, tlsPort));
      }
    }
    return wanted;
  }

  private void openMissing(Set<Door> wanted) throws IOException {
    int freePort = 0;
    for (Door door : wanted) {
      if (!open.containsKey(door)) {
        Channel listener = doors.open(door, door.port() == 0 ? freePort : door.port());
        if (listener != null) {
          open.put(door, listener);
          freePort = portOf(listener);
        }
      }
    }
  }

  static int portOf(Channel listener) {
    return listener.localAddress() instanceof InetSocketAddress inet ? inet.getPort() : 0;
  }

  /// The [Guard] of [#DIRECTIVES].
  synchronized Guard.Change prepare(DirectiveValues next) throws BadValueException {
    if (closed) {
      throw new BadValueException("the server ends");
    }
    Map<Door, Channel> before = new LinkedHashMap<>(open);
    Set<Door> wanted = wanted(next);
    try {
      move(wanted);
    } catch (IOException e) {
      restore(before);
      throw new BadValueException("Unable to listen on this port: " + e.getMessage());
    }
    return new Guard.Change() {
      @Override
      public void commit() {
        tell();
      }

      @Override
      public void cancel() {
        restore(before);
      }
    };
  }

  /// Opens what is wanted, if need be after what is not has been closed, whose port it may be.
  private void move(Set<Door> wanted) throws IOException {
    try {
      openMissing(wanted);
      closeUnless(wanted);
    } catch (IOException occupied) {
      closeUnless(wanted);
      openMissing(wanted);
    }
    if (open.isEmpty()) {
      throw new IOException("none of the addresses to bind to can be listened on");
    }
  }

  private void closeUnless(Set<Door> wanted) {
    List<Door> surplus = new ArrayList<>(open.keySet());
    surplus.removeIf(door -> wanted.contains(door) || door.kind() == Door.Kind.UNIX);
    for (Door door : surplus) {
      Channel listener = open.remove(door);
      if (listener != null) {
        listener.close().awaitUninterruptibly();
      }
    }
  }

  private synchronized void restore(Map<Door, Channel> before) {
    closeUnless(before.keySet());
    try {
      openMissing(before.keySet());
    } catch (IOException gone) {
      doors.lost(gone);
    }
  }

  private synchronized void tell() {
    Map<Door.Kind, List<Endpoints.Address>> byKind = new LinkedHashMap<>();
    open.forEach((door, listener) ->
        byKind
            .computeIfAbsent(door.kind(), kind -> new ArrayList<>())
            .add(new Endpoints.Address(door.address(), portOf(listener))));
    List<Endpoints.Listener> listeners = new ArrayList<>();
    byKind.forEach(
        (kind, addresses) -> listeners.add(new Endpoints.Listener(kind.title(), addresses)));
    told.accept(new Endpoints(transport, listeners));
  }

  /// Listens no longer.
  synchronized void close() {
    closed = true;
    List<ChannelFuture> closing = open.values().stream().map(Channel::close).toList();
    closing.forEach(ChannelFuture::awaitUninterruptibly);
    open.keySet().stream()
        .filter(door -> door.kind() == Door.Kind.UNIX)
        .forEach(door -> doors.remove(door.address()));
    open = new LinkedHashMap<>();
  }
}
