package io.karst.cluster;

import io.karst.engine.Replica;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer.Division;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A member that takes part: meets the others, joins, looks after what it knows of them, and
/// leaves.
///
/// Thread: `karst-cluster`, which looks several times a second; what others may call says so.
final class Engagement implements AutoCloseable, ShardHost, Meeting.Outcome {
  private static final Logger LOG = LoggerFactory.getLogger(Engagement.class);

  static final ClusterStatus NO_STATUS =
      new ClusterStatus(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());

  private static final long LOOK_MILLIS = 250;

  /// Every so many looks the leader is greeted.
  private static final int GREET_EVERY = 4;

  /// After so many looks at a division in the wrong state it is opened again.
  private static final int UNSETTLED_LOOKS_MAX = 4;

  private static final long TRANSFER_MILLIS = 1500;

  /// Where a member is, and who.
  record Place(ClusterOptions options, RatisSettings settings, Identity identity) {}

  private final Place place;
  private final Secret secret;
  private final Replica replica;
  private final RaftLog log;
  private final Confirmations confirmations;
  private final Outlook outlook;
  private final ClusterListener listener;
  private final Callers callers;
  private final Doorman doorman;
  private final Meeting meeting;
  private final Shard shard;
  private final Figures figures;
  private final RaftNode node;
  private final Reads reads;
  private final Broadcaster broadcaster;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread =
      Thread.ofPlatform().name("karst-cluster").daemon().unstarted(this::run);
  private volatile @Nullable Membership membership;
  private volatile @Nullable Throwable failure;
  private volatile boolean closing;
  private long looks;
  private int unsettledLooks;

  Engagement(Place place, Replica replica, RaftLog log, Outlook outlook, ClusterListener listener)
      throws IOException {
    this.place = place;
    this.secret = new Secret(place.options().secret());
    this.replica = replica;
    this.log = log;
    this.confirmations = log.confirmations();
    this.outlook = outlook;
    this.listener = listener;
    callers = new Callers(Encryption.client(place.options().tls()), place.settings().links());
    doorman = new Doorman(secret, callers);
    meeting = new Meeting(place.options(), place.identity(), doorman, this);
    Snapshots snapshots = new Snapshots(place.options().clock(), replica::copyTier);
    shard = new Shard(replica, log, snapshots, listener, this, place.settings().keptBytes());
    reads = new Reads(shard, confirmations, callers);
    broadcaster = new Broadcaster(secret, callers, place.options().clock(), outlook, listener);
    CommitTimes times = new CommitTimes();
    node =
        new RaftNode(
            place,
            known(),
            any -> new ShardStateMachine(shard, snapshots),
            MemberService.define(
                this::hello, this::obey, reads::term, reads::read, broadcaster.hearing()),
            log.outbox(),
            times);
    figures = new Figures(shard, node, log, times);
  }

  /// The group this member belongs to since an earlier start; null if to none.
  private @Nullable RaftGroup known() {
    String cluster = place.identity().clusterId();
    if (cluster == null) {
      return null;
    }
    List<Member> founders = place.identity().founders();
    return RaftGroup.valueOf(secret.groupId(cluster), founders.stream().map(Peers::of).toList());
  }

  /// - throws [IOException] if the port or the directory cannot be had.
  void start() throws IOException {
    String cluster = place.identity().clusterId();
    RaftGroupId group = cluster == null ? null : secret.groupId(cluster);
    shard.start(node);
    if (group != null && place.identity().joined() && !node.has(group)) {
      throw new IOException(
          "the Raft log of this member is missing; without it, it must not go on: it needs an"
              + " empty data directory, to join as a new member");
    }
    node.start(group);
    if (cluster != null) {
      belongs(cluster);
    }
    confirmations.start(reads, this::confirmed);
    thread.start();
  }

  private void confirmed() {
    log.tell();
    reads.confirmed();
  }

  private void belongs(String cluster) {
    Division division = node.joined();
    RaftGroupId group = division.getMemberId().getGroupId();
    membership = new Membership(node.server(), division, group, place.options().votersMax());
    reads.belongs(division, group, place.identity().id());
    outlook.belongs(cluster, division);
  }

  // ---- looking after it ----

  private void run() {
    try {
      while (!closing) {
        look();
        boolean _ = wake.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        wake.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException | Error fatal) {
      if (!closing) {
        LOG.error("This member of the cluster cannot go on", fatal);
        listener.failed(fatal);
      }
    }
  }

  private void look() throws IOException, InterruptedException {
    Division division = node.division();
    if (division == null) {
      meeting.round();
      return;
    }
    looks++;
    if (looks % GREET_EVERY == 0) {
      hear(division);
    }
    if (!isMember(division)) {
      becomeMember(division);
    }
    if (unsettled(division)) {
      settle();
      return;
    }
    if (outlook.refresh()) {
      tellView();
    }
    broadcaster.follow();
    if (shard.leadingTerm() < 0) {
      confirmations.request(confirmations.next());
      reads.confirmed();
    }
    Throwable cause = failure;
    if (cause != null) {
      hear(division);
      throw new ClusterException(Doorman.reason(cause), cause);
    }
  }

  /// Whether the division has been in a state for some time that it does not leave by itself.
  private boolean unsettled(Division division) {
    if (Presence.isSettled(division)) {
      unsettledLooks = 0;
    } else {
      unsettledLooks++;
    }
    return unsettledLooks >= UNSETTLED_LOOKS_MAX;
  }

  private void settle() throws IOException {
    String cluster = place.identity().clusterId();
    if (cluster == null) {
      return;
    }
    unsettledLooks = 0;
    shard.ending(true);
    try {
      node.reopen();
    } finally {
      shard.ending(closing);
    }
    belongs(cluster);
  }

  /// What it is when it is told: the shard's thread may have told a later one before.
  private void tellView() {
    shard.later(() -> listener.changed(outlook.view()));
  }

  private boolean isMember(Division division) {
    return Peers.members(division.getRaftConf()).stream()
        .anyMatch(member -> member.id().equals(place.identity().id()));
  }

  private void becomeMember(Division division) throws IOException, InterruptedException {
    if (!place.identity().joined()) {
      askToJoin();
    } else if (Presence.committedConfiguration(division) >= 0) {
      leave("this member was removed from the cluster");
    }
  }

  /// From now on no start succeeds.
  private void leave(String why) throws IOException {
    place.identity().noteLeft();
    throw new ClusterException(why);
  }

  /// Hears from the leader who can be reached, and whether this member still is one.
  private void hear(Division division) throws IOException, InterruptedException {
    Member leader = outlook.view().leader();
    if (shard.leadingTerm() >= 0) {
      return;
    }
    Set<String> addresses = new HashSet<>();
    if (leader == null) {
      addresses.addAll(place.options().seeds());
      Peers.members(division.getRaftConf()).forEach(each -> addresses.add(Peers.address(each)));
    } else {
      addresses.add(Peers.address(leader));
    }
    for (Greeting greeting : meeting.greet(addresses).values()) {
      hear(division.getRaftConf(), greeting);
    }
  }

  private void hear(RaftConfiguration own, Greeting greeting) throws IOException {
    if (!greeting.clusterId().equals(place.identity().clusterId())) {
      if (greeting.formed()) {
        doorman.suspect(
            Peers.address(greeting.self()),
            "The server at "
                + Peers.address(greeting.self())
                + " belongs to another cluster, "
                + greeting.clusterId());
      }
      return;
    }
    if (greeting.leaderId().equals(greeting.self().id())) {
      Set<String> reachable = new HashSet<>();
      greeting.members().stream()
          .filter(Member::reachable)
          .forEach(member -> reachable.add(member.id()));
      outlook.reachable(reachable);
    }
    boolean gone =
        greeting.configuration() > own.getLogEntryIndex() && !greeting.has(place.identity().id());
    if (gone && place.identity().joined()) {
      leave("this member was removed from the cluster");
    }
  }

  private void askToJoin() throws IOException, InterruptedException {
    String cluster = place.identity().clusterId();
    Set<String> addresses = new HashSet<>(place.options().seeds());
    for (Greeting greeting : meeting.greet(addresses).values()) {
      Member leader = greeting.leader();
      if (leader == null || !greeting.clusterId().equals(cluster)) {
        continue;
      }
      String address = Peers.address(leader);
      for (Greeting fresh : meeting.greet(Set.of(address)).values()) {
        Order order = new Order(Order.Kind.JOIN, outlook.view().self(), true);
        await(doorman.order(address, fresh, order));
      }
      return;
    }
  }

  private static void await(CompletableFuture<Void> asked) throws InterruptedException {
    try {
      asked.get();
    } catch (ExecutionException refused) {
      LOG.info("This member is not let in yet: {}", Doorman.reason(refused));
    }
  }

  // ---- meeting ----

  @Override
  public void belongs(String clusterId, List<Member> members) throws IOException {
    place.identity().belongsTo(clusterId, members);
    node.join(secret.groupId(clusterId), members);
    belongs(clusterId);
  }

  @Override
  public void joins(String clusterId) throws IOException {
    belongs(clusterId, List.of());
  }

  // ---- what others ask; threads of the network ----

  private CompletableFuture<byte[]> hello(byte[] request) {
    return doorman.greeted(request, this::greeting);
  }

  private Greeting greeting() {
    return new Presence(place, outlook.view(), node.division())
        .greeting(meeting.met(), doorman.challenge());
  }

  private CompletableFuture<byte[]> obey(byte[] request) {
    return doorman.ordered(request, this::obey);
  }

  private CompletableFuture<Void> obey(Order order) {
    Membership known = membership;
    return known == null
        ? CompletableFuture.failedFuture(new ClusterException("this member has no cluster yet"))
        : known.obey(order);
  }

  // ---- orders of this member's own; any thread ----

  /// Lets the leader do something.
  CompletableFuture<Void> order(Order order) {
    Membership known = membership;
    if (known == null) {
      return obey(order);
    }
    if (shard.leadingTerm() >= 0) {
      return known.obey(order);
    }
    Member leader = outlook.view().leader();
    if (leader == null) {
      return CompletableFuture.failedFuture(new ClusterException("nobody leads just now"));
    }
    String address = Peers.address(leader);
    return doorman
        .greet(address, outlook.view().clusterId())
        .thenCompose(greeting -> doorman.order(address, greeting, order))
        .exceptionallyCompose(cause ->
            CompletableFuture.failedFuture(
                cause.getCause() instanceof ClusterException known2
                    ? known2
                    : new ClusterException(Doorman.reason(cause), cause)));
  }

  Broadcaster broadcaster() {
    return broadcaster;
  }

  // ---- what the shard tells ----

  @Override
  public Division division() {
    return node.joined();
  }

  @Override
  public void role(Role role, long term) {
    if (role == Role.LEADING) {
      figures.elected();
    }
    outlook.role(role);
    if (outlook.refresh()) {
      listener.changed(outlook.view());
    }
  }

  @Override
  public void configured(RaftConfigurationProto configuration) {
    boolean has =
        configuration.getPeersList().stream()
                .anyMatch(peer -> peer.getId().toStringUtf8().equals(place.identity().id()))
            || configuration.getListenersList().stream()
                .anyMatch(peer -> peer.getId().toStringUtf8().equals(place.identity().id()));
    if (has) {
      try {
        place.identity().noteJoined();
      } catch (IOException e) {
        failed(e);
      }
    }
    wake.release();
  }

  @Override
  public void changed() {
    wake.release();
  }

  @Override
  public void failed(Throwable cause) {
    failure = cause;
    wake.release();
  }

  /// A checkpoint has everything before `lsn`. The thread of checkpoints.
  void checkpointed(long lsn) {
    Division division = node.division();
    if (division != null) {
      shard.checkpointed(lsn, division.getRaftLog());
    }
  }

  // ---- figures ----

  ClusterStatus status() {
    return figures.of(node.division());
  }

  // ---- the end ----

  /// Lets another lead, if this member does and another can; then as [#close]. Any other thread.
  void leave() {
    closing = true;
    shard.closing();
    handOver();
    close();
  }

  /// Takes no part any more. Any other thread.
  @Override
  public void close() {
    closing = true;
    shard.closing();
    wake.release();
    broadcaster.close();
    callers.close();
    thread.interrupt();
    try {
      thread.join();
      node.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("The Raft server was not closed as it should be", e);
    }
    shard.close();
    confirmations.close();
    replica.close();
  }

  private void handOver() {
    Membership known = membership;
    if (known == null || shard.leadingTerm() < 0) {
      return;
    }
    for (String other : candidates()) {
      try {
        known.transfer(other).get(TRANSFER_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (ExecutionException | TimeoutException e) {
        LOG.info("Member {} does not take over: {}", other, Doorman.reason(e));
      }
    }
  }

  /// Who votes and has just been heard of.
  private List<String> candidates() {
    Division division = node.division();
    Map<String, Long> heard = division == null ? Map.of() : Outlook.heardMillis(division);
    List<String> candidates = new ArrayList<>();
    for (Member member : outlook.view().members()) {
      Long millis = heard.get(member.id());
      if (member.voting() && millis != null && millis < place.settings().timeoutMinMillis()) {
        candidates.add(member.id());
      }
    }
    return candidates;
  }
}
