package io.karst.history;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import io.karst.history.EffectCodec.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The effects of one transaction as bytes, for logs that are kept elsewhere than in a [Wal]. The
/// bytes of an effect are those of docs/formats/wal.md §4, one behind the other.
public final class Frames {
  private Frames() {}

  /// How many bytes [#write] writes.
  public static long size(List<Effect> effects) {
    SizeOutput size = new SizeOutput();
    for (int i = 0, count = effects.size(); i < count; i++) {
      EffectCodec.write(effects.get(i), size);
    }
    return size.size();
  }

  /// Writes effects to `to` from `offset` on, where there is room for [#size] bytes; returns the
  /// offset past them.
  public static int write(List<Effect> effects, byte[] to, int offset) {
    ArrayOutput output = new ArrayOutput(to, offset);
    for (int i = 0, count = effects.size(); i < count; i++) {
      EffectCodec.write(effects.get(i), output);
    }
    return output.offset;
  }

  /// The effects that `from..to` of an array holds; their bytes are views of it.
  ///
  /// - throws [DamagedLogException] if there is anything else; its LSN says nothing.
  public static List<Effect> read(byte[] array, int from, int to) {
    Objects.checkFromToIndex(from, to, array.length);
    EffectInput input = EffectInput.of(array, from, to);
    List<Effect> effects = new ArrayList<>();
    try {
      while (input.hasRemaining()) {
        effects.add(EffectCodec.read(input));
      }
    } catch (MalformedException malformed) {
      throw new DamagedLogException(0, "a frame is no effects: " + malformed.getMessage());
    }
    return effects;
  }

  private static final class ArrayOutput implements EffectOutput {
    private final byte[] array;
    private int offset;

    private ArrayOutput(byte[] array, int offset) {
      this.array = array;
      this.offset = offset;
    }

    @Override
    public void putByte(int value) {
      Invariant.check(offset < array.length, "a frame is longer than its array");
      array[offset++] = (byte) value;
    }

    @Override
    public void putNumber(long value) {
      long rest = value;
      while ((rest & -0x80L) != 0) {
        putByte((int) rest | 0x80);
        rest >>>= 7;
      }
      putByte((int) rest);
    }

    @Override
    public void putBytes(Bytes bytes) {
      int length = bytes.length();
      putNumber(length);
      Invariant.check(length <= array.length - offset, "a frame is longer than its array");
      bytes.copyTo(0, array, offset, length);
      offset += length;
    }
  }
}
