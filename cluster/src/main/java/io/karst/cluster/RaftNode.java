package io.karst.cluster;

import io.karst.base.Disk;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.grpc.server.GrpcServices;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupManagementRequest;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServer.Division;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.ExitUtils;
import org.jspecify.annotations.Nullable;

/// The Ratis server of a process, and its divisions of the groups it belongs to.
///
/// Thread-safe, once open.
final class RaftNode implements AutoCloseable {
  private static final String STORAGE = "log";

  private final RaftPeerId id;
  private final Path directory;
  private final RaftServer server;
  private final Transport.Senders senders;
  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();

  /// - throws [IOException] if the port or the directory cannot be had.
  RaftNode(
      Engagement.Place place, StateMachine.Registry stateMachines, GrpcServices.Customizer services)
      throws IOException {
    ClusterOptions options = place.options();
    this.id = RaftPeerId.valueOf(place.identity().id());
    this.directory = Disk.at(options.directory()).directory(STORAGE).path();
    leaveExitsAlone();
    RaftProperties properties = place.settings().properties(directory, options.listenPort());
    Parameters parameters = parameters(options.tls(), services);
    senders = Transport.use(properties, parameters);
    server =
        RaftServer.newBuilder()
            .setServerId(id)
            .setOption(RaftStorage.StartupOption.RECOVER)
            .setProperties(properties)
            .setParameters(parameters)
            .setStateMachineRegistry(stateMachines)
            .build();
  }

  /// Ratis ends the process when something is wrong with a thread; that is not for it to decide.
  private static void leaveExitsAlone() {
    Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
    ExitUtils.disableSystemExit();
    ExitUtils.setTerminateOnUncaughtException(false);
    Thread.setDefaultUncaughtExceptionHandler(handler);
  }

  private static Parameters parameters(
      ClusterOptions.@Nullable Tls tls, GrpcServices.Customizer services) {
    Parameters parameters = new Parameters();
    GrpcConfigKeys.Server.setServicesCustomizer(parameters, services);
    if (tls != null) {
      GrpcTlsConfig config = Encryption.config(tls);
      GrpcConfigKeys.TLS.setConf(parameters, config);
      GrpcConfigKeys.Server.setTlsConf(parameters, config);
      GrpcConfigKeys.Client.setTlsConf(parameters, config);
      GrpcConfigKeys.Admin.setTlsConf(parameters, config);
    }
    return parameters;
  }

  /// Listens, and goes on in the groups of which there is something on disk.
  void start() throws IOException {
    try {
      server.start();
    } catch (ExitUtils.ExitException e) {
      throw new IOException("the cluster port cannot be had: " + Doorman.reason(e), e);
    }
  }

  /// Whether there is something of a group on disk.
  boolean has(RaftGroupId group) {
    return Disk.exists(directory.resolve(group.getUuid().toString()));
  }

  /// The division of a group; null if it is not open.
  @Nullable Division division(RaftGroupId group) throws IOException {
    for (RaftGroupId each : server.getGroupIds()) {
      if (each.equals(group)) {
        return server.getDivision(group);
      }
    }
    return null;
  }

  /// Begins to take part in a group.
  ///
  /// - `members`: its first ones; none if they are to tell.
  Division open(RaftGroupId group, List<Member> members) throws IOException {
    RaftGroup first = RaftGroup.valueOf(group, members.stream().map(Peers::of).toList());
    RaftClientReply reply =
        server.groupManagement(
            GroupManagementRequest.newAdd(client, id, calls.incrementAndGet(), first, false));
    if (!reply.isSuccess()) {
      throw new IOException("the Raft group cannot be opened", reply.getException());
    }
    return server.getDivision(group);
  }

  /// Closes the division of a group; what it has on disk stays.
  void close(RaftGroupId group) throws IOException {
    CacheEviction.end(server.getDivision(group).getRaftLog());
    RaftClientReply reply =
        server.groupManagement(
            GroupManagementRequest.newRemove(
                client, id, calls.incrementAndGet(), group, false, false));
    if (!reply.isSuccess()) {
      throw new IOException("the Raft group cannot be closed", reply.getException());
    }
  }

  RaftServer server() {
    return server;
  }

  /// Appends an entry to the log of a group that this member leads; the future ends when it is
  /// applied. Without the detour over a thread of Ratis's that its server would make.
  CompletableFuture<RaftClientReply> submit(Division division, ByteString entry)
      throws IOException {
    return ((RaftClientAsynchronousProtocol) division)
        .submitClientRequestAsync(
            RaftClientRequest.newBuilder()
                .setClientId(client)
                .setServerId(id)
                .setGroupId(division.getMemberId().getGroupId())
                .setCallId(calls.incrementAndGet())
                .setType(RaftClientRequest.writeRequestType())
                .setMessage(Message.valueOf(entry))
                .build());
  }

  /// Lets the followers in a group know what is committed, if nothing else will.
  void announce(RaftGroupId group) {
    senders.wake(group);
  }

  /// How much the Raft log of a group takes on disk, in bytes.
  static long size(Division division) {
    File[] files = division.getRaftStorage().getStorageDir().getCurrentDir().listFiles();
    long size = 0;
    if (files != null) {
      for (File file : files) {
        size += file.length();
      }
    }
    return size;
  }

  @Override
  public void close() throws IOException {
    for (RaftGroupId group : server.getGroupIds()) {
      endEviction(group);
    }
    server.close();
  }

  private void endEviction(RaftGroupId group) {
    RaftLog log;
    try {
      log = server.getDivision(group).getRaftLog();
    } catch (IOException | IllegalStateException e) {
      return; // It is not open, or not yet: there is no such thread.
    }
    CacheEviction.end(log);
  }
}
