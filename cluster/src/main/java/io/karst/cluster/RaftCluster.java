package io.karst.cluster;

import io.karst.base.Disk;
import io.karst.engine.Engine;
import io.karst.engine.Replica;
import io.karst.history.Log;
import io.karst.history.LogSource;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A membership in a cluster, by Apache Ratis: of one Raft group for its shard, and of the one that
/// all members share.
///
/// ```
/// identity, cluster, shard, joined, left   who this is, and where it belongs: Identity
/// log/<group>/                             Ratis's storage of a group: log, votes, snapshots
/// ```
///
/// [Engagement] is what goes on once it has started. Decisions:
/// docs/adr/0031-consensus-is-ratis.md, docs/adr/0033-a-server-is-a-member-of-one-shard.md.
public final class RaftCluster implements Cluster {
  private final ClusterOptions options;
  private final RatisSettings settings;
  private final Identity identity;
  private final Outbox outbox = new Outbox();
  private final Confirmations confirmations;
  private final Outlook outlook;
  private volatile @Nullable RaftLog log;
  private volatile @Nullable Engagement engagement;

  private RaftCluster(ClusterOptions options, RatisSettings settings, Identity identity) {
    this.options = options;
    this.settings = settings;
    this.identity = identity;
    this.confirmations = new Confirmations(options.clock());
    this.outlook = new Outlook(self(), 3L * settings.timeoutMaxMillis());
  }

  /// Reads who this member is; makes it one, if its directory is new.
  ///
  /// - throws [IOException] with a message for people if it cannot be one.
  public static RaftCluster open(ClusterOptions options) throws IOException {
    return open(options, RatisSettings.DEFAULT);
  }

  static RaftCluster open(ClusterOptions options, RatisSettings settings) throws IOException {
    return new RaftCluster(options, settings, Identity.open(Disk.at(options.directory())));
  }

  private Member self() {
    return new Member(
        identity.id(),
        options.host(),
        options.port(),
        options.clusterHost(),
        options.clusterPort(),
        true,
        true);
  }

  @Override
  public LogSource history() {
    return (from, visitor) -> openLog(from);
  }

  private Log openLog(long from) {
    if (from > 0 && !identity.joined()) {
      throw new ClusterException(
          "this store has a history of its own, or of another cluster; a new member of a cluster"
              + " begins with an empty data directory");
    }
    RaftLog opened = new RaftLog(outbox, confirmations, from, this::checkpointed);
    log = opened;
    return opened;
  }

  private void checkpointed(long lsn) {
    Engagement started = engagement;
    if (started != null) {
      started.checkpointed(lsn);
    }
  }

  @Override
  public void start(Engine engine, ClusterListener listener) throws IOException {
    RaftLog opened = Objects.requireNonNull(log, "the engine was opened with another history");
    Engagement started =
        new Engagement(
            new Engagement.Place(options, settings, identity),
            new Replica(engine),
            opened,
            outlook,
            listener);
    engagement = started;
    started.start();
  }

  @Override
  public ClusterView view() {
    return outlook.view();
  }

  @Override
  public long staleMillis() {
    if (view().leads()) {
      return 0;
    }
    long nanos = confirmations.ageNanos();
    return nanos == Long.MAX_VALUE ? nanos : TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  @Override
  public ClusterStatus status() {
    Engagement started = engagement;
    return started == null ? Engagement.NO_STATUS : started.status();
  }

  @Override
  public void broadcast(byte[] message) {
    Engagement started = engagement;
    if (started != null) {
      started.broadcaster().broadcast(message);
    }
  }

  @Override
  public BroadcastCounts broadcasts() {
    Engagement started = engagement;
    return started == null ? new BroadcastCounts(0, 0, 0) : started.broadcaster().counts();
  }

  @Override
  public CompletionStage<Void> moveLeader(String memberId) {
    return order(Order.of(Order.Kind.LEAD, memberId, true));
  }

  @Override
  public CompletionStage<Void> setVoting(String memberId, boolean voting) {
    return order(Order.of(Order.Kind.VOTING, memberId, voting));
  }

  @Override
  public CompletionStage<Void> remove(String memberId) {
    return order(Order.of(Order.Kind.REMOVE, memberId, false));
  }

  private CompletableFuture<Void> order(Order order) {
    Engagement started = engagement;
    return started == null
        ? CompletableFuture.failedFuture(new ClusterException("this member has not started"))
        : started.order(order);
  }

  /// This member's part in the meta group. Once it has started.
  MetaGroup meta() {
    return Objects.requireNonNull(engagement, "this member has not started").meta();
  }

  @Override
  public void close() {
    Engagement started = engagement;
    if (started != null) {
      started.leave();
    }
  }

  /// As [#close], but does not care who leads then.
  void abandon() {
    Engagement started = engagement;
    if (started != null) {
      started.close();
    }
  }
}
