package io.karst.cluster;

import io.karst.base.Clock;
import io.karst.base.Disk;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
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
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.io.grpc.ServerServiceDefinition;
import org.apache.ratis.util.ExitUtils;
import org.jspecify.annotations.Nullable;

/// The Ratis server of a process, and its division of one group once it belongs to one.
///
/// Thread-safe, once open.
final class RaftNode implements AutoCloseable, Leading, Proposer.Group {
  private static final String STORAGE = "log";

  private final RaftPeerId id;
  private final Path directory;
  private final Outbox outbox;
  private final CommitTimes times;
  private final Clock clock;
  private final RaftServer server;
  private final Transport.Senders senders;
  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();
  private volatile @Nullable Division division;
  private volatile @Nullable Proposer proposer;

  /// - `group`: what it belongs to since an earlier start; null if to none.
  /// - throws [IOException] if the port or the directory cannot be had.
  RaftNode(
      Engagement.Place place,
      @Nullable RaftGroup group,
      StateMachine.Registry stateMachines,
      ServerServiceDefinition service,
      Outbox outbox,
      CommitTimes times)
      throws IOException {
    ClusterOptions options = place.options();
    this.id = RaftPeerId.valueOf(place.identity().id());
    this.directory = Disk.at(options.directory()).directory(STORAGE).path();
    this.outbox = outbox;
    this.times = times;
    this.clock = options.clock();
    leaveExitsAlone();
    RaftProperties properties = place.settings().properties(directory, options.listenPort());
    Parameters parameters = parameters(options.tls(), service);
    senders = Transport.use(properties, parameters);
    server =
        RaftServer.newBuilder()
            .setServerId(id)
            .setGroup(group)
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
      ClusterOptions.@Nullable Tls tls, ServerServiceDefinition service) {
    Parameters parameters = new Parameters();
    GrpcServices.Customizer customizer =
        (builder, types) -> builder.addService(service).intercept(new MembersOnly());
    GrpcConfigKeys.Server.setServicesCustomizer(parameters, customizer);
    if (tls != null) {
      GrpcTlsConfig config = Encryption.config(tls);
      GrpcConfigKeys.TLS.setConf(parameters, config);
      GrpcConfigKeys.Server.setTlsConf(parameters, config);
      GrpcConfigKeys.Client.setTlsConf(parameters, config);
      GrpcConfigKeys.Admin.setTlsConf(parameters, config);
    }
    return parameters;
  }

  /// Listens, and goes on in its group, if it belongs to one.
  void start(@Nullable RaftGroupId group) throws IOException {
    try {
      server.start();
    } catch (ExitUtils.ExitException e) {
      throw new IOException("the cluster port cannot be had: " + Doorman.reason(e), e);
    }
    if (group != null) {
      division = server.getDivision(group);
    }
  }

  /// Whether there is something of a group on disk.
  boolean has(RaftGroupId group) {
    return Disk.exists(directory.resolve(group.getUuid().toString()));
  }

  /// Begins to take part in a group.
  ///
  /// - `members`: its first ones; none if they are to tell.
  void join(RaftGroupId group, List<Member> members) throws IOException {
    RaftGroup first = RaftGroup.valueOf(group, members.stream().map(Peers::of).toList());
    RaftClientReply reply =
        server.groupManagement(
            GroupManagementRequest.newAdd(client, id, calls.incrementAndGet(), first, false));
    if (!reply.isSuccess()) {
      throw new IOException("the Raft group cannot be opened", reply.getException());
    }
    division = server.getDivision(group);
  }

  /// Closes the division of the group and opens it again, as a start of the process would.
  void reopen() throws IOException {
    RaftGroupId group = joined().getMemberId().getGroupId();
    division = null;
    RaftClientReply reply =
        server.groupManagement(
            GroupManagementRequest.newRemove(
                client, id, calls.incrementAndGet(), group, false, false));
    if (!reply.isSuccess()) {
      throw new IOException("the Raft group cannot be closed", reply.getException());
    }
    join(group, List.of());
  }

  RaftServer server() {
    return server;
  }

  /// The division of the group; null if it belongs to none.
  @Nullable Division division() {
    return division;
  }

  Division joined() {
    return Objects.requireNonNull(division, "this member belongs to no group");
  }

  // ---- leading ----

  @Override
  public boolean stillLeads(long term) {
    Division mine = joined();
    return mine.getInfo().isLeader() && mine.getInfo().getCurrentTerm() == term;
  }

  @Override
  public void begin(long term) {
    Proposer next = new Proposer(term, outbox, this, times, clock);
    proposer = next;
    next.start();
  }

  @Override
  public void end() {
    Proposer last = proposer;
    if (last != null) {
      last.stop();
      proposer = null;
    }
  }

  /// Without the detour over a thread of Ratis's that its server would make.
  @Override
  public CompletableFuture<RaftClientReply> submit(ByteString entry) throws IOException {
    Division mine = joined();
    return ((RaftClientAsynchronousProtocol) mine)
        .submitClientRequestAsync(
            RaftClientRequest.newBuilder()
                .setClientId(client)
                .setServerId(id)
                .setGroupId(mine.getMemberId().getGroupId())
                .setCallId(calls.incrementAndGet())
                .setType(RaftClientRequest.writeRequestType())
                .setMessage(Message.valueOf(entry))
                .build());
  }

  @Override
  public void announce() {
    Division mine = division;
    if (mine != null) {
      senders.wake(mine.getMemberId().getGroupId());
    }
  }

  /// How much the Raft log takes on disk, in bytes.
  long size() {
    Division mine = division;
    if (mine == null) {
      return 0;
    }
    File[] files = mine.getRaftStorage().getStorageDir().getCurrentDir().listFiles();
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
    server.close();
  }
}
