package io.karst.cluster;

import java.util.Set;
import org.apache.ratis.grpc.server.GrpcServices;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.ServerServiceDefinition;
import org.apache.ratis.thirdparty.io.grpc.Status;

/// Refuses what members do not ask each other: Ratis's port also serves its clients, who could
/// write what no leader has executed, and its administrators, who could add a group to this server.
///
/// - `streamEnded`: is told when a member has ended its stream of entries, or is gone.
record MembersOnly(Runnable streamEnded) implements ServerInterceptor {
  private static final Set<String> SERVICES =
      Set.of(MemberService.NAME, RaftServerProtocolServiceGrpc.SERVICE_NAME);

  private static final String ENTRIES =
      RaftServerProtocolServiceGrpc.getAppendEntriesMethod().getFullMethodName();

  /// Serves members on Ratis's port: what they ask by Ratis, and this.
  static GrpcServices.Customizer serving(ServerServiceDefinition service, Runnable streamEnded) {
    return (builder, types) -> builder.addService(service).intercept(new MembersOnly(streamEnded));
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String service = call.getMethodDescriptor().getServiceName();
    if (service != null && SERVICES.contains(service)) {
      ServerCall.Listener<Q> listener = next.startCall(call, headers);
      return ENTRIES.equals(call.getMethodDescriptor().getFullMethodName())
          ? new Watched<>(listener)
          : listener;
    }
    call.close(
        Status.PERMISSION_DENIED.withDescription("only members of the cluster are served here"),
        new Metadata());
    return new ServerCall.Listener<>() {};
  }

  private final class Watched<Q>
      extends ForwardingServerCallListener.SimpleForwardingServerCallListener<Q> {
    private Watched(ServerCall.Listener<Q> listener) {
      super(listener);
    }

    @Override
    public void onHalfClose() {
      super.onHalfClose();
      streamEnded.run();
    }

    @Override
    public void onCancel() {
      super.onCancel();
      streamEnded.run();
    }
  }
}
