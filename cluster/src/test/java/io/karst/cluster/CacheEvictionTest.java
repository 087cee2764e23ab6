package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.ratis.server.raftlog.segmented.SegmentedRaftLog;
import org.apache.ratis.util.AwaitToRun;
import org.junit.jupiter.api.Test;

class CacheEvictionTest {
  /// Another version of Ratis may have it elsewhere, or not close it under a lock any more.
  @Test
  void thisVersionOfRatisHasItThere() throws NoSuchFieldException {
    assertThat(SegmentedRaftLog.class.getDeclaredField(CacheEviction.FIELD).getType())
        .isEqualTo(AwaitToRun.class);
  }
}
