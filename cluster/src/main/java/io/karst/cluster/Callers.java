package io.karst.cluster;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.ratis.thirdparty.io.grpc.CallOptions;
import org.apache.ratis.thirdparty.io.grpc.ConnectivityState;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.grpc.stub.ClientCalls;
import org.apache.ratis.thirdparty.io.grpc.stub.ClientResponseObserver;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/// Calls other members: a channel for each address, opened when it is needed first. Thread-safe.
final class Callers implements AutoCloseable {
  private static final long KEEP_ALIVE_SECONDS = 10;

  private final @Nullable SslContext tls;
  private final Predicate<String> links;
  private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /// - `tls`: null for none.
  /// - `links`: whether an address may be called.
  Callers(@Nullable SslContext tls, Predicate<String> links) {
    this.tls = tls;
    this.links = links;
  }

  /// Calls a member.
  ///
  /// - `address`: `host:port`.
  /// - returns: its answer; failed if there is none in time. Ends on a thread of the network.
  CompletableFuture<byte[]> call(
      String address, MethodDescriptor<byte[], byte[]> method, byte[] request, long timeoutMillis) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    if (closed || !links.test(address)) {
      answer.completeExceptionally(new ClusterException(address + " cannot be reached"));
      return answer;
    }
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(timeoutMillis, TimeUnit.MILLISECONDS);
    ManagedChannel channel = channels.computeIfAbsent(address, this::open);
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      channel.resetConnectBackoff(); // Which grows to minutes, for somebody who may be back.
    }
    ClientCalls.asyncUnaryCall(channel.newCall(method, options), request, into(answer));
    return answer;
  }

  /// Opens a stream to a member that is as long as both want it.
  ///
  /// - `observer`: is told that it has ended, if it cannot be opened, too.
  /// - returns: false if the address may not be called; nothing is told then.
  boolean stream(
      String address,
      MethodDescriptor<byte[], byte[]> method,
      ClientResponseObserver<byte[], byte[]> observer) {
    if (closed || !links.test(address)) {
      return false;
    }
    ManagedChannel channel = channels.computeIfAbsent(address, this::open);
    var _ =
        ClientCalls.asyncBidiStreamingCall(channel.newCall(method, CallOptions.DEFAULT), observer);
    return true;
  }

  private ManagedChannel open(String address) {
    NettyChannelBuilder builder = NettyChannelBuilder.forTarget(address).directExecutor();
    if (tls == null) {
      builder.usePlaintext();
    } else {
      builder.sslContext(tls);
    }
    return builder.keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.MINUTES).build();
  }

  private static StreamObserver<byte[]> into(CompletableFuture<byte[]> answer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(byte[] value) {
        answer.complete(value);
      }

      @Override
      public void onError(Throwable failure) {
        answer.completeExceptionally(failure);
      }

      @Override
      public void onCompleted() {
        answer.completeExceptionally(new ClusterException("a member answered nothing"));
      }
    };
  }

  @Override
  public void close() {
    closed = true;
    channels.values().forEach(ManagedChannel::shutdownNow);
  }
}
