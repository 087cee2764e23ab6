package io.karst.commands.geo;

import java.util.ArrayList;
import java.util.List;

/// Up to nine cells that cover an area: the one of its centre and those around that, of a grid
/// whose cells are not smaller than the area. The order is Redis's, for it is that of unsorted
/// replies.
final class Neighborhood {
  /// Half the circumference of the earth in the Mercator projection, in metres.
  private static final double MERCATOR_MAX = 20037726.37;

  /// Columns and rows from the centre, in the order in which they are searched.
  private static final int[][] AROUND = {
    {0, 1}, {0, -1}, {1, 0}, {-1, 0}, {1, 1}, {-1, 1}, {1, -1}, {-1, -1}
  };

  private Neighborhood() {}

  /// The cells to search, each once.
  static List<Cell> of(Area area) {
    int steps = steps(area.radius(), area.center().latitude());
    Cell center = Cell.of(area.center(), steps);
    if (steps > 1 && !covers(center, area)) {
      steps--;
      center = Cell.of(area.center(), steps);
    }
    List<Cell> cells = new ArrayList<>(1 + AROUND.length);
    cells.add(center);
    for (int[] move : AROUND) {
      Cell cell = center.moved(move[0], move[1]);
      boolean searched = cells.size() > 1 && cells.getLast().equals(cell);
      boolean needed = steps < 2 || reaches(center, area, move[0], move[1]);
      if (needed && !searched) {
        cells.add(cell);
      }
    }
    return cells;
  }

  /// How fine a grid may be for its cells to be no smaller than a radius; coarser near the poles,
  /// where cells are narrow.
  private static int steps(double radiusMeters, double latitude) {
    if (radiusMeters == 0) {
      return Cell.STEPS_MAX;
    }
    int steps = 1;
    for (double meters = radiusMeters; meters < MERCATOR_MAX; meters *= 2) {
      steps++;
    }
    steps -= 2;
    if (Math.abs(latitude) > 66) {
      steps -= Math.abs(latitude) > 80 ? 2 : 1;
    }
    return Math.clamp(steps, 1, Cell.STEPS_MAX);
  }

  private static boolean covers(Cell center, Area area) {
    return center.moved(0, 1).north() >= area.north()
        && center.moved(0, -1).south() <= area.south()
        && center.moved(1, 0).east() >= area.east()
        && center.moved(-1, 0).west() <= area.west();
  }

  /// Whether the area goes beyond the central cell in this direction.
  private static boolean reaches(Cell center, Area area, int columns, int rows) {
    return !(rows < 0 && center.south() < area.south())
        && !(rows > 0 && center.north() > area.north())
        && !(columns < 0 && center.west() < area.west())
        && !(columns > 0 && center.east() > area.east());
  }
}
