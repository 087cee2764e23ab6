package io.karst.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.apache.ratis.thirdparty.io.grpc.stub.ClientCallStreamObserver;
import org.apache.ratis.thirdparty.io.grpc.stub.ClientResponseObserver;
import org.jspecify.annotations.Nullable;

/// The way of this member's messages to one other: a stream, which is not opened again when it has
/// ended. See [Hearing] for the other end.
///
/// What the network does not take waits, up to [#WAITING_MAX]; what is more is not sent. So a
/// member that hangs costs that much memory, and nobody waits for it.
///
/// Thread-safe; nothing here blocks.
final class Line implements ClientResponseObserver<byte[], byte[]> {
  /// Bytes that wait at most, and those of the longest message.
  static final int WAITING_MAX = 16 << 20;

  private enum State {
    OPENING,
    OPEN,
    ENDED
  }

  private final Secret secret;
  private final String clusterId;

  @GuardedBy("this")
  private State state = State.OPENING;

  @GuardedBy("this")
  private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();

  @GuardedBy("this")
  private long size;

  @GuardedBy("this")
  private @Nullable ClientCallStreamObserver<byte[]> out;

  Line(Secret secret, String clusterId) {
    this.secret = secret;
    this.clusterId = clusterId;
  }

  synchronized boolean hasEnded() {
    return state == State.ENDED;
  }

  /// Leaves a message for the other member; false if it cannot be reached, or does not keep up.
  ///
  /// - `message`: not changed any more.
  synchronized boolean offer(byte[] message) {
    if (state != State.OPEN || size + message.length > WAITING_MAX) {
      return false;
    }
    waiting.add(message);
    size += message.length;
    flow();
    return true;
  }

  private synchronized void flow() {
    while (out != null && state == State.OPEN && !waiting.isEmpty() && out.isReady()) {
      byte[] next = waiting.remove();
      size -= next.length;
      out.onNext(next);
    }
  }

  /// Ends it; what waits is not sent.
  synchronized void end() {
    if (state != State.ENDED && out != null) {
      out.cancel("it is not needed any more", null);
    }
    ended();
  }

  private synchronized void ended() {
    state = State.ENDED;
    waiting.clear();
    size = 0;
  }

  // ---- what the network tells ----

  @Override
  public synchronized void beforeStart(ClientCallStreamObserver<byte[]> stream) {
    out = stream;
    stream.setOnReadyHandler(this::flow);
  }

  /// The number that shows that this member knows the secret.
  @Override
  public synchronized void onNext(byte[] nonce) {
    if (state == State.OPENING && out != null) {
      out.onNext(answer(secret, nonce, clusterId));
      state = State.OPEN;
    }
  }

  /// What somebody of a cluster answers to a number.
  static byte[] answer(Secret secret, byte[] nonce, String clusterId) {
    return secret.sum("broadcast", nonce, clusterId.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void onError(Throwable failure) {
    ended();
  }

  @Override
  public void onCompleted() {
    ended();
  }
}
