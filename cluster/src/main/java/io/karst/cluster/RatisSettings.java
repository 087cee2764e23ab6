package io.karst.cluster;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/// How Ratis is set up, and why.
///
/// - `timeoutMinMillis`, `timeoutMaxMillis`: without a word of the leader for so long, somewhere in
///   between, a member calls an election. A leader without a majority steps down after the latter.
/// - `segmentSize`: of a file of the Raft log, in bytes; old history goes by whole files.
/// - `pieceMillis`: for how long a piece of a snapshot may go unanswered, of eight on their way; as
///   long, or twice that, a member that fails meanwhile is not tried again.
/// - `disks`: the disk of a directory; a test says how full it is.
/// - `links`: whether calls of this member's own may be made to an address; a test cuts them.
/// - `keptBytes`: history that is kept for members that lag behind, though checkpoints have it.
record RatisSettings(
    int timeoutMinMillis,
    int timeoutMaxMillis,
    long segmentSize,
    long keptBytes,
    int pieceMillis,
    Function<Path, FreeSpace.Source> disks,
    Predicate<String> links) {
  /// Pauses of the collector and of the disk are no reason for an election.
  static final RatisSettings DEFAULT =
      new RatisSettings(
          1000, 1500, 64L << 20, 64L << 20, 10_000, FreeSpace.Source::of, address -> true);

  /// A stop of the process for longer than this ends it: others are to see that something is wrong.
  private static final int PAUSE_MAX_SECONDS = 600;

  private static final int FIRST_ELECTION_MIN_MILLIS = 333;
  private static final int FIRST_ELECTION_MAX_MILLIS = 500;
  private static final int STEP_DOWN_SECONDS = 3;
  private static final int STAGING_SECONDS = 60;
  private static final int STAGING_GAP = 10_000;
  private static final int RETRY_CACHE_SECONDS = 5;
  private static final int PENDING_ENTRIES_MAX = 512;
  private static final int APPENDS_IN_FLIGHT_MAX = 32;
  private static final int ENTRIES_AT_ONCE_MAX = 512;
  private static final SizeInBytes ENTRY_SIZE_MAX = SizeInBytes.valueOf("4MB");

  RatisSettings withTimeouts(int minMillis, int maxMillis) {
    return new RatisSettings(
        minMillis, maxMillis, segmentSize, keptBytes, pieceMillis, disks, links);
  }

  RatisSettings withDisks(Function<Path, FreeSpace.Source> other) {
    return new RatisSettings(
        timeoutMinMillis, timeoutMaxMillis, segmentSize, keptBytes, pieceMillis, other, links);
  }

  RatisSettings withLinks(Predicate<String> other) {
    return new RatisSettings(
        timeoutMinMillis, timeoutMaxMillis, segmentSize, keptBytes, pieceMillis, disks, other);
  }

  RaftProperties properties(Path storage, int port) {
    RaftProperties properties = new RaftProperties();
    File directory = storage.toFile();
    RaftServerConfigKeys.setStorageDir(properties, List.of(directory));
    RaftServerConfigKeys.setRemovedGroupsDir(properties, new File(directory, "removed"));
    elections(properties);
    log(properties);
    snapshots(properties);
    network(properties, port);
    return properties;
  }

  private void elections(RaftProperties properties) {
    RaftServerConfigKeys.Rpc.setTimeoutMin(properties, millis(timeoutMinMillis));
    RaftServerConfigKeys.Rpc.setTimeoutMax(properties, millis(timeoutMaxMillis));
    // Who has just started waits for less: if there is a leader, nobody votes for it.
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(
        properties, millis(FIRST_ELECTION_MIN_MILLIS));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(
        properties, millis(FIRST_ELECTION_MAX_MILLIS));
    RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(
        properties, seconds(STEP_DOWN_SECONDS));
    RaftServerConfigKeys.setCloseThreshold(properties, seconds(PAUSE_MAX_SECONDS));
    RaftServerConfigKeys.setStagingCatchupGap(properties, STAGING_GAP);
    RaftServerConfigKeys.setStagingTimeout(properties, seconds(STAGING_SECONDS));
    RaftServerConfigKeys.Read.setOption(properties, RaftServerConfigKeys.Read.Option.LINEARIZABLE);
  }

  private void log(RaftProperties properties) {
    RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SizeInBytes.valueOf(segmentSize));
    RaftServerConfigKeys.Log.setSegmentCacheNumMax(properties, 2);
    RaftServerConfigKeys.Log.setSegmentCacheSizeMax(properties, SizeInBytes.valueOf("64MB"));
    RaftServerConfigKeys.Log.setWriteBufferSize(properties, SizeInBytes.valueOf("5MB"));
    RaftServerConfigKeys.Log.setPreallocatedSize(properties, SizeInBytes.valueOf("4MB"));
    // Else another entry follows each round of commits.
    RaftServerConfigKeys.Log.setLogMetadataEnabled(properties, false);
    // Else a follower syncs one request after the other, and there is no group commit.
    RaftServerConfigKeys.Log.setAppendEntriesComposeEnabled(properties, false);
    RaftServerConfigKeys.Log.setPurgeGap(properties, 1);
    RaftServerConfigKeys.Log.Appender.setBufferByteLimit(properties, ENTRY_SIZE_MAX);
    // What is sent at once is answered in time, also by a member that has just started.
    RaftServerConfigKeys.Log.Appender.setBufferElementLimit(properties, ENTRIES_AT_ONCE_MAX);
    RaftServerConfigKeys.Log.Appender.setWaitTimeMin(properties, millis(0));
    // Who comes back soon is not kept waiting; who is gone for long is not asked all the time.
    RaftServerConfigKeys.Log.Appender.setRetryPolicy(properties, "1ms,10, 200ms,100, 1s,100000000");
    RaftServerConfigKeys.Write.setElementLimit(properties, PENDING_ENTRIES_MAX);
    RaftServerConfigKeys.Write.setByteLimit(properties, SizeInBytes.valueOf("64MB"));
    RaftServerConfigKeys.RetryCache.setExpiryTime(properties, seconds(RETRY_CACHE_SECONDS));
  }

  private void snapshots(RaftProperties properties) {
    RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, false);
    RaftServerConfigKeys.Snapshot.setTriggerWhenStopEnabled(properties, false);
    RaftServerConfigKeys.Snapshot.setTriggerWhenRemoveEnabled(properties, false);
    RaftServerConfigKeys.Log.Appender.setInstallSnapshotEnabled(properties, true);
    RaftServerConfigKeys.Log.Appender.setSnapshotChunkSizeMax(
        properties, SizeInBytes.valueOf("1MB"));
    // Ratis takes eight times of it.
    GrpcConfigKeys.Server.setInstallSnapshotRequestTimeout(
        properties,
        millis(pieceMillis / GrpcConfigKeys.Server.INSTALL_SNAPSHOT_REQUEST_ELEMENT_LIMIT_DEFAULT));
  }

  private static void network(RaftProperties properties, int port) {
    GrpcConfigKeys.Server.setPort(properties, port);
    GrpcConfigKeys.Server.setLeaderOutstandingAppendsMax(properties, APPENDS_IN_FLIGHT_MAX);
    GrpcConfigKeys.setFlowControlWindow(properties, SizeInBytes.valueOf("4MB"));
  }

  private static TimeDuration millis(int count) {
    return TimeDuration.valueOf(count, TimeUnit.MILLISECONDS);
  }

  private static TimeDuration seconds(int count) {
    return TimeDuration.valueOf(count, TimeUnit.SECONDS);
  }
}
