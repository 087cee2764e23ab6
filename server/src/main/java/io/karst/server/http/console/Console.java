package io.karst.server.http.console;

import io.karst.server.config.NetworkDirectives;
import io.karst.server.net.InnerDoor;
import io.karst.server.session.Server;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the connections of the HTTP port share of the console. Thread-safe.
public final class Console implements AutoCloseable {
  private final Server server;
  private final InnerDoor door;
  private final Assets assets = new Assets();

  /// - `address`: where the HTTP port is.
  public Console(Server server, SocketAddress address) {
    this.server = server;
    door = new InnerDoor(server, address);
  }

  Assets assets() {
    return assets;
  }

  /// Whether nobody gets in without a password.
  boolean needsPassword() {
    return server.needsPassword();
  }

  /// Whether this client is to be turned away, as it would be on the server's own ports: it is on
  /// another machine, and nothing else protects the data.
  boolean keepsOut(SocketAddress client) {
    return server.config().value(NetworkDirectives.PROTECTED_MODE)
        && !server.needsPassword()
        && !isLoopback(client);
  }

  private static boolean isLoopback(SocketAddress client) {
    InetAddress address = client instanceof InetSocketAddress inet ? inet.getAddress() : null;
    return address != null && address.isLoopbackAddress();
  }

  /// Runs commands for a client, and returns the connection they run in, for whoever wants to end
  /// it.
  ///
  /// - `then`: hears what has come of them, once, on an event loop of ours.
  /// - throws [BadRequestException] if there is one among them that is not run here; none is then.
  Channel run(
      CommandRequest request,
      @Nullable Credentials credentials,
      SocketAddress client,
      Consumer<Outcome> then)
      throws BadRequestException {
    for (List<byte[]> words : request.commands()) {
      Refusals.check(server.commands(), words);
    }
    ChannelFuture connected = door.connect(client, new Exchange(request, credentials, then));
    connected.addListener(done -> {
      if (!done.isSuccess()) {
        then.accept(Outcome.failure(Outcome.UNAVAILABLE, "the server ends"));
      }
    });
    return connected.channel();
  }

  @Override
  public void close() {
    door.close();
  }
}
