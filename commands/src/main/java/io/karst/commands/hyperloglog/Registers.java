package io.karst.commands.hyperloglog;

import io.karst.base.Bytes;
import java.util.Arrays;

/// The registers of a HyperLogLog, a byte each: what is counted in, merged in, and estimated from.
///
/// The estimate has a standard error of 0.81 %. Source: O. Ertl, "New cardinality estimation
/// algorithms for HyperLogLog sketches" (2017), the improved raw estimator, algorithm 6; the order
/// of operations is that of Redis, so that both come to the same number.
public final class Registers {
  static final int INDEX_BITS = 14;

  /// How many there are.
  static final int COUNT = 1 << INDEX_BITS;

  /// The highest value a register may have.
  static final int VALUE_MAX = Long.SIZE - INDEX_BITS + 1;

  private static final double ALPHA = 0.7213475204444817;

  private final byte[] values = new byte[COUNT];

  /// Counts an element.
  public void add(Bytes element) {
    long hash = ElementHash.of(element);
    raise(ElementHash.register(hash), ElementHash.value(hash));
  }

  /// Makes a register no less than a value.
  void raise(int register, int value) {
    if (value > values[register]) {
      values[register] = (byte) value;
    }
  }

  int value(int register) {
    return values[register];
  }

  /// About how many different elements have been counted.
  public long estimate() {
    int[] histogram = new int[Long.SIZE];
    for (byte value : values) {
      histogram[value]++;
    }
    double m = COUNT;
    double z = m * tau((m - histogram[VALUE_MAX]) / m);
    for (int value = VALUE_MAX - 1; value >= 1; value--) {
      z += histogram[value];
      z *= 0.5;
    }
    z += m * sigma(histogram[0] / m);
    return Math.round(ALPHA * m * m / z);
  }

  private static double sigma(double of) {
    if (of == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double x = of;
    double y = 1;
    double z = x;
    double before;
    do {
      x *= x;
      before = z;
      z += x * y;
      y += y;
    } while (before != z);
    return z;
  }

  private static double tau(double of) {
    if (of == 0 || of == 1) {
      return 0;
    }
    double x = of;
    double y = 1;
    double z = 1 - x;
    double before;
    do {
      x = Math.sqrt(x);
      before = z;
      y *= 0.5;
      z -= (1 - x) * (1 - x) * y;
    } while (before != z);
    return z / 3;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Registers that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }
}
