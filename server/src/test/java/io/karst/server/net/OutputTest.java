package io.karst.server.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.history.Log;
import io.karst.server.resp.ReplyBuffer;
import io.karst.server.session.Seen;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The chunks of a reply.
class OutputTest {
  private static final int CAPACITY = 16 << 10;

  private final EmbeddedChannel channel = new EmbeddedChannel();

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void piecesComeOutAsTheyWentIn() {
    Output output = new Output(CAPACITY);
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      byte[] piece = bytes((char) ('a' + i % 26), 1 + i * 7919 % CAPACITY);
      output.take(piece, piece.length);
      expected.append(new String(piece, US_ASCII));
      output.replies().drain();
    }
    assertThat(flushed(output)).isEqualTo(expected.toString());
  }

  @Test
  void whatIsGivenBackIsGoneWithItsGaps() {
    Output output = new Output(CAPACITY);
    byte[] kept = bytes('k', 100);
    output.take(kept, kept.length);
    ReplyBuffer.Gap gap = output.leaveGap(20);
    for (int i = 0; i < 50; i++) {
      byte[] lost = bytes('l', CAPACITY);
      output.take(lost, lost.length);
    }
    gap.fill(bytes('g', 7), 7);
    output.giveBack(50L * CAPACITY + 7 + 40);
    output.take(bytes('n', 5), 5);

    assertThat(flushed(output)).isEqualTo("k".repeat(60) + "nnnnn");
  }

  @Test
  void aGapIsWhereItWasLeft() {
    Output output = new Output(CAPACITY);
    output.take(bytes('a', 10), 10);
    ReplyBuffer.Gap gap = output.leaveGap(20);
    output.take(bytes('b', 10), 10);
    gap.fill(bytes('g', 3), 3);

    assertThat(flushed(output)).isEqualTo("a".repeat(10) + "ggg" + "b".repeat(10));
  }

  @Test
  void discardingFreesEverything() {
    long before = Buffers.POOL.pinnedDirectMemory();
    Output output = new Output(CAPACITY);
    for (int i = 0; i < 100; i++) {
      output.take(bytes('x', CAPACITY), CAPACITY);
    }
    assertThat(Buffers.POOL.pinnedDirectMemory()).isGreaterThan(before + 99L * CAPACITY);
    output.discard();
    assertThat(Buffers.POOL.pinnedDirectMemory()).isEqualTo(before);
  }

  private String flushed(Output output) {
    HeldReplies held = new HeldReplies();
    output.hold(held, new Seen());
    held.write(channel, new Gate(Log.NONE, channel.eventLoop(), false), Long.MAX_VALUE);
    channel.flush();
    StringBuilder text = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      text.append(part.toString(US_ASCII));
      part.release();
    }
    return text.toString();
  }

  private static byte[] bytes(char c, int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) c);
    return bytes;
  }
}
