package io.karst.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Greets members, and is greeted: only those who know the secret get more than a refusal, and
/// nobody else's word is taken.
///
/// Each side sends a number that nobody has used before, and the other returns its answer with a
/// sum of both under the secret. An order answers to a number that the leader has given, and that
/// it takes once.
///
/// ```
/// hello    nonce (16), sum of nonce and body (32), body: the cluster's id, or nothing
/// answer   sum of nonce and body (32), body: a greeting
/// order    sum of the challenge and body (32), body: an order
/// answer   sum of the challenge and body (32), body: nothing, or what is in the way
/// ```
///
/// Thread-safe.
final class Doorman {
  private static final Logger LOG = LoggerFactory.getLogger(Doorman.class);
  private static final long TIMEOUT_MILLIS = 2000;
  private static final long ORDER_TIMEOUT_MILLIS = 60_000;
  private static final int NONCE_SIZE = 16;
  private static final int SUM_SIZE = 32;
  private static final int SUSPECTS_MAX = 100;
  private static final byte[] REFUSED = {};

  private final Secret secret;
  private final Callers callers;
  private final SecureRandom random = new SecureRandom();

  /// Of whom the log has spoken already.
  private final Set<String> suspects = ConcurrentHashMap.newKeySet();

  private byte[] challenge = nonce();

  Doorman(Secret secret, Callers callers) {
    this.secret = secret;
    this.callers = callers;
  }

  private byte[] nonce() {
    byte[] nonce = new byte[NONCE_SIZE];
    random.nextBytes(nonce);
    return nonce;
  }

  /// What an order has to answer to.
  synchronized String challenge() {
    return HexFormat.of().formatHex(challenge);
  }

  private static byte[] challenge(Greeting leader) {
    try {
      return HexFormat.of().parseHex(leader.challenge());
    } catch (IllegalArgumentException e) {
      throw new ClusterException("the leader's greeting is not understood", e);
    }
  }

  // ---- answering ----

  /// Answers a greeting.
  CompletableFuture<byte[]> greeted(byte[] request, Supplier<Greeting> own) {
    if (request.length < NONCE_SIZE + SUM_SIZE) {
      return CompletableFuture.completedFuture(REFUSED);
    }
    byte[] nonce = Arrays.copyOf(request, NONCE_SIZE);
    byte[] sum = Arrays.copyOfRange(request, NONCE_SIZE, NONCE_SIZE + SUM_SIZE);
    byte[] body = Arrays.copyOfRange(request, NONCE_SIZE + SUM_SIZE, request.length);
    if (!Secret.same(sum, secret.sum("hello", nonce, body))) {
      suspect("a caller", "A server that does not know the cluster's secret was refused");
      return CompletableFuture.completedFuture(REFUSED);
    }
    byte[] answer = own.get().encode();
    return CompletableFuture.completedFuture(joined(secret.sum("greeting", nonce, answer), answer));
  }

  /// Carries out an order, if it is one of a member's.
  ///
  /// - `obey`: fails with a [ClusterException] that says why it cannot be.
  CompletableFuture<byte[]> ordered(byte[] request, Function<Order, CompletableFuture<Void>> obey) {
    if (request.length < SUM_SIZE) {
      return CompletableFuture.completedFuture(REFUSED);
    }
    byte[] sum = Arrays.copyOf(request, SUM_SIZE);
    byte[] body = Arrays.copyOfRange(request, SUM_SIZE, request.length);
    byte[] answered = accept(sum, body);
    if (answered == null) {
      return CompletableFuture.completedFuture(REFUSED);
    }
    CompletableFuture<Void> done;
    try {
      done = obey.apply(Order.decode(body));
    } catch (IOException e) {
      done = CompletableFuture.failedFuture(e);
    }
    return done.handle((nothing, failure) -> {
      byte[] answer =
          failure == null ? new byte[0] : reason(failure).getBytes(StandardCharsets.UTF_8);
      return joined(secret.sum("obeyed", answered, answer), answer);
    });
  }

  private synchronized byte @Nullable [] accept(byte[] sum, byte[] body) {
    if (!Secret.same(sum, secret.sum("order", challenge, body))) {
      return null;
    }
    byte[] answered = challenge;
    challenge = nonce();
    return answered;
  }

  static String reason(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean wrapped =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return wrapped && cause != null ? reason(cause) : String.valueOf(failure.getMessage());
  }

  // ---- asking ----

  /// Greets whoever is at an address.
  ///
  /// - returns: its greeting; failed with a [ClusterException] if it does not know the secret.
  CompletableFuture<Greeting> greet(String address, String clusterId) {
    byte[] nonce = nonce();
    byte[] body = clusterId.getBytes(StandardCharsets.US_ASCII);
    byte[] request = joined(joined(nonce, secret.sum("hello", nonce, body)), body);
    return callers
        .call(address, MemberService.HELLO, request, TIMEOUT_MILLIS)
        .thenApply(answer -> greeting(address, nonce, answer));
  }

  private Greeting greeting(String address, byte[] nonce, byte[] answer) {
    byte[] body = body(answer, "greeting", nonce);
    if (body == null) {
      suspect(
          address,
          "The server at "
              + address
              + " is refused: it has another cluster secret than this member, or none");
      throw new ClusterException(address + " has another cluster secret");
    }
    try {
      return Greeting.decode(body);
    } catch (IOException e) {
      throw new ClusterException(address + " speaks another version of this protocol", e);
    }
  }

  private byte @Nullable [] body(byte[] answer, String purpose, byte[] nonce) {
    if (answer.length < SUM_SIZE) {
      return null;
    }
    byte[] body = Arrays.copyOfRange(answer, SUM_SIZE, answer.length);
    byte[] sum = Arrays.copyOf(answer, SUM_SIZE);
    return Secret.same(sum, secret.sum(purpose, nonce, body)) ? body : null;
  }

  /// Gives an order to the leader.
  ///
  /// - `leader`: who has just greeted.
  CompletableFuture<Void> order(String address, Greeting leader, Order order) {
    byte[] body = order.encode();
    byte[] challenge = challenge(leader);
    byte[] request = joined(secret.sum("order", challenge, body), body);
    return callers
        .call(address, MemberService.ORDER, request, ORDER_TIMEOUT_MILLIS)
        .thenAccept(answer -> obeyed(answer, challenge));
  }

  private void obeyed(byte[] answer, byte[] answered) {
    byte[] reason = body(answer, "obeyed", answered);
    if (reason == null) {
      throw new ClusterException("the leader did not take the order; it may be tried again");
    }
    if (reason.length > 0) {
      throw new ClusterException(new String(reason, StandardCharsets.UTF_8));
    }
  }

  /// Logs something about somebody, once.
  void suspect(String who, String message) {
    if (suspects.size() < SUSPECTS_MAX && suspects.add(who + message)) {
      LOG.warn("{}", message);
    }
  }

  private static byte[] joined(byte[] one, byte[] other) {
    return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
  }
}
