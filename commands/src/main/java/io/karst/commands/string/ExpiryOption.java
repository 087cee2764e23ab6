package io.karst.commands.string;

import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.engine.Tx;
import org.jspecify.annotations.Nullable;

/// The expiry among the options of a command: a time, or the one word that stands in its place
/// (`KEEPTTL`, `PERSIST`).
///
/// Read in two steps, as the order of errors wants: [#take] while the options are read, [#at] when
/// all of them are known to be well formed.
final class ExpiryOption {
  private final String otherWord;
  private @Nullable ExpiryUnit unit;
  private int valueIndex;
  private boolean other;

  /// - `otherWord`: what may stand instead of a time, upper case.
  ExpiryOption(String otherWord) {
    this.otherWord = otherWord;
  }

  /// Takes the option that begins at word `index`, if it is one of these, and returns the number
  /// of its words, else 0.
  ///
  /// - throws [CommandException] if its value is missing or another one was taken before.
  int take(Args args, int index) {
    if (args.is(index, otherWord)) {
      if (unit != null) {
        throw CommandException.syntax();
      }
      other = true;
      return 1;
    }
    ExpiryUnit named = ExpiryUnit.of(args, index);
    if (named == null) {
      return 0;
    }
    if (other || (unit != null && unit != named) || index + 1 == args.count()) {
      throw CommandException.syntax();
    }
    unit = named;
    valueIndex = index + 1;
    return 2;
  }

  /// Whether a time was given.
  boolean isTime() {
    return unit != null;
  }

  /// Whether the word in place of a time was given.
  boolean isOther() {
    return other;
  }

  /// Whether anything was given.
  boolean isGiven() {
    return other || unit != null;
  }

  /// The time in milliseconds since 1970; `forOther` if the other word was given, `forNone` if
  /// nothing was.
  long at(Tx tx, Args args, String command, long forOther, long forNone) {
    if (unit != null) {
      return unit.at(tx, args, valueIndex, command);
    }
    return other ? forOther : forNone;
  }
}
