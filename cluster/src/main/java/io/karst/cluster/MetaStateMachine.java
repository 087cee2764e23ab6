package io.karst.cluster;

import java.io.IOException;
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

/// The table of shards, as the meta group's log makes it: an entry is the next table, and counts if
/// its epoch is the one after that of the table before.
///
/// Thread: Ratis's updater, and what else of Ratis's says so.
final class MetaStateMachine extends PausingStateMachine {
  /// The answer to an entry that counts.
  static final Message TAKEN = Message.valueOf("taken");

  /// The answer to an entry that another one has preceded.
  static final Message LATE = Message.valueOf("late");

  /// After so many entries without another table the last one is kept again, so that the log need
  /// not be.
  private static final long SAVE_EVERY = 100;

  /// What the state machine tells.
  interface Host {
    /// This is the table from now on.
    void agreed(MetaTable table);

    /// Something about the group is different.
    void changed();

    /// It cannot go on.
    void failed(Throwable cause);

    /// Nothing more is applied.
    void ended();
  }

  private final MetaStorage storage;
  private final Host host;
  private @Nullable MetaTable table;

  MetaStateMachine(MetaStorage storage, Host host) {
    this.storage = storage;
    this.host = host;
  }

  @Override
  public void initialize(RaftServer server, RaftGroupId groupId, RaftStorage raftStorage)
      throws IOException {
    super.initialize(server, groupId, raftStorage);
    getLifeCycle().startAndTransition(() -> restore(storage.open(raftStorage)), IOException.class);
  }

  private void restore(MetaStorage.@Nullable Saved saved) {
    if (saved != null) {
      table = saved.table();
      setLastAppliedTermIndex(saved.at());
      host.agreed(saved.table());
    }
  }

  @Override
  public StateMachineStorage getStateMachineStorage() {
    return storage;
  }

  @Override
  public @Nullable SnapshotInfo getLatestSnapshot() {
    return storage.getLatestSnapshot();
  }

  // ---- entries ----

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    LogEntryProto entry = transaction.getLogEntry();
    TermIndex at = TermIndex.valueOf(entry.getTerm(), entry.getIndex());
    try {
      byte[] bytes = entry.getStateMachineLogEntry().getLogData().toByteArray();
      boolean taken = take(at, MetaTable.decode(bytes));
      updateLastAppliedTermIndex(at);
      return CompletableFuture.completedFuture(taken ? TAKEN : LATE);
    } catch (IOException e) {
      host.failed(e);
      return CompletableFuture.failedFuture(e);
    }
  }

  private boolean take(TermIndex at, MetaTable next) throws IOException {
    MetaTable before = table;
    if (next.epoch() != (before == null ? 0 : before.epoch()) + 1) {
      return false;
    }
    storage.save(at, next);
    table = next;
    host.agreed(next);
    return true;
  }

  @Override
  public void notifyTermIndexUpdated(long term, long index) {
    super.notifyTermIndexUpdated(term, index);
    MetaTable known = table;
    if (known != null && index - storage.index() >= SAVE_EVERY) {
      try {
        storage.save(TermIndex.valueOf(term, index), known);
      } catch (IOException e) {
        host.failed(e);
      }
    }
  }

  // ---- snapshots ----

  @Override
  void paused() {
    storage.pause();
  }

  @Override
  void installed() throws IOException {
    restore(storage.reload());
  }

  // ---- who leads, who is there, the end; several threads ----

  @Override
  public void notifyConfigurationChanged(
      long term, long index, RaftConfigurationProto configuration) {
    host.changed();
  }

  @Override
  public void notifyLeaderChanged(RaftGroupMemberId member, RaftPeerId leader) {
    host.changed();
  }

  @Override
  public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto entry) {
    host.failed(cause);
  }

  @Override
  public void close() {
    host.ended();
  }
}
