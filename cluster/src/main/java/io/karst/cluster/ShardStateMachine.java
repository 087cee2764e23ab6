package io.karst.cluster;

import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.jspecify.annotations.Nullable;

/// What Ratis tells of one group, and how it reaches the shard: everything goes through the shard's
/// queue, but for what its leader has proposed itself.
///
/// Thread: Ratis's, several.
final class ShardStateMachine extends PausingStateMachine {
  private final Shard shard;
  private final Snapshots snapshots;

  /// The term of the latest configuration that was applied. Thread: Ratis's updater.
  private long configurationTerm;

  ShardStateMachine(Shard shard, Snapshots snapshots) {
    this.shard = shard;
    this.snapshots = snapshots;
  }

  @Override
  public void initialize(RaftServer server, RaftGroupId groupId, RaftStorage storage)
      throws IOException {
    super.initialize(server, groupId, storage);
    getLifeCycle().startAndTransition(() -> snapshots.open(storage), IOException.class);
    Boundaries.Boundary first = snapshots.latest();
    setLastAppliedTermIndex(TermIndex.valueOf(first.term(), first.index()));
    shard.begin(first, this::processed);
  }

  private void processed(long term, long index) {
    setLastAppliedTermIndex(TermIndex.valueOf(term, index));
  }

  @Override
  public StateMachineStorage getStateMachineStorage() {
    return snapshots;
  }

  @Override
  public @Nullable SnapshotInfo getLatestSnapshot() {
    return snapshots.getLatestSnapshot();
  }

  // ---- entries ----

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    LogEntryProto entry = transaction.getLogEntry();
    return shard.committed(entry);
  }

  /// Through the queue like all others: earlier entries may be on their way.
  @Override
  public void notifyTermIndexUpdated(long term, long index) {
    shard.passed(term, index);
  }

  // ---- snapshots ----

  @Override
  void paused() {
    snapshots.pause();
  }

  @Override
  void installed() throws IOException {
    Boundaries.Boundary installed = shard.install();
    setLastAppliedTermIndex(TermIndex.valueOf(installed.term(), installed.index()));
  }

  // ---- who leads, who is there ----

  @Override
  public void notifyConfigurationChanged(
      long term, long index, RaftConfigurationProto configuration) {
    configurationTerm = term;
    shard.configured(configuration);
  }

  @Override
  public void notifyLeaderChanged(RaftGroupMemberId member, RaftPeerId leader) {
    shard.changed();
  }

  /// Within the application of the configuration that the leader's term begins with.
  @Override
  public void notifyLeaderReady() {
    shard.ready(configurationTerm);
  }

  @Override
  public void notifyNotLeader(Collection<TransactionContext> pending) {
    shard.notLeader();
  }

  // ---- the end ----

  @Override
  public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto entry) {
    shard.failed(cause);
  }

  /// The updater has ended: because this member closes, because it was removed, or because of a
  /// failure.
  @Override
  public void close() {
    shard.ended();
  }
}
