package io.karst.commands.bitmap;

import io.karst.base.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// The result of a [BitOperator], computed as it is read: a result of half a gigabyte is written
/// to its record without ever being on the heap.
///
/// As long as the longest source; the shorter ones go on in zeros. Valid as long as the sources.
/// Not thread-safe.
final class BitCombination extends Bytes {
  /// Words computed at a time: three such arrays stay in the processor's first cache.
  private static final int BATCH = 512;

  private static final VarHandle LITTLE_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final BitOperator operator;
  private final List<Bytes> sources;
  private final int from;
  private final int length;
  private final long[] result = new long[BATCH];
  private final long[] words = new long[BATCH];
  private final long[] first = new long[BATCH];
  private final long[] more = new long[BATCH];

  /// - `sources`: at least one.
  BitCombination(BitOperator operator, List<Bytes> sources, int length) {
    this(operator, sources, 0, length);
  }

  private BitCombination(BitOperator operator, List<Bytes> sources, int from, int length) {
    this.operator = operator;
    this.sources = sources;
    this.from = from;
    this.length = length;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public byte at(int index) {
    Objects.checkIndex(index, length);
    compute(index, 1);
    return (byte) result[0];
  }

  @Override
  public long longAt(int index) {
    Objects.checkFromIndexSize(index, Long.BYTES, length);
    compute(index, 1);
    return result[0];
  }

  @Override
  public Bytes slice(int start, int sliceLength) {
    Objects.checkFromIndexSize(start, sliceLength, length);
    return new BitCombination(operator, sources, from + start, sliceLength);
  }

  @Override
  public void copyTo(int start, byte[] target, int at, int count) {
    Objects.checkFromIndexSize(start, count, length);
    Objects.checkFromIndexSize(at, count, target.length);
    for (int done = 0; done < count; ) {
      int size = Math.min(count - done, BATCH * Long.BYTES);
      compute(start + done, (size + Long.BYTES - 1) / Long.BYTES);
      store(target, at + done, size);
      done += size;
    }
  }

  private void store(byte[] target, int at, int size) {
    int i = 0;
    for (; i <= size - Long.BYTES; i += Long.BYTES) {
      LITTLE_ENDIAN.set(target, at + i, result[i >>> 3]);
    }
    for (; i < size; i++) {
      target[at + i] = (byte) (result[i >>> 3] >>> ((i & 7) << 3));
    }
  }

  /// Fills `result` with `count` words from byte `index` on; what is past the end is undefined.
  private void compute(int index, int count) {
    int next = 0;
    if (operator.setsFirstApart()) {
      load(first, sources.getFirst(), from + index, count);
      next = 1;
    }
    load(result, sources.get(next), from + index, count);
    Arrays.fill(more, 0, count, 0);
    for (int i = next + 1; i < sources.size(); i++) {
      load(words, sources.get(i), from + index, count);
      operator.accumulate(result, words, more, count);
    }
    operator.finish(result, first, more, count);
  }

  private static void load(long[] target, Bytes source, int index, int count) {
    int size = source.length();
    int at = index;
    int i = 0;
    for (; i < count && at <= size - Long.BYTES; i++, at += Long.BYTES) {
      target[i] = source.longAt(at);
    }
    for (; i < count; i++, at += Long.BYTES) {
      target[i] = rest(source, at);
    }
  }

  /// The last bytes of a source as a word, 0 if there are none.
  private static long rest(Bytes source, int index) {
    long word = 0;
    for (int at = index, shift = 0; at < source.length() && shift < Long.SIZE; at++, shift += 8) {
      word |= (source.at(at) & 0xffL) << shift;
    }
    return word;
  }
}
