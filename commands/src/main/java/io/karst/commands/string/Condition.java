package io.karst.commands.string;

import io.karst.base.Bytes;
import io.karst.commands.Args;
import org.jspecify.annotations.Nullable;

/// What must hold of a key for a command to change it.
enum Condition {
  NX(false),
  XX(false),
  IFEQ(true),
  IFNE(true),
  IFDEQ(true),
  IFDNE(true);

  private static final Condition[] ALL = values();

  private final boolean compares;

  Condition(boolean compares) {
    this.compares = compares;
  }

  /// The condition word `index` names, or null if it names none.
  static @Nullable Condition of(Args args, int index) {
    for (Condition condition : ALL) {
      if (args.is(index, condition.name())) {
        return condition;
      }
    }
    return null;
  }

  /// Whether it is about the value, which must be a string then, and has an operand.
  boolean compares() {
    return compares;
  }

  /// Whether it holds of a key that exists or not.
  boolean holds(boolean exists) {
    return switch (this) {
      case NX, IFNE, IFDNE -> !exists;
      case XX, IFEQ, IFDEQ -> exists;
    };
  }

  /// Whether it holds of a string.
  boolean holds(Bytes value, Bytes operand) {
    return switch (this) {
      case NX -> false;
      case XX -> true;
      case IFEQ -> value.equals(operand);
      case IFNE -> !value.equals(operand);
      case IFDEQ -> Digest.matches(value, operand);
      case IFDNE -> !Digest.matches(value, operand);
    };
  }
}
