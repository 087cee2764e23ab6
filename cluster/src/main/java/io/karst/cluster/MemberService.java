package io.karst.cluster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.ServerServiceDefinition;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.stub.ServerCalls;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/// The calls of members to each other that are not Raft's, on the same port. Messages are bytes.
final class MemberService {
  static final String NAME = "karst.Member";

  /// Who are you, and to whom do you belong? See [Doorman].
  static final MethodDescriptor<byte[], byte[]> HELLO = method("Hello");

  /// Do something as the leader. See [Doorman].
  static final MethodDescriptor<byte[], byte[]> ORDER = method("Order");

  /// Which term is yours? See [Quorum].
  static final MethodDescriptor<byte[], byte[]> TERM = method("Term");

  /// Up to where must one have applied the log, to have all that is committed now? See [Quorum].
  static final MethodDescriptor<byte[], byte[]> READ = method("Read");

  /// Listen to this: a stream. See [Hearing].
  static final MethodDescriptor<byte[], byte[]> BROADCAST =
      method("Broadcast", MethodDescriptor.MethodType.BIDI_STREAMING);

  /// Answers a call; at once, or later.
  interface Handler extends Function<byte[], CompletableFuture<byte[]>> {}

  private MemberService() {}

  static ServerServiceDefinition define(
      Handler hello, Handler order, Handler term, Handler read, Hearing hearing) {
    return ServerServiceDefinition.builder(NAME)
        .addMethod(HELLO, ServerCalls.asyncUnaryCall((in, out) -> answer(hello, in, out)))
        .addMethod(ORDER, ServerCalls.asyncUnaryCall((in, out) -> answer(order, in, out)))
        .addMethod(TERM, ServerCalls.asyncUnaryCall((in, out) -> answer(term, in, out)))
        .addMethod(READ, ServerCalls.asyncUnaryCall((in, out) -> answer(read, in, out)))
        .addMethod(BROADCAST, ServerCalls.asyncBidiStreamingCall(hearing))
        .build();
  }

  private static void answer(Handler handler, byte[] request, StreamObserver<byte[]> out) {
    var _ =
        handler
            .apply(request)
            .whenComplete((reply, failure) -> {
              if (failure == null) {
                out.onNext(reply);
                out.onCompleted();
              } else {
                out.onError(
                    Status.UNAVAILABLE
                        .withDescription(String.valueOf(failure.getMessage()))
                        .asRuntimeException());
              }
            });
  }

  private static MethodDescriptor<byte[], byte[]> method(String name) {
    return method(name, MethodDescriptor.MethodType.UNARY);
  }

  private static MethodDescriptor<byte[], byte[]> method(
      String name, MethodDescriptor.MethodType type) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(NAME, name))
        .setRequestMarshaller(Plain.INSTANCE)
        .setResponseMarshaller(Plain.INSTANCE)
        .build();
  }

  /// Bytes as they are.
  private enum Plain implements MethodDescriptor.Marshaller<byte[]> {
    INSTANCE;

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
