package io.karst.cluster;

import io.karst.engine.Replica;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer.Division;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A member that takes part: meets the others, joins, looks after what it knows of them, and
/// leaves.
///
/// Thread: `karst-cluster`, which looks several times a second; what others may call says so.
final class Engagement implements AutoCloseable, ShardHost, Seat.Owner, Meeting.Outcome {
  private static final Logger LOG = LoggerFactory.getLogger(Engagement.class);

  static final ClusterStatus NO_STATUS =
      new ClusterStatus(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());

  private static final long LOOK_MILLIS = 250;

  /// Every so many looks the leaders are greeted.
  private static final int GREET_EVERY = 4;

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
  private final MetaGroup meta;
  private final Neighbours neighbours;
  private final Proposing proposing;
  private final Orders orders;
  private final Belonging belonging;
  private final DiskGuard disk;
  private final Reads reads;
  private final Succession succession;
  private final Broadcaster broadcaster;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread =
      Thread.ofPlatform().name("karst-cluster").daemon().unstarted(this::run);
  private volatile @Nullable Seat seat;
  private volatile @Nullable Throwable failure;
  private volatile boolean closing;
  private long looks;

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
    succession = new Succession(callers, place.settings().timeoutMinMillis());
    broadcaster = new Broadcaster(secret, callers, place.options().clock(), outlook, listener);
    meta = new MetaGroup(place, this::metaChanged);
    node =
        new RaftNode(
            place,
            group -> isMeta(group) ? meta.stateMachine() : new ShardStateMachine(shard, snapshots),
            MembersOnly.serving(
                MemberService.define(
                    this::hello, this::obey, reads, succession, broadcaster.hearing()),
                place.identity().id(),
                succession::streamEnded));
    neighbours = new Neighbours(doorman, place.options().clock(), this::changed);
    outlook.hears(neighbours);
    CommitTimes times = new CommitTimes();
    proposing = new Proposing(node, log.outbox(), times, place.options().clock());
    figures = new Figures(shard, log, times);
    belonging = new Belonging(place, meeting, doorman, outlook);
    disk = new DiskGuard(place, log, meeting, outlook);
    orders = new Orders(doorman, outlook, shard, meta, this::membership);
  }

  private boolean isMeta(RaftGroupId group) {
    String cluster = place.identity().clusterId();
    return cluster != null && group.equals(secret.metaGroupId(cluster));
  }

  /// - throws [IOException] if the port or the directory cannot be had.
  void start() throws IOException {
    String cluster = place.identity().clusterId();
    if (cluster != null && place.identity().joined()) {
      checkLog(secret.metaGroupId(cluster));
      checkLog(groupId(cluster));
    }
    shard.start(proposing);
    node.start();
    if (cluster != null) {
      takePart(cluster);
    }
    confirmations.start(reads, this::confirmed);
    succession.start();
    thread.start();
  }

  private void checkLog(RaftGroupId group) throws IOException {
    if (!node.has(group)) {
      throw new IOException(
          "the Raft log of this member is missing; without it, it must not go on: it needs an"
              + " empty data directory, to join as a new member");
    }
  }

  private RaftGroupId groupId(String cluster) {
    return secret.groupId(cluster, Secret.shardId(cluster, place.identity().shard()));
  }

  /// In the meta group, and, if it has one, in its shard.
  private void takePart(String cluster) throws IOException {
    meta.open(node, secret, cluster);
    noteTable();
    if (place.identity().shard() != Identity.NO_SHARD) {
      takeSeat(cluster);
    }
  }

  private void takeSeat(String cluster) throws IOException {
    Seat taken = new Seat(node, groupId(cluster), place.options()::votersMax, this);
    seat = taken;
    taken.open(place.identity().founders(place.identity().shard()));
  }

  private void confirmed() {
    log.tell();
    reads.confirmed();
  }

  @Override
  public void opened(Division division) {
    proposing.takesPart(division);
    reads.belongs(division, division.getMemberId().getGroupId(), place.identity().id());
    succession.belongs(node.server(), division, place.identity().id());
    String cluster = Objects.requireNonNull(place.identity().clusterId());
    outlook.belongs(cluster, place.identity().shard(), division);
  }

  @Override
  public void ending(boolean on) {
    shard.ending(on || closing);
  }

  private @Nullable Membership membership() {
    Seat mine = seat;
    return mine == null ? null : mine.membership();
  }

  private @Nullable Division own() {
    Seat mine = seat;
    return mine == null ? null : mine.division();
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
    String cluster = place.identity().clusterId();
    if (cluster == null) {
      meeting.round();
      return;
    }
    disk.look();
    looks++;
    boolean turn = looks % GREET_EVERY == 0;
    meta.look();
    if (turn) {
      meta.care();
      orders.dismiss(cluster);
    }
    Seat mine = seat;
    MetaTable table = noteTable();
    if (mine == null) {
      findSeat(cluster, table, turn);
    } else {
      look(mine, cluster, table, turn);
    }
    checkFailure();
  }

  private @Nullable MetaTable noteTable() {
    MetaTable table = meta.table();
    if (table != null) {
      outlook.agreed(table);
    }
    return table;
  }

  /// As the table says; if that says nothing, somebody has to be asked.
  private void findSeat(String cluster, @Nullable MetaTable table, boolean turn)
      throws IOException, InterruptedException {
    MetaTable.Placed placed = table == null ? null : table.find(place.identity().id());
    if (placed != null) {
      place.identity().belongsTo(placed.shard());
      takeSeat(cluster);
    } else if (turn) {
      belonging.askForPlace();
    }
  }

  private void look(Seat mine, String cluster, @Nullable MetaTable table, boolean turn)
      throws IOException, InterruptedException {
    Division division = mine.joined();
    if (turn && shard.leadingTerm() < 0) {
      belonging.hear(division);
    }
    if (turn) {
      disk.care(mine);
    }
    if (table != null) {
      neighbours.greet(cluster, table, place.identity().shard(), turn);
    }
    belonging.look(division, table);
    if (mine.settle()) {
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
  }

  private void checkFailure() throws IOException, InterruptedException {
    Throwable cause = failure;
    if (cause != null) {
      Division division = own();
      if (division != null && shard.leadingTerm() < 0) {
        belonging.hear(division);
      }
      throw new ClusterException(Doorman.reason(cause), cause);
    }
  }

  /// What it is when it is told: the shard's thread may have told a later one before.
  private void tellView() {
    shard.later(() -> listener.changed(outlook.view()));
  }

  // ---- meeting ----

  @Override
  public void belongs(String clusterId, List<Founder> founders) throws IOException {
    place.identity().belongsTo(clusterId, founders);
    takePart(clusterId);
    wake.release();
  }

  @Override
  public void joins(String clusterId) throws IOException {
    place.identity().belongsTo(clusterId, List.of());
    takePart(clusterId);
  }

  // ---- what others ask; threads of the network ----

  private CompletableFuture<byte[]> hello(byte[] request) {
    return doorman.greeted(request, this::greeting);
  }

  private Greeting greeting() {
    String metaLeader = meta.leaderAddress();
    return new Presence(place, outlook.view(), own(), disk.hasRoom())
        .greeting(metaLeader == null ? "" : metaLeader, meeting.met(), doorman.challenge());
  }

  private CompletableFuture<byte[]> obey(byte[] request) {
    return doorman.ordered(request, orders::obey);
  }

  /// Lets a leader do something; any thread.
  CompletableFuture<Void> order(Order order) {
    return orders.give(order).thenRun(wake::release);
  }

  MetaGroup meta() {
    return meta;
  }

  Broadcaster broadcaster() {
    return broadcaster;
  }

  // ---- what the shard tells ----

  @Override
  public Division division() {
    Division division = own();
    return Objects.requireNonNull(division, "this member belongs to no shard");
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

  private void metaChanged(@Nullable Throwable cause) {
    if (cause != null) {
      failed(cause);
    } else {
      changed();
    }
  }

  /// A checkpoint has everything before `lsn`. The thread of checkpoints.
  void checkpointed(long lsn) {
    Division division = own();
    if (division != null) {
      shard.checkpointed(lsn, division.getRaftLog());
    }
  }

  // ---- figures ----

  ClusterStatus status() {
    return figures.of(own());
  }

  // ---- the end ----

  /// Lets another lead, if this member does and another can; then as [#close]. Any other thread.
  void leave() {
    closing = true;
    shard.closing();
    meta.closing();
    handOver();
    close();
  }

  /// Takes no part any more. Any other thread.
  @Override
  public void close() {
    closing = true;
    shard.closing();
    meta.closing();
    wake.release();
    succession.close();
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
    Seat mine = seat;
    if (mine != null) {
      mine.handOver(place.settings().timeoutMinMillis());
    }
    meta.handOver();
  }
}
