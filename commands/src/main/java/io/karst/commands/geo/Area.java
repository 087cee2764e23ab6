package io.karst.commands.geo;

import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.value.Scores;

/// The part of the earth around a place that a search looks at.
///
/// - `width`, `height`: of a box, or the diameter of a circle, in metres.
record Area(Place center, boolean isBox, double width, double height, Unit unit) {

  /// Its extent, before it is known around which place.
  record Extent(boolean isBox, double width, double height, Unit unit) {
    /// A radius and its unit, at word `index`.
    static Extent circle(Args args, int index) {
      double radius = number(args, index, "need numeric radius");
      if (radius < 0) {
        throw CommandException.err("radius cannot be negative");
      }
      Unit unit = Unit.read(args, index + 1);
      return new Extent(false, 2 * radius * unit.meters, 2 * radius * unit.meters, unit);
    }

    /// Width, height and their unit, at word `index`.
    static Extent box(Args args, int index) {
      double width = number(args, index, "need numeric width");
      double height = number(args, index + 1, "need numeric height");
      if (width < 0 || height < 0) {
        throw CommandException.err("height or width cannot be negative");
      }
      Unit unit = Unit.read(args, index + 2);
      return new Extent(true, width * unit.meters, height * unit.meters, unit);
    }

    private static double number(Args args, int index, String otherwise) {
      double number = Scores.parse(args.bytes(index));
      if (Double.isNaN(number)) {
        throw CommandException.err(otherwise);
      }
      return number;
    }

    Area around(Place center) {
      return new Area(center, isBox, width, height, unit);
    }
  }

  /// Metres from the centre to the farthest place.
  double radius() {
    return isBox ? Math.sqrt(width / 2 * (width / 2) + height / 2 * (height / 2)) : width / 2;
  }

  /// Metres from the centre to a place, NaN if that is outside.
  double distance(Place place) {
    if (isBox && isBeside(place)) {
      return Double.NaN;
    }
    double distance = center.distance(place);
    return isBox || distance <= width / 2 ? distance : Double.NaN;
  }

  private boolean isBeside(Place place) {
    return place.distanceInLatitude(center) > height / 2
        || place.distance(new Place(center.longitude(), place.latitude())) > width / 2;
  }

  double south() {
    return center.latitude() - Place.arc(height / 2);
  }

  double north() {
    return center.latitude() + Place.arc(height / 2);
  }

  double west() {
    return center.longitude() - widest();
  }

  double east() {
    return center.longitude() + widest();
  }

  /// Half the width in degrees of longitude, at the edge that is farther from the equator: there
  /// they are most.
  private double widest() {
    double edge = center.latitude() < 0 ? south() : north();
    return Place.arc(width / 2 / Math.cos(Place.radians(edge)));
  }
}
