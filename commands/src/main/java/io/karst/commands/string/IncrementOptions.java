package io.karst.commands.string;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.base.Extended;
import io.karst.commands.Args;

/// The options of `INCREX`, in any order, each at most once. Numbers are read when they are asked
/// for: only then it is known whether they are integers.
final class IncrementOptions {
  /// The index of an option that was not given.
  private static final int NONE = 0;

  private final Args args;
  private final ExpiryOption expiry = new ExpiryOption("PERSIST");
  private int increment = NONE;
  private int lowerBound = NONE;
  private int upperBound = NONE;
  private boolean isFloat;
  private boolean saturates;
  private boolean onlyIfNoExpiry;

  /// - throws [CommandException] for what is no option, for a repetition, and for what does not
  ///   go together.
  IncrementOptions(Args args) {
    this.args = args;
    for (int i = 2; i < args.count(); ) {
      i += take(i);
    }
    if (onlyIfNoExpiry && expiry.isOther()) {
      throw CommandException.syntax();
    }
    if (onlyIfNoExpiry && !expiry.isTime()) {
      throw CommandException.err("ENX flag requires an expiration");
    }
  }

  private int take(int index) {
    if (args.is(index, "BYINT") || args.is(index, "BYFLOAT")) {
      isFloat = args.is(index, "BYFLOAT");
      increment = valueIndex(index, increment);
      return 2;
    }
    if (args.is(index, "LBOUND")) {
      lowerBound = valueIndex(index, lowerBound);
      return 2;
    }
    if (args.is(index, "UBOUND")) {
      upperBound = valueIndex(index, upperBound);
      return 2;
    }
    if (args.is(index, "SATURATE")) {
      saturates = once(saturates);
      return 1;
    }
    if (args.is(index, "ENX")) {
      onlyIfNoExpiry = once(onlyIfNoExpiry);
      return 1;
    }
    boolean given = expiry.isGiven();
    int words = expiry.take(args, index);
    if (words == 0 || given) {
      throw CommandException.syntax();
    }
    return words;
  }

  private int valueIndex(int index, int before) {
    if (before != NONE || index + 1 == args.count()) {
      throw CommandException.syntax();
    }
    return index + 1;
  }

  private static boolean once(boolean before) {
    if (before) {
      throw CommandException.syntax();
    }
    return true;
  }

  boolean isFloat() {
    return isFloat;
  }

  boolean saturates() {
    return saturates;
  }

  /// Whether a key keeps the expiry it has.
  boolean onlyIfNoExpiry() {
    return onlyIfNoExpiry;
  }

  ExpiryOption expiry() {
    return expiry;
  }

  int increment() {
    return increment;
  }

  int lowerBound() {
    return lowerBound;
  }

  int upperBound() {
    return upperBound;
  }

  /// The integer at `index`, or `none` if the option was not given.
  ///
  /// - `name`: what the error calls it.
  long integer(int index, String name, long none) {
    if (index == NONE) {
      return none;
    }
    Bytes word = args.bytes(index);
    if (!Decimal.isInt64(word)) {
      throw CommandException.err(name + " is not an integer or out of range");
    }
    return Decimal.parse(word);
  }

  /// The number at `index`, perhaps infinite, or `none` if the option was not given.
  ///
  /// - `name`: what the error calls it.
  Extended real(int index, String name, Extended none) {
    if (index == NONE) {
      return none;
    }
    Extended value = Extended.parse(args.bytes(index));
    if (value == null) {
      throw CommandException.err(name + " is not a valid float");
    }
    return value;
  }
}
