package io.karst.server.tools;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How to reach a running server.
final class RemoteStore {
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

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
