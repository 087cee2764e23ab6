package io.karst.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The bytes of effects on lists, as docs/formats/wal.md says them.
class ListEffectsTest {
  private static final Bytes KEY = Bytes.utf8("key");
  private static final Bytes ELEMENT = Bytes.utf8("ab");

  @Test
  void everyByteIsWhereItWas() {
    List<Bytes> two = List.of(ELEMENT, Bytes.EMPTY);
    assertThat(hex(new Effect.Push(3, KEY, true, two))).isEqualTo("1003036b65790202616200");
    assertThat(hex(new Effect.Push(3, KEY, false, two))).isEqualTo("1103036b65790202616200");
    assertThat(hex(new Effect.Pop(3, KEY, true, 300))).isEqualTo("1203036b6579ac02");
    assertThat(hex(new Effect.Pop(3, KEY, false, 1))).isEqualTo("1303036b657901");
    assertThat(hex(new Effect.SetAt(3, KEY, 128, ELEMENT))).isEqualTo("1403036b65798001026162");
    assertThat(hex(new Effect.InsertAt(3, KEY, 5, ELEMENT))).isEqualTo("1503036b657905026162");
    assertThat(hex(new Effect.RemoveEqual(3, KEY, true, Integer.MAX_VALUE, ELEMENT)))
        .isEqualTo("1603036b6579ffffffff07026162");
    assertThat(hex(new Effect.RemoveEqual(3, KEY, false, 2, ELEMENT)))
        .isEqualTo("1703036b657902026162");
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
      for (; rest >= 0x80; rest >>>= 7) {
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
