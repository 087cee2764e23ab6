package io.karst.server.resp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentBufferTest {
  private static final int PIECE = 10_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 9_998, 65_534, 65_535, 262_143, 1_000_000, 20_000_000})
  void roomFollowsWhatHasArrived(int length) {
    ArgumentBuffer buffer = new ArgumentBuffer(length);
    byte[] piece = new byte[PIECE];
    int before = 0;
    while (buffer.missing() > 0) {
      int count = Math.min(PIECE, buffer.missing());
      int room = buffer.array(count).length;
      int received = buffer.position() + count;
      assertThat(room).isBetween(received, Math.max(5 * received, 64 << 10));
      if (room != before && before > 0 && room == length + 2) {
        assertThat(before).isLessThanOrEqualTo(Math.max(length / 4 + 1, 64 << 10));
      }
      before = room;
      buffer.add(piece, 0, count);
    }
    assertThat(buffer.argument().length()).isEqualTo(length);
  }
}
