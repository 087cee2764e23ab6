package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Pins docs/formats/meta-table.md.
class MetaTableTest {
  private static final String CLUSTER = "c".repeat(40);

  private static final String TEXT =
      """
      karst-meta 1
      epoch 1
      shard bfa017d4d917d79f1687f4fc55a0d65c92cd590f 0-8191
      shard 93b37c07191984d66175bb01bbc7768c6f54b2bc 8192-16383
      member 0000000000000000000000000000000000000000 0 a 6379 a 16379
      member 1111111111111111111111111111111111111111 1 b.example 6380 10.0.0.2 16380
      sum f9b90b25
      """;

  private static Member member(char digit, String host, int port, String clusterHost) {
    return new Member(
        String.valueOf(digit).repeat(40), host, port, clusterHost, port + 10_000, true, true);
  }

  private static MetaTable table() {
    return MetaTable.first(
        CLUSTER,
        List.of(
            new Founder(member('1', "b.example", 6380, "10.0.0.2"), 1, false),
            new Founder(member('0', "a", 6379, "a"), 0, true)));
  }

  @Test
  void itLooksLikeThis() throws IOException {
    assertThat(new String(table().encode(), StandardCharsets.UTF_8)).isEqualTo(TEXT);
    assertThat(MetaTable.decode(table().encode())).isEqualTo(table());
  }

  @Test
  void whatIsDamagedIsRefused() {
    byte[] bytes = table().encode();
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 1;
      assertThatThrownBy(() -> MetaTable.decode(damaged)).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> MetaTable.decode(new byte[0])).isInstanceOf(IOException.class);
  }

  @Test
  void whoJoinsGoesToTheSmallestShardOrTakesThePlaceOfItsAddress() {
    MetaTable three = table().with(member('2', "c", 6379, "c"));
    assertThat(three.epoch()).isEqualTo(2);
    assertThat(three.has("2".repeat(40), 0)).isTrue();
    MetaTable four = three.with(member('3', "d", 6379, "d"));
    assertThat(four.has("3".repeat(40), 1)).isTrue();

    MetaTable replaced = four.with(member('4', "c", 6379, "c"));
    assertThat(replaced.has("4".repeat(40), 0)).isTrue();
    assertThat(replaced.has("2".repeat(40))).isFalse();
    assertThat(replaced.members()).hasSize(4);

    MetaTable left = replaced.without("0".repeat(40));
    assertThat(left.members(0)).extracting(Member::id).containsExactly("4".repeat(40));
    assertThat(left.slots()).isEqualTo(table().slots());
    assertThat(left.epoch()).isEqualTo(5);
  }
}
