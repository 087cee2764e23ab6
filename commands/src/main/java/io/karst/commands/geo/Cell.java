package io.karst.commands.geo;

/// A cell of a grid that divides the world: `1 << steps` columns from west to east and as many rows
/// from south to north. Its number interleaves the bits of both, so that cells which are close to
/// each other mostly have numbers which are, too, and a larger cell is a run of smaller ones.
///
/// The score of a place is the number of its cell in the finest grid; that is a payload's format.
///
/// - `column`, `row`: from 0; the very last degree of a world is one beyond.
record Cell(long column, long row, int steps) {
  /// Of the finest grid; 52 bits are a whole number of a double.
  static final int STEPS_MAX = 26;

  private static final double WORD_HALF = 0x1p63;

  /// The cell a place is in.
  static Cell of(Place place, int steps) {
    return of(place, Place.LATITUDE_MAX, steps);
  }

  /// As [#of(Place, int)], in a world that ends at another latitude.
  static Cell of(Place place, double latitudeMax, int steps) {
    return new Cell(
        index(place.longitude(), Place.LONGITUDE_MAX, steps),
        index(place.latitude(), latitudeMax, steps),
        steps);
  }

  /// The cell that a score is the number of.
  static Cell ofScore(double score) {
    long number = unsigned(score);
    return new Cell(odd(number >>> 1), odd(number), STEPS_MAX);
  }

  /// A score as a whole number of 64 bits without a sign; what is beyond them counts as 0, as it
  /// does for the processors whose answers clients know.
  private static long unsigned(double score) {
    if (score < WORD_HALF) {
      return (long) score;
    }
    double rest = score - WORD_HALF;
    return rest < WORD_HALF ? (long) rest ^ Long.MIN_VALUE : 0;
  }

  private static long index(double degrees, double max, int steps) {
    return (long) ((degrees + max) / (max - -max) * (1L << steps));
  }

  /// The cell's number in its own grid.
  long number() {
    return spread(row) | spread(column) << 1;
  }

  /// The scores in this cell: from this one on, and before that of the next number.
  double firstScore() {
    return scoreOf(number());
  }

  double endScore() {
    return scoreOf(number() + 1);
  }

  private double scoreOf(long number) {
    return (double) (number << (2 * (STEPS_MAX - steps)));
  }

  /// The cell so many columns to the east and rows to the north, around the world.
  Cell moved(int columns, int rows) {
    long mask = (1L << steps) - 1;
    return new Cell(
        columns == 0 ? column : (column + columns) & mask,
        rows == 0 ? row : (row + rows) & mask,
        steps);
  }

  double west() {
    return degrees(column, Place.LONGITUDE_MAX);
  }

  double east() {
    return degrees(column + 1, Place.LONGITUDE_MAX);
  }

  double south() {
    return degrees(row, Place.LATITUDE_MAX);
  }

  double north() {
    return degrees(row + 1, Place.LATITUDE_MAX);
  }

  /// The place that stands for all in this cell.
  Place center() {
    return new Place(
        Math.clamp((west() + east()) / 2, -Place.LONGITUDE_MAX, Place.LONGITUDE_MAX),
        Math.clamp((south() + north()) / 2, -Place.LATITUDE_MAX, Place.LATITUDE_MAX));
  }

  private double degrees(long index, double max) {
    return -max + (index * 1.0 / (1L << steps)) * (max - -max);
  }

  /// The lower 32 bits, with a zero in front of each.
  private static long spread(long bits) {
    long x = bits & 0xFFFF_FFFFL;
    x = (x | x << 16) & 0x0000_FFFF_0000_FFFFL;
    x = (x | x << 8) & 0x00FF_00FF_00FF_00FFL;
    x = (x | x << 4) & 0x0F0F_0F0F_0F0F_0F0FL;
    x = (x | x << 2) & 0x3333_3333_3333_3333L;
    return (x | x << 1) & 0x5555_5555_5555_5555L;
  }

  /// Every second bit, from the lowest on: the inverse of [#spread].
  private static long odd(long bits) {
    long x = bits & 0x5555_5555_5555_5555L;
    x = (x | x >>> 1) & 0x3333_3333_3333_3333L;
    x = (x | x >>> 2) & 0x0F0F_0F0F_0F0F_0F0FL;
    x = (x | x >>> 4) & 0x00FF_00FF_00FF_00FFL;
    x = (x | x >>> 8) & 0x0000_FFFF_0000_FFFFL;
    return (x | x >>> 16) & 0xFFFF_FFFFL;
  }
}
