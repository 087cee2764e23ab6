package io.karst.cluster;

import java.security.SecureRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.stub.ServerCalls;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/// Where the messages of other members arrive: the other end of each [Line].
///
/// ```
/// this member    nonce (16)
/// the other      sum of nonce and the cluster's id (32), and then messages
/// ```
///
/// Who does not know the secret, or belongs to another cluster, is not listened to.
///
/// Thread: the network's, one at a time for each stream.
final class Hearing implements ServerCalls.BidiStreamingMethod<byte[], byte[]> {
  private static final int NONCE_SIZE = 16;

  private final Secret secret;
  private final Supplier<String> clusterId;
  private final Consumer<byte[]> listener;
  private final SecureRandom random = new SecureRandom();

  /// - `clusterId`: of this member; empty while it has none.
  /// - `listener`: is given the messages. While it is at one, the sender of that waits with more.
  Hearing(Secret secret, Supplier<String> clusterId, Consumer<byte[]> listener) {
    this.secret = secret;
    this.clusterId = clusterId;
    this.listener = listener;
  }

  @Override
  public StreamObserver<byte[]> invoke(StreamObserver<byte[]> out) {
    byte[] nonce = new byte[NONCE_SIZE];
    random.nextBytes(nonce);
    out.onNext(nonce);
    return new Speaker(nonce, out);
  }

  /// One other member.
  private final class Speaker implements StreamObserver<byte[]> {
    private final byte[] nonce;
    private final StreamObserver<byte[]> out;
    private boolean known;
    private boolean refused;

    Speaker(byte[] nonce, StreamObserver<byte[]> out) {
      this.nonce = nonce;
      this.out = out;
    }

    @Override
    public void onNext(byte[] message) {
      if (known) {
        listener.accept(message);
      } else if (!refused) {
        String own = clusterId.get();
        known = !own.isEmpty() && Secret.same(message, Line.answer(secret, nonce, own));
        refused = !known;
        if (refused) {
          out.onError(
              Status.PERMISSION_DENIED
                  .withDescription("only members of the cluster are heard here")
                  .asRuntimeException());
        }
      }
    }

    @Override
    public void onError(Throwable gone) {
      // It comes back, if it lives.
    }

    @Override
    public void onCompleted() {
      if (!refused) {
        out.onCompleted();
      }
    }
  }
}
