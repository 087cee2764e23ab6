package io.karst.cluster;

import java.lang.reflect.Field;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.util.AwaitToRun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread by which a Raft log drops entries from memory.
///
/// Ratis (3.3.0) closes a log under its lock, and then waits for that thread, which may be waiting
/// for the same lock: neither ends, ever. So it is ended before, through a field that is private.
final class CacheEviction {
  private static final Logger LOG = LoggerFactory.getLogger(CacheEviction.class);
  static final String FIELD = "cacheEviction";

  private CacheEviction() {}

  /// Ends it, waiting for what it does; the log is about to be closed.
  static void end(RaftLog log) {
    try {
      Field field = log.getClass().getDeclaredField(FIELD);
      field.setAccessible(true);
      if (field.get(log) instanceof AwaitToRun eviction) {
        eviction.close();
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.warn("The Raft log is closed while its cache may be cleaned", e);
    }
  }
}
