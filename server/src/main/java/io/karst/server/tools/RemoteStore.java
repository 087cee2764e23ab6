package io.karst.server.tools;

import io.karst.server.remote.RespClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How to reach a running server.
final class RemoteStore {
  private static final int TIMEOUT_MILLIS = 10_000;

  @Option(
      names = "--host",
      required = true,
      paramLabel = "HOST",
      description = "a running server, Karst or Redis, instead of a directory")
  String host = "";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "6379",
      description = "its port (default: 6379)")
  int port;

  @Option(names = "--user", paramLabel = "NAME", description = "the user to authenticate as")
  @Nullable String user;

  @Option(
      names = "--password",
      paramLabel = "PASSWORD",
      description = "its password; better given as $REDISCLI_AUTH, which nobody else can see")
  @Nullable String password = System.getenv("REDISCLI_AUTH");

  /// Connects and authenticates.
  ///
  /// - throws [IOException] if either fails, with what the server said.
  RespClient connect() throws IOException {
    return connect(host, port, user, password);
  }

  /// Connects to a server and authenticates, if there is a password.
  static RespClient connect(String host, int port, @Nullable String user, @Nullable String password)
      throws IOException {
    String name = host + ":" + port;
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      RespClient client =
          new RespClient(name, socket.getInputStream(), socket.getOutputStream(), socket);
      authenticate(client, user, password);
      return client;
    } catch (UnknownHostException unknown) {
      socket.close();
      throw new IOException("cannot connect to " + name + ": no such host", unknown);
    } catch (IOException failed) {
      socket.close();
      throw new IOException("cannot connect to " + name + ": " + failed.getMessage(), failed);
    }
  }

  private static void authenticate(
      RespClient client, @Nullable String user, @Nullable String password) throws IOException {
    if (password != null) {
      client.expectOk(
          user == null ? client.ask("AUTH", password) : client.ask("AUTH", user, password));
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
