package io.karst.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.value.StreamId;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The bytes of effects on streams, as docs/formats/wal.md says them.
class StreamEffectsTest {
  private static final Bytes KEY = Bytes.utf8("key");
  private static final Bytes GROUP = Bytes.utf8("g");
  private static final Bytes CONSUMER = Bytes.utf8("c");
  private static final StreamId ID = new StreamId(300, 1);

  @Test
  void everyByteIsWhereItWas() {
    List<Bytes> pairs = List.of(Bytes.utf8("ab"), Bytes.EMPTY);
    assertThat(hex(new StreamEffect.Append(3, KEY, ID, pairs)))
        .isEqualTo("1a03036b6579ac02010102616200");
    assertThat(hex(new StreamEffect.Remove(3, KEY, ID))).isEqualTo("1b03036b6579ac0201");
    assertThat(hex(new StreamEffect.TrimTo(3, KEY, StreamId.MAX)))
        .isEqualTo("1c03036b6579" + "ffffffffffffffffff01".repeat(2));
    assertThat(hex(new StreamEffect.State(3, KEY, ID, 7, StreamId.ZERO)))
        .isEqualTo("1d03036b6579ac0201070000");
    assertThat(hex(new StreamEffect.Group(3, KEY, GROUP, ID, -1)))
        .isEqualTo("1e03036b65790167ac020100");
    assertThat(hex(new StreamEffect.DestroyGroup(3, KEY, GROUP))).isEqualTo("1f03036b65790167");
    assertThat(hex(new StreamEffect.Consumer(3, KEY, GROUP, CONSUMER, 5, 9)))
        .isEqualTo("2003036b657901670163050a");
    assertThat(hex(new StreamEffect.DeleteConsumer(3, KEY, GROUP, CONSUMER)))
        .isEqualTo("2103036b657901670163");
    assertThat(hex(new StreamEffect.Pending(3, KEY, GROUP, CONSUMER, ID, 5, 2)))
        .isEqualTo("2203036b657901670163ac02010502");
    assertThat(hex(new StreamEffect.Acknowledge(3, KEY, GROUP, ID)))
        .isEqualTo("2303036b65790167ac0201");
    assertThat(hex(new StreamEffect.Release(3, KEY, GROUP, ID, 4)))
        .isEqualTo("2403036b65790167ac020104");
    assertThat(hex(new StreamEffect.Produced(3, KEY, GROUP, CONSUMER, ID, 9)))
        .isEqualTo("2503036b657901670163ac020109");
    assertThat(hex(new StreamEffect.Producers(3, KEY, 100, 300, 2)))
        .isEqualTo("2603036b657964ac0202");
  }

  private static String hex(Effect effect) {
    Output output = new Output();
    EffectCodec.write(effect, output);
    return HexFormat.of().formatHex(output.bytes.toByteArray());
  }

  private static final class Output implements EffectOutput {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void putByte(int value) {
      bytes.write(value);
    }

    @Override
    public void putNumber(long value) {
      long rest = value;
      for (; rest >>> 7 != 0; rest >>>= 7) {
        bytes.write(((int) rest & 0x7f) | 0x80);
      }
      bytes.write((int) rest);
    }

    @Override
    public void putBytes(Bytes string) {
      putNumber(string.length());
      bytes.writeBytes(string.toArray());
    }
  }
}
