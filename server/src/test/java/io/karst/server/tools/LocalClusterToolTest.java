package io.karst.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LocalClusterToolTest {
  @Test
  void shardsHaveAsManyVotersAsTheyCan() {
    assertThat(LocalClusterTool.voters(3, 1)).isEqualTo(3);
    assertThat(LocalClusterTool.voters(5, 1)).isEqualTo(5);
    assertThat(LocalClusterTool.voters(9, 3)).isEqualTo(3);
    assertThat(LocalClusterTool.voters(8, 2)).isEqualTo(4);
    assertThat(LocalClusterTool.voters(7, 2)).isEqualTo(3);
    assertThat(LocalClusterTool.voters(2, 2)).isEqualTo(1);
  }

  @Test
  void thereAreNumbersOfShardsThatMembersCannotForm() {
    assertThat(LocalClusterTool.voters(5, 3)).isZero();
    assertThat(LocalClusterTool.voters(3, 4)).isZero();
    assertThat(LocalClusterTool.voters(3, 0)).isZero();
    assertThat(LocalClusterTool.voters(3, -1)).isZero();
  }
}
