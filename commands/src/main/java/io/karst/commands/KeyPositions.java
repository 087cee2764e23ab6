package io.karst.commands;

import java.util.Arrays;

/// Where the keys of one command are among its words; reused from command to command.
///
/// A word that is a key for two reasons is there twice. Thread: its owner's.
public final class KeyPositions {
  private static final int INITIAL = 16;

  private int[] positions = new int[INITIAL];
  private int count;

  public int count() {
    return count;
  }

  /// The index into the command's words of key `index`, 0 to `count() - 1`.
  public int at(int index) {
    return positions[index];
  }

  public void clear() {
    count = 0;
  }

  void add(int position) {
    if (count == positions.length) {
      positions = Arrays.copyOf(positions, count * 2);
    }
    positions[count++] = position;
  }

  void addRange(int first, int last, int step) {
    for (int i = first; i <= last; i += step) {
      add(i);
    }
  }
}
