package io.karst.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.ratis.grpc.server.GrpcServices;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.ReadIndexRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.ServerServiceDefinition;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.jspecify.annotations.Nullable;

/// Refuses what members do not ask each other: Ratis's port also serves its clients, who could
/// write what no leader has executed, and its administrators, who could add a group to this server.
///
/// Also refuses what is meant for another member, that was at this address before, and whose
/// directory was emptied. Ratis does not look: the new member would be taken for the old one, with
/// all the log that it had, and would take itself for a member of a group that has not let it in.
final class MembersOnly implements ServerInterceptor {
  private static final Set<String> SERVICES =
      Set.of(MemberService.NAME, RaftServerProtocolServiceGrpc.SERVICE_NAME);

  private static final String ENTRIES =
      RaftServerProtocolServiceGrpc.getAppendEntriesMethod().getFullMethodName();

  private final ByteString id;
  private final Runnable streamEnded;

  private MembersOnly(String id, Runnable streamEnded) {
    this.id = ByteString.copyFrom(id, StandardCharsets.US_ASCII);
    this.streamEnded = streamEnded;
  }

  /// Serves members on Ratis's port: what they ask by Ratis, and this.
  ///
  /// - `id`: of this member.
  /// - `streamEnded`: is told when a member has ended its stream of entries, or is gone.
  static GrpcServices.Customizer serving(
      ServerServiceDefinition service, String id, Runnable streamEnded) {
    return (builder, types) ->
        builder.addService(service).intercept(new MembersOnly(id, streamEnded));
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String service = call.getMethodDescriptor().getServiceName();
    if (service != null && SERVICES.contains(service)) {
      return new Addressed<>(call, next.startCall(call, headers));
    }
    call.close(
        Status.PERMISSION_DENIED.withDescription("only members of the cluster are served here"),
        new Metadata());
    return new ServerCall.Listener<>() {};
  }

  /// Lets through what is meant for this member, and sees the end. Thread: the call's.
  private final class Addressed<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<Q, ?> call;
    private boolean refused;

    Addressed(ServerCall<Q, ?> call, ServerCall.Listener<Q> listener) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      RaftRpcRequestProto request = request(message);
      if (refused) {
        return;
      }
      if (request == null || request.getReplyId().equals(id)) {
        super.onMessage(message);
      } else {
        refused = true;
        call.close(Status.NOT_FOUND.withDescription("another member is here now"), new Metadata());
      }
    }

    @Override
    public void onHalfClose() {
      if (!refused) {
        super.onHalfClose();
        ended();
      }
    }

    @Override
    public void onCancel() {
      super.onCancel();
      ended();
    }

    private void ended() {
      if (!refused && ENTRIES.equals(call.getMethodDescriptor().getFullMethodName())) {
        streamEnded.run();
      }
    }
  }

  private static @Nullable RaftRpcRequestProto request(Object message) {
    return switch (message) {
      case AppendEntriesRequestProto append -> append.getServerRequest();
      case RequestVoteRequestProto vote -> vote.getServerRequest();
      case InstallSnapshotRequestProto snapshot -> snapshot.getServerRequest();
      case ReadIndexRequestProto read -> read.getServerRequest();
      case StartLeaderElectionRequestProto election -> election.getServerRequest();
      default -> null;
    };
  }
}
