package io.karst.server.migration;

import io.karst.base.Bytes;
import io.karst.base.Decimal;
import io.karst.server.remote.Answer;
import io.karst.server.remote.RespClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The server that keys go to: a connection for one `MIGRATE`.
///
/// Thread: its owner's, which blocks.
final class Target implements AutoCloseable {
  private static final Bytes AUTH = Bytes.utf8("AUTH");
  private static final Bytes SELECT = Bytes.utf8("SELECT");
  private static final Bytes RESTORE = Bytes.utf8("RESTORE");
  private static final Bytes REPLACE = Bytes.utf8("REPLACE");
  private static final Bytes DEL = Bytes.utf8("DEL");

  private final Socket socket;
  private final StallGuard guard;
  private final RespClient client;

  private Target(Socket socket, StallGuard guard, RespClient client) {
    this.socket = socket;
    this.guard = guard;
    this.client = client;
  }

  /// Connects, authenticates and selects the database.
  ///
  /// - `abandons`: whether nobody wants the result any more.
  /// - throws [TargetException]; [RefusedException] with what the target answered.
  static Target connect(MigrationRequest request, BooleanSupplier abandons)
      throws TargetException, RefusedException {
    Target target = open(request, abandons);
    try {
      target.prepare(request);
      return target;
    } catch (TargetException | RefusedException | RuntimeException failed) {
      target.close();
      throw failed;
    }
  }

  private static Target open(MigrationRequest request, BooleanSupplier abandons)
      throws TargetException {
    Socket socket = new Socket();
    StallGuard guard = new StallGuard(socket, request.timeoutMillis(), abandons);
    try {
      InetSocketAddress address = new InetSocketAddress(request.host(), request.port());
      socket.connect(address, request.timeoutMillis());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(request.timeoutMillis());
      RespClient client =
          new RespClient(
              request.host() + ":" + request.port(),
              socket.getInputStream(),
              guard.watch(socket.getOutputStream()),
              socket);
      return new Target(socket, guard, client);
    } catch (IOException failed) {
      guard.close();
      closeQuietly(socket);
      throw new TargetException("connecting to the target instance", failed);
    }
  }

  private void prepare(MigrationRequest request) throws TargetException, RefusedException {
    if (!request.authentication().isEmpty()) {
      List<Bytes> words = new ArrayList<>();
      words.add(AUTH);
      words.addAll(request.authentication());
      ask(words.toArray(Bytes[]::new));
    }
    ask(SELECT, Decimal.of(request.database()));
  }

  private void ask(Bytes... words) throws TargetException, RefusedException {
    send(words);
    flush();
    String refusal = refusal();
    if (refusal != null) {
      throw RefusedException.byTarget(refusal);
    }
  }

  /// Queues what makes the key of a parcel there, or lets it be gone.
  void send(Parcel parcel, boolean replaces) throws TargetException {
    Bytes key = parcel.key().bytes();
    if (parcel.isEmpty()) {
      send(DEL, key);
    } else if (replaces) {
      send(RESTORE, key, Decimal.of(parcel.ttlMillis()), parcel.payload(), REPLACE);
    } else {
      send(RESTORE, key, Decimal.of(parcel.ttlMillis()), parcel.payload());
    }
  }

  private void send(Bytes... words) throws TargetException {
    try {
      client.send(words);
    } catch (IOException failed) {
      throw new TargetException("writing to target instance", failed);
    }
  }

  /// Sends what is queued.
  void flush() throws TargetException {
    try {
      client.flush();
    } catch (IOException failed) {
      throw new TargetException("writing to target instance", failed);
    }
  }

  /// The line of the next answer if that is an error; null if the server has done what it was told.
  @Nullable String refusal() throws TargetException {
    try {
      return client.read() instanceof Answer.Failure(String line) ? line : null;
    } catch (IOException failed) {
      throw new TargetException("reading to target instance", failed);
    }
  }

  @Override
  public void close() {
    guard.close();
    closeQuietly(socket);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // Everything that counts has been acknowledged.
    }
  }
}
