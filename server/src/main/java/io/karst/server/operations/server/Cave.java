package io.karst.server.operations.server;

import java.util.random.RandomGenerator;

/// A cross-section through a limestone cave: the ground, the rock with the name hewn into it,
/// stalactites, stalagmites, and a river below. Drawn from chance, the same for the same generator.
final class Cave {
  private static final int WIDTH = 62;
  private static final int HALL = 11;
  private static final String[] NAME = {
    "#   #   ###   ####    ####  #####",
    "#  #   #   #  #   #  #        #  ",
    "###    #####  ####    ###     #  ",
    "#  #   #   #  #  #       #    #  ",
    "#   #  #   #  #   #  ####     #  "
  };
  private static final int NAME_AT = (WIDTH - NAME[0].length()) / 2;

  private final RandomGenerator random;

  Cave(RandomGenerator random) {
    this.random = random;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < WIDTH; i++) {
      text.append(random.nextInt(8) == 0 ? '^' : '_');
    }
    text.append('\n');
    for (int row = -1; row <= NAME.length; row++) {
      rock(text, row);
    }
    hall(text);
    for (int i = 0; i < WIDTH; i++) {
      text.append(random.nextInt(3) == 0 ? '-' : '~');
    }
    return text.append('\n').toString();
  }

  /// A row of rock; the letters stand out of it.
  private void rock(StringBuilder text, int row) {
    boolean named = row >= 0 && row < NAME.length;
    for (int i = 0; i < WIDTH; i++) {
      int letter = i - NAME_AT;
      boolean hewn = named && letter >= -1 && letter <= NAME[0].length();
      boolean drawn = hewn && letter >= 0 && letter < NAME[0].length();
      char rock = random.nextInt(5) == 0 ? ',' : '.';
      text.append(hewn ? (drawn ? NAME[row].charAt(letter) : ' ') : rock);
    }
    text.append('\n');
  }

  /// What hangs from the ceiling and what stands below it, with air between.
  private void hall(StringBuilder text) {
    int[] hanging = new int[WIDTH];
    int[] standing = new int[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      hanging[i] = random.nextInt(3) == 0 ? random.nextInt(HALL / 2 + 1) : random.nextInt(2);
      standing[i] = hanging[i] > 2 ? random.nextInt(HALL - hanging[i] - 1) : random.nextInt(2);
    }
    for (int row = 0; row < HALL; row++) {
      for (int i = 0; i < WIDTH; i++) {
        text.append(inHall(row, hanging[i], standing[i]));
      }
      text.append('\n');
    }
  }

  private char inHall(int row, int hanging, int standing) {
    int height = HALL - row;
    if (row < hanging) {
      return row == hanging - 1 ? 'V' : '|';
    }
    if (height <= standing) {
      return height == standing ? 'A' : '|';
    }
    return hanging > 2 && row == hanging && random.nextInt(3) == 0 ? '\'' : ' ';
  }
}
