package io.karst.history;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import io.karst.memory.MappedRegion;
import io.karst.memory.Record;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Effects on one key as bytes: each as in the history, but with an empty string where its key is,
/// as whoever keeps them knows which key they are of.
///
/// Thread: its owner's. Format: docs/formats/wal.md §4, docs/formats/lsm.md §5.
public final class KeyEffects {
  private final SizeOutput size = new SizeOutput();
  private final RecordOutput output = new RecordOutput();
  private final KeylessOutput sized = new KeylessOutput(size);
  private final KeylessOutput written = new KeylessOutput(output);

  /// How many bytes an effect takes.
  public long size(Effect.OnKey effect) {
    size.reset();
    sized.begin();
    EffectCodec.write(effect, sized);
    return size.size();
  }

  /// Writes an effect into the value of a record, which has room for it from index `from` on.
  public void write(Effect.OnKey effect, long record, int from) {
    output.record = record;
    output.at = from;
    written.begin();
    EffectCodec.write(effect, written);
  }

  /// Shows the effects in `bytes`, one after the other; their bytes are good during the call only.
  ///
  /// - returns: false if there is anything else in there; what comes before has been shown.
  public static boolean read(Bytes bytes, Consumer<Effect.OnKey> visitor) {
    if (bytes.isEmpty()) {
      return true;
    }
    try (MappedRegion memory = MappedRegion.allocate(bytes.length())) {
      memory.put(0, bytes, 0, bytes.length());
      EffectInput input = EffectInput.of(memory, 0, bytes.length());
      while (input.hasRemaining()) {
        Effect.OnKey effect = next(input);
        if (effect == null) {
          return false;
        }
        visitor.accept(effect);
      }
      return true;
    }
  }

  private static Effect.@Nullable OnKey next(EffectInput input) {
    try {
      return EffectCodec.read(input) instanceof Effect.OnKey effect ? effect : null;
    } catch (EffectCodec.MalformedException malformed) {
      return null;
    }
  }

  /// Leaves the key out, which is the first string of each effect on one.
  private static final class KeylessOutput implements EffectOutput {
    private final EffectOutput target;
    private boolean keyIsNext;

    KeylessOutput(EffectOutput target) {
      this.target = target;
    }

    void begin() {
      keyIsNext = true;
    }

    @Override
    public void putByte(int value) {
      target.putByte(value);
    }

    @Override
    public void putNumber(long value) {
      target.putNumber(value);
    }

    @Override
    public void putBytes(Bytes bytes) {
      target.putBytes(keyIsNext ? Bytes.EMPTY : bytes);
      keyIsNext = false;
    }
  }

  /// Writes into the value of a record.
  private static final class RecordOutput implements EffectOutput {
    private long record;
    private int at;

    @Override
    public void putByte(int value) {
      Invariant.check(at < Record.valueLength(record), "an effect is longer than was counted");
      Record.writeByte(record, at++, value);
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
      putNumber(bytes.length());
      Invariant.check(
          bytes.length() <= Record.valueLength(record) - at,
          "an effect is longer than was counted");
      Record.write(record, at, bytes);
      at += bytes.length();
    }
  }
}
