package io.karst.commands.hyperloglog;

import java.util.Arrays;

/// A value whose registers are runs: most are 0 as long as little has been counted.
///
/// ```
/// 00llllll            l + 1 registers that are 0
/// 01llllll llllllll   l + 1 registers that are 0, the highest bits of l first
/// 1vvvvvll            l + 1 registers that are v + 1
/// ```
///
/// A change is made where it falls, in the steps of Redis, so that both come to the same bytes:
/// the run is split, and up to five runs from the one before on are joined with their equal
/// neighbours. Format: docs/formats/hyperloglog.md.
final class Sparse {
  /// The highest value a run may have.
  static final int VALUE_MAX = 32;

  private static final int ZERO_MAX = 64;
  private static final int VALUE_RUN_MAX = 4;
  private static final int LONG_ZERO = 0x40;
  private static final int VALUE = 0x80;

  /// Runs looked at to be joined after a change.
  private static final int JOINED = 5;

  /// The bytes that the runs of one change take, at most.
  private static final int CHANGE_MAX = 5;

  private byte[] value;
  private int size;

  /// Takes a value over.
  Sparse(byte[] value) {
    this.value = value;
    size = value.length;
  }

  /// One that has counted nothing.
  static Sparse empty() {
    byte[] value = new byte[Header.SIZE + 2];
    Header.write(value, Header.SPARSE);
    value[Header.SIZE] = (byte) (LONG_ZERO | (Registers.COUNT - 1) >>> 8);
    value[Header.SIZE + 1] = (byte) (Registers.COUNT - 1);
    return new Sparse(value);
  }

  byte[] value() {
    return Arrays.copyOf(value, size);
  }

  /// Makes a register no less than a value; whether that has changed anything.
  ///
  /// - `sizeMax`: the size up to which it may grow.
  /// - throws [TooLarge] if it would have to grow beyond, or the value is beyond [#VALUE_MAX].
  /// - throws [io.karst.base.CommandException] if the runs are not well formed.
  boolean raise(int register, int newValue, int sizeMax) throws TooLarge {
    if (newValue > VALUE_MAX) {
      throw new TooLarge();
    }
    int at = Header.SIZE;
    int before = Header.SIZE;
    int first = 0;
    while (at < size && register >= first + run(at)) {
      first += run(at);
      before = at;
      at += runSize(at);
    }
    if (at >= size) {
      throw Header.corrupted();
    }
    if (runValue(at) >= newValue) {
      return false;
    }
    if (run(at) == 1) {
      replace(at, runSize(at), new byte[] {valueRun(newValue, 1)}, 1, sizeMax);
    } else {
      split(at, first, register, newValue, sizeMax);
    }
    join(before);
    Header.makeOld(value);
    return true;
  }

  private void split(int at, int first, int register, int newValue, int sizeMax) throws TooLarge {
    byte[] runs = new byte[CHANGE_MAX];
    int last = first + run(at) - 1;
    int old = runValue(at);
    int length = putRun(runs, 0, old, register - first);
    runs[length++] = valueRun(newValue, 1);
    length = putRun(runs, length, old, last - register);
    replace(at, runSize(at), runs, length, sizeMax);
  }

  private void replace(int at, int removed, byte[] runs, int length, int sizeMax) throws TooLarge {
    int grows = length - removed;
    if (grows > 0 && size + grows > sizeMax) {
      throw new TooLarge();
    }
    if (size + grows > value.length) {
      value = Arrays.copyOf(value, size + grows + (size >>> 2) + CHANGE_MAX);
    }
    System.arraycopy(value, at + removed, value, at + length, size - at - removed);
    System.arraycopy(runs, 0, value, at, length);
    size += grows;
  }

  /// Joins neighbours of one value, from a run on.
  private void join(int from) {
    int at = from;
    for (int left = JOINED; left > 0 && at < size; left--) {
      boolean joins =
          runValue(at) > 0
              && at + 1 < size
              && runValue(at + 1) == runValue(at)
              && run(at) + run(at + 1) <= VALUE_RUN_MAX;
      if (joins) {
        value[at + 1] = valueRun(runValue(at), run(at) + run(at + 1));
        System.arraycopy(value, at + 1, value, at, size - at - 1);
        size--;
      } else {
        at += runSize(at);
      }
    }
  }

  /// Merges the registers of a value.
  ///
  /// - throws [io.karst.base.CommandException] if the runs are not well formed.
  void mergeInto(Registers target) {
    int register = 0;
    for (int at = Header.SIZE; at < size; at += runSize(at)) {
      int end = register + run(at);
      if (end > Registers.COUNT || at + runSize(at) > size) {
        throw Header.corrupted();
      }
      for (int runValue = runValue(at); register < end; register++) {
        target.raise(register, runValue);
      }
    }
    if (register != Registers.COUNT) {
      throw Header.corrupted();
    }
  }

  /// The runs, for people: `Z` and `z` a long and a short one of zeros, `v` one of a value.
  String runs() {
    StringBuilder text = new StringBuilder();
    for (int at = Header.SIZE; at < size; at += runSize(at)) {
      text.append(at == Header.SIZE ? "" : " ");
      if (runValue(at) > 0) {
        text.append("v:").append(runValue(at)).append(',').append(run(at));
      } else {
        text.append(runSize(at) == 2 ? "Z:" : "z:").append(run(at));
      }
    }
    return text.toString();
  }

  /// How many registers a run has.
  private int run(int at) {
    int head = value[at] & 0xff;
    if (head >= VALUE) {
      return (head & 3) + 1;
    }
    if (head < LONG_ZERO) {
      return head + 1;
    }
    int low = at + 1 < size ? value[at + 1] & 0xff : 0;
    return ((head & 0x3f) << 8 | low) + 1;
  }

  /// What its registers are.
  private int runValue(int at) {
    int head = value[at] & 0xff;
    return head >= VALUE ? (head >>> 2 & 0x1f) + 1 : 0;
  }

  private int runSize(int at) {
    int head = value[at] & 0xff;
    return head >= LONG_ZERO && head < VALUE ? 2 : 1;
  }

  private static byte valueRun(int value, int length) {
    return (byte) (VALUE | ((value - 1) << 2) | (length - 1));
  }

  /// Writes a run, unless it is empty, and returns the index just past it.
  private static int putRun(byte[] runs, int at, int value, int length) {
    if (length == 0) {
      return at;
    }
    if (value > 0) {
      runs[at] = valueRun(value, length);
      return at + 1;
    }
    if (length <= ZERO_MAX) {
      runs[at] = (byte) (length - 1);
      return at + 1;
    }
    runs[at] = (byte) (LONG_ZERO | ((length - 1) >>> 8));
    runs[at + 1] = (byte) (length - 1);
    return at + 2;
  }

  /// The registers have to become dense.
  static final class TooLarge extends Exception {
    private static final long serialVersionUID = 1L;

    private TooLarge() {
      super(null, null, false, false);
    }
  }
}
