package io.karst.server.session;

import io.karst.server.config.ClientDirectives;
import io.karst.server.config.Config;
import io.karst.server.config.OutputLimits;

/// What a client may take of the server: the configuration's values, each in a field that the way
/// of every command can afford to read. Thread-safe.
public final class ClientLimits {
  private volatile int clientsMax;
  private volatile int bulkMax;
  private volatile long queryBufferMax;
  private volatile OutputLimits.Limit output = OutputLimits.Limit.NONE;
  private volatile int idleSeconds;

  ClientLimits(Config config) {
    config.follow(ClientDirectives.MAXCLIENTS, value -> clientsMax = value);
    config.follow(ClientDirectives.PROTO_MAX_BULK_LEN, value -> bulkMax = Math.toIntExact(value));
    config.follow(ClientDirectives.CLIENT_QUERY_BUFFER_LIMIT, value -> queryBufferMax = value);
    config.follow(ClientDirectives.CLIENT_OUTPUT_BUFFER_LIMIT, value -> output = value.normal());
    config.follow(ClientDirectives.TIMEOUT, value -> idleSeconds = value);
  }

  /// Connections at a time.
  public int clientsMax() {
    return clientsMax;
  }

  /// The longest argument, in bytes.
  public int bulkMax() {
    return bulkMax;
  }

  /// Bytes of requests that are not complete, or wait for their turn.
  public long queryBufferMax() {
    return queryBufferMax;
  }

  /// Bytes of replies that wait for the client.
  public OutputLimits.Limit output() {
    return output;
  }

  /// Seconds without a command after which a client is disconnected; 0: never.
  public int idleSeconds() {
    return idleSeconds;
  }
}
