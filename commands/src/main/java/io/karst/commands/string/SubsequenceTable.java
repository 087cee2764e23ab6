package io.karst.commands.string;

/// The table of the longest common subsequence of two byte strings, with all but one bit of each
/// cell forgotten.
///
/// Cell `(i, j)` is the length for the first `i` and the first `j` bytes, computed row by row from
/// the row above. To walk back from the last cell it is enough to know of each cell whether the
/// one above it is larger than the one to its left: one bit, instead of the four bytes of the
/// length. Where both are equal the walk goes left, as Redis's does, so that the same one of
/// several longest subsequences comes out.
///
/// Cost: N·M steps and N·M bits.
final class SubsequenceTable {
  private final byte[] first;
  private final byte[] second;

  /// Bit `(i - 1) · second.length + (j - 1)`: whether to go up from `(i, j)`.
  private final long[] up;

  private final int length;

  /// Receives the runs of bytes that follow each other in both strings.
  @FunctionalInterface
  interface RunVisitor {
    /// `length` bytes from the offsets `inFirst` and `inSecond` on.
    void run(int inFirst, int inSecond, int length);
  }

  SubsequenceTable(byte[] first, byte[] second) {
    this.first = first;
    this.second = second;
    up = new long[(int) (((long) first.length * second.length + Long.SIZE - 1) / Long.SIZE)];
    length = fill();
  }

  private int fill() {
    int width = second.length;
    int[] row = new int[width + 1];
    long bit = 0;
    for (byte each : first) {
      int diagonal = 0;
      for (int j = 1; j <= width; j++, bit++) {
        int above = row[j];
        int left = row[j - 1];
        if (above > left) {
          up[(int) (bit >>> 6)] |= 1L << bit;
        }
        row[j] = each == second[j - 1] ? diagonal + 1 : Math.max(above, left);
        diagonal = above;
      }
    }
    return row[width];
  }

  int length() {
    return length;
  }

  byte[] subsequence() {
    byte[] bytes = new byte[length];
    int[] end = {length};
    forEachRun((inFirst, inSecond, count) -> {
      end[0] -= count;
      System.arraycopy(first, inFirst, bytes, end[0], count);
    });
    return bytes;
  }

  /// Shows the runs from the last to the first.
  void forEachRun(RunVisitor visitor) {
    int i = first.length;
    int j = second.length;
    int run = 0;
    while (i > 0 && j > 0) {
      if (first[i - 1] == second[j - 1]) {
        run++;
        i--;
        j--;
        continue;
      }
      if (run > 0) {
        visitor.run(i, j, run);
        run = 0;
      }
      if (goesUp(i, j)) {
        i--;
      } else {
        j--;
      }
    }
    if (run > 0) {
      visitor.run(i, j, run);
    }
  }

  private boolean goesUp(int i, int j) {
    long bit = (i - 1L) * second.length + (j - 1L);
    return (up[(int) (bit >>> 6)] >>> bit & 1) != 0;
  }
}
