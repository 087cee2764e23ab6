package io.karst.cluster;

import java.util.Set;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;

/// Refuses what members do not ask each other: Ratis's port also serves its clients, who could
/// write what no leader has executed, and its administrators, who could add a group to this server.
final class MembersOnly implements ServerInterceptor {
  private static final Set<String> SERVICES =
      Set.of(MemberService.NAME, RaftServerProtocolServiceGrpc.SERVICE_NAME);

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String service = call.getMethodDescriptor().getServiceName();
    if (service != null && SERVICES.contains(service)) {
      return next.startCall(call, headers);
    }
    call.close(
        Status.PERMISSION_DENIED.withDescription("only members of the cluster are served here"),
        new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
