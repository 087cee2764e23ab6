package io.karst.server.insight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatencyScaleTest {
  @Test
  void bucketsLieSideBySide() {
    for (int bucket = 0; bucket < LatencyScale.BUCKETS; bucket++) {
      assertThat(LatencyScale.bucket(LatencyScale.shortest(bucket))).isEqualTo(bucket);
      assertThat(LatencyScale.bucket(LatencyScale.longest(bucket))).isEqualTo(bucket);
      assertThat(LatencyScale.shortest(bucket + 1)).isEqualTo(LatencyScale.longest(bucket) + 1);
    }
  }

  @Test
  void bucketsAreNarrow() {
    for (int bucket = 16; bucket < LatencyScale.BUCKETS; bucket++) {
      long width = LatencyScale.longest(bucket) - LatencyScale.shortest(bucket) + 1;
      assertThat(width * 16).isLessThanOrEqualTo(LatencyScale.shortest(bucket));
    }
  }

  @Test
  void whatIsBeyondGoesToTheEnds() {
    assertThat(LatencyScale.bucket(-5)).isZero();
    assertThat(LatencyScale.bucket(Long.MAX_VALUE)).isEqualTo(LatencyScale.BUCKETS - 1);
  }
}
