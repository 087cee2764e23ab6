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

  /// Do you lead, and in which term? See [Succession].
  static final MethodDescriptor<byte[], byte[]> LEADS = method("Leads");

  /// Have you lost the leader? See [Succession].
  static final MethodDescriptor<byte[], byte[]> LOST = method("Lost");

  /// Answers a call; at once, or later.
  interface Handler extends Function<byte[], CompletableFuture<byte[]>> {}

  private MemberService() {}

  static ServerServiceDefinition define(
      Handler hello, Handler order, Reads reads, Succession succession, Hearing hearing) {
    ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(NAME);
    add(service, HELLO, hello);
    add(service, ORDER, order);
    add(service, TERM, reads::term);
    add(service, READ, reads::read);
    add(service, LEADS, succession::leads);
    add(service, LOST, succession::lost);
    service.addMethod(BROADCAST, ServerCalls.asyncBidiStreamingCall(hearing));
    return service.build();
  }

  private static void add(
      ServerServiceDefinition.Builder service,
      MethodDescriptor<byte[], byte[]> method,
      Handler handler) {
    service.addMethod(method, ServerCalls.asyncUnaryCall((in, out) -> answer(handler, in, out)));
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
