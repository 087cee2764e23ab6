package io.karst.commands.geo;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Reply;
import io.karst.value.Scores;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// A place on the earth, in degrees.
record Place(double longitude, double latitude) {
  static final double LONGITUDE_MAX = 180;

  /// Where the Mercator projection makes the world a square.
  static final double LATITUDE_MAX = 85.05112878;

  private static final double EARTH_RADIUS_METERS = 6372797.560856;
  private static final double RADIANS = Math.PI / 180;

  /// Digits behind the point, of a coordinate that is answered.
  private static final int DIGITS = 17;

  /// Words `index` and `index + 1` as longitude and latitude.
  ///
  /// - throws [CommandException] if they are none, or beyond the grid.
  static Place read(Args args, int index) {
    Place place = new Place(degrees(args.bytes(index)), degrees(args.bytes(index + 1)));
    if (!(Math.abs(place.longitude) <= LONGITUDE_MAX && Math.abs(place.latitude) <= LATITUDE_MAX)) {
      throw CommandException.err(
          "invalid longitude,latitude pair "
              + fixed(place.longitude)
              + ","
              + fixed(place.latitude));
    }
    return place;
  }

  private static double degrees(Bytes word) {
    double degrees = Scores.parse(word);
    if (Double.isNaN(degrees)) {
      throw CommandException.notAFloat();
    }
    return degrees;
  }

  /// As C's `%f`.
  private static String fixed(double value) {
    if (Double.isInfinite(value)) {
      return value < 0 ? "-inf" : "inf";
    }
    String digits =
        new BigDecimal(Math.abs(value)).setScale(6, RoundingMode.HALF_EVEN).toPlainString();
    return Math.copySign(1, value) < 0 ? "-" + digits : digits;
  }

  static double radians(double degrees) {
    return degrees * RADIANS;
  }

  /// The angle at the centre of the earth, in degrees, of an arc of so many metres.
  static double arc(double meters) {
    return meters / EARTH_RADIUS_METERS / RADIANS;
  }

  /// Metres to another place along the sphere (the haversine formula).
  double distance(Place other) {
    double half = Math.sin((radians(other.longitude) - radians(longitude)) / 2);
    if (half == 0) {
      return distanceInLatitude(other);
    }
    double here = radians(latitude);
    double there = radians(other.latitude);
    double height = Math.sin((there - here) / 2);
    double square = height * height + Math.cos(here) * Math.cos(there) * half * half;
    return 2 * EARTH_RADIUS_METERS * Math.asin(Math.sqrt(square));
  }

  /// Metres to the latitude of another place.
  double distanceInLatitude(Place other) {
    return EARTH_RADIUS_METERS * Math.abs(radians(other.latitude) - radians(latitude));
  }

  /// An array of both coordinates.
  Reply reply() {
    return Reply.array(coordinate(longitude), coordinate(latitude));
  }

  private static Reply coordinate(double degrees) {
    BigDecimal digits = new BigDecimal(degrees).setScale(DIGITS, RoundingMode.HALF_EVEN);
    return new Reply.RealText(Bytes.utf8(digits.stripTrailingZeros().toPlainString()));
  }
}
