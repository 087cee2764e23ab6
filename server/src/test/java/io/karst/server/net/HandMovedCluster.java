package io.karst.server.net;

import io.karst.cluster.BroadcastCounts;
import io.karst.cluster.Cluster;
import io.karst.cluster.ClusterException;
import io.karst.cluster.ClusterListener;
import io.karst.cluster.ClusterStatus;
import io.karst.cluster.ClusterView;
import io.karst.cluster.Member;
import io.karst.cluster.Role;
import io.karst.cluster.ShardView;
import io.karst.cluster.SlotTable;
import io.karst.engine.Engine;
import io.karst.history.LogSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A membership in which happens what a test says: of three, of which one is the server's; and of
/// two in another shard, if it says that there is one.
final class HandMovedCluster implements Cluster {
  static final Member SELF = member('a', 7001);
  static final Member OTHER = member('b', 7002);
  static final Member THIRD = member('c', 7003);

  /// The members of another shard.
  static final Member FAR = member('d', 7004);

  static final Member FARTHER = member('e', 7005);

  final HandMovedLog log = new HandMovedLog();

  /// What the administration has asked for.
  final List<String> asked = new ArrayList<>();

  /// What was broadcast.
  final List<byte[]> broadcast = new CopyOnWriteArrayList<>();

  private final boolean hasOtherShard;
  private volatile @Nullable Member farLeader;
  private @Nullable ClusterListener listener;
  private volatile ClusterView view;
  private volatile long staleMillis;
  private volatile List<ClusterStatus.Follower> followers = List.of();
  private volatile @Nullable String refusal;

  private static Member member(char digit, int port) {
    String id = String.valueOf(digit).repeat(40);
    return new Member(id, "127.0.0.1", port, "127.0.0.1", port + 10_000, true, true);
  }

  /// All slots belong to one shard.
  HandMovedCluster() {
    this(false);
  }

  private HandMovedCluster(boolean hasOtherShard) {
    this.hasOtherShard = hasOtherShard;
    view = view(null, Role.FORMING, 0);
  }

  /// The upper half of the slots belongs to another shard, which nobody leads yet.
  static HandMovedCluster ofTwoShards() {
    return new HandMovedCluster(true);
  }

  private ClusterView view(@Nullable Member leader, Role role, long term) {
    List<ShardView> shards = new ArrayList<>();
    ShardView own = new ShardView("1".repeat(40), List.of(SELF, OTHER, THIRD), leader, term);
    shards.add(own.after(view == null ? null : view.shard()));
    if (hasOtherShard) {
      shards.add(new ShardView("2".repeat(40), List.of(FAR, FARTHER), farLeader, 9));
    }
    return new ClusterView("c1", SELF, shards, 0, SlotTable.even(shards.size()), role, term);
  }

  private ClusterListener listener() {
    return Objects.requireNonNull(listener);
  }

  /// The server's member leads.
  HandMovedCluster leads() {
    become(SELF, Role.LEADING);
    listener().leads();
    return this;
  }

  /// It follows `leader`; null: nobody.
  HandMovedCluster follows(@Nullable Member leader) {
    become(leader, Role.FOLLOWING);
    listener().follows();
    return this;
  }

  /// Others see to it that `leader` leads; null: nobody.
  void elects(@Nullable Member leader) {
    become(leader, view.role());
  }

  /// `leader` leads the other shard; null: nobody.
  void electsFar(@Nullable Member leader) {
    farLeader = leader;
    become(view.leader(), view.role());
  }

  /// It leads no longer, and what nobody else has is lost; as long as that takes.
  void deposed(@Nullable Member leader) {
    log.lose("another one leads");
    become(leader, Role.RESETTING);
    listener().deposed();
  }

  private void become(@Nullable Member leader, Role role) {
    view = view(leader, role, view.term() + 1);
    listener().changed(view);
  }

  void staleMillis(long millis) {
    staleMillis = millis;
  }

  /// The others have so many entries of the log.
  void have(long other, long third) {
    followers =
        List.of(
            new ClusterStatus.Follower(OTHER.id(), other, 0),
            new ClusterStatus.Follower(THIRD.id(), third, 1000));
  }

  /// What is asked for is refused; null: no longer.
  void refuses(@Nullable String why) {
    refusal = why;
  }

  @Override
  public LogSource history() {
    return (from, visitor) -> log;
  }

  @Override
  public void start(Engine engine, ClusterListener told) {
    listener = told;
  }

  @Override
  public ClusterView view() {
    return view;
  }

  @Override
  public long staleMillis() {
    return staleMillis;
  }

  @Override
  public void broadcast(byte[] message) {
    broadcast.add(message);
  }

  @Override
  public BroadcastCounts broadcasts() {
    return new BroadcastCounts(broadcast.size(), 0, 0);
  }

  /// Another member has broadcast something.
  void hears(byte[] message) {
    listener().heard(message);
  }

  /// A snapshot was installed.
  void replaced() {
    listener().replaced();
  }

  /// An entry of its log is a transaction.
  @Override
  public ClusterStatus status() {
    long durable = log.durable();
    return new ClusterStatus(
        view.term(), durable, durable, log.tail(), 0, log.tail(), durable, 0, 0, 0, 0, followers);
  }

  @Override
  public CompletionStage<Void> moveLeader(String memberId) {
    return act("lead " + memberId);
  }

  @Override
  public CompletionStage<Void> setVoting(String memberId, boolean voting) {
    return act("voting " + voting + " " + memberId);
  }

  @Override
  public CompletionStage<Void> remove(String memberId) {
    return act("remove " + memberId);
  }

  private synchronized CompletionStage<Void> act(String what) {
    asked.add(what);
    String why = refusal;
    return why == null
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(new ClusterException(why));
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
