package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Who forms which shard.
class FoundingTest {
  private static List<Member> members(int... perHost) {
    List<Member> members = new ArrayList<>();
    for (int host = 0; host < perHost.length; host++) {
      for (int i = 0; i < perHost[host]; i++) {
        String id = HexFormat.of().toHexDigits((byte) members.size()).repeat(20);
        String name = "host" + host;
        members.add(new Member(id, name, 6379 + i, name, 16379 + i, true, true));
      }
    }
    return members;
  }

  private static List<Member> voters(List<Founder> founders, int shard) {
    return founders.stream()
        .filter(each -> each.shard() == shard && each.member().voting())
        .map(Founder::member)
        .toList();
  }

  private static List<Founder> metaVoters(List<Founder> founders) {
    return founders.stream().filter(Founder::metaVoting).toList();
  }

  @Test
  void eachShardOfNineHasAMemberOnEachHost() {
    List<Founder> founders = Founding.of(members(3, 3, 3), 3);
    for (int shard = 0; shard < 3; shard++) {
      assertThat(voters(founders, shard)).extracting(Member::clusterHost).doesNotHaveDuplicates();
    }
    assertThat(metaVoters(founders)).hasSize(5);
    Map<String, Long> hosts =
        metaVoters(founders).stream()
            .collect(
                Collectors.groupingBy(each -> each.member().clusterHost(), Collectors.counting()));
    assertThat(hosts.values()).hasSize(3).allMatch(count -> count <= 2);
    assertThat(metaVoters(founders)).extracting(Founder::shard).contains(0, 1, 2);
  }

  @Test
  void whatIsLeftOverFollowsInEachShardInTurn() {
    List<Founder> founders = Founding.of(members(4, 2, 2), 3);
    assertThat(founders).hasSize(8);
    assertThat(voters(founders, 0)).hasSize(3);
    assertThat(voters(founders, 1)).hasSize(3);
    assertThat(founders)
        .filteredOn(each -> !each.member().voting())
        .extracting(Founder::shard)
        .containsExactly(0, 1);
  }

  @Test
  void fewerThanTwoShardsNeedAreOne() {
    for (int count = 1; count < 6; count++) {
      List<Founder> founders = Founding.of(members(count), 3);
      assertThat(founders).hasSize(count).allMatch(each -> each.shard() == 0);
      assertThat(voters(founders, 0)).hasSize(Math.min(3, count));
    }
    assertThat(Founding.of(members(6), 3)).extracting(Founder::shard).contains(1);
    assertThat(Founding.of(members(3), 1)).extracting(Founder::shard).containsExactly(0, 1, 2);
  }

  @Test
  void thoseWhoVoteOnTheTableAreAnOddNumber() {
    int[] expected = {1, 1, 3, 3, 5, 5, 5, 5, 5};
    for (int count = 1; count <= expected.length; count++) {
      assertThat(metaVoters(Founding.of(members(count), 3))).hasSize(expected[count - 1]);
    }
  }

  @Test
  void theOrderInWhichTheyHaveMetIsNothing() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    List<Member> members = members(3, 1, 4, 2);
    List<Founder> founders = Founding.of(members, 3);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(members, random);
      assertThat(Founding.of(members, 3)).as("seed %d", seed).isEqualTo(founders);
    }
  }
}
