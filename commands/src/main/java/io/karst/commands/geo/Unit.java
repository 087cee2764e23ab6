package io.karst.commands.geo;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Reply;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// What distances are measured in.
enum Unit {
  M(1),
  KM(1000),
  FT(0.3048),
  MI(1609.34);

  private static final int DIGITS = 4;

  final double meters;

  Unit(double meters) {
    this.meters = meters;
  }

  /// Word `index` as a unit.
  static Unit read(Args args, int index) {
    for (Unit unit : values()) {
      if (args.is(index, unit.name())) {
        return unit;
      }
    }
    throw CommandException.err("unsupported unit provided. please use M, KM, FT, MI");
  }

  /// A distance in this unit, with four digits behind the point.
  Reply reply(double distanceMeters) {
    BigDecimal distance = new BigDecimal(distanceMeters / meters);
    return new Reply.Bulk(
        Bytes.utf8(distance.setScale(DIGITS, RoundingMode.HALF_EVEN).toPlainString()));
  }
}
