package io.karst.commands.hash;

import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.WordBatch;
import io.karst.engine.Tx;
import org.jspecify.annotations.Nullable;

/// The options of `HGETEX` and `HSETEX`, in any order around their list of fields.
///
/// - `condition`: what must hold of all fields, or null.
/// - `other`: whether the word that stands in the place of a time was given.
/// - `atMillis`: the time, if one was given, else negative.
/// - `fields`: with their values, if they have some.
record FieldOptions(@Nullable Condition condition, boolean other, long atMillis, WordBatch fields) {
  static final long NO_TIME = -1;

  /// What must hold of every field for `HSETEX` to set any.
  enum Condition {
    /// It is missing.
    FNX,
    /// It is there.
    FXX;

    /// The condition word `index` names, or null if it names none.
    private static @Nullable Condition of(Args args, int index) {
      return args.is(index, "FNX") ? FNX : args.is(index, "FXX") ? FXX : null;
    }
  }

  private static final String[] UNITS = {"EX", "PX", "EXAT", "PXAT"};

  static FieldOptions read(Tx tx, Args args, String command, boolean sets) {
    return new Reader(tx, args, command, sets).read();
  }

  boolean hasTime() {
    return atMillis != NO_TIME;
  }

  /// Reads them once, from the first to the last.
  private static final class Reader {
    private final Tx tx;
    private final Args args;
    private final String command;
    private final int stride;
    private final String otherWord;
    private @Nullable Condition condition;
    private @Nullable WordBatch fields;
    private boolean other;
    private long atMillis = NO_TIME;
    private int next = 2;

    Reader(Tx tx, Args args, String command, boolean sets) {
      this.tx = tx;
      this.args = args;
      this.command = command;
      stride = sets ? 2 : 1;
      otherWord = sets ? "KEEPTTL" : "PERSIST";
    }

    FieldOptions read() {
      while (next < args.count()) {
        if (args.is(next, "FIELDS")) {
          readFields();
        } else if (!readTime() && !(stride == 2 && readCondition())) {
          throw CommandException.err("unknown argument: " + args.bytes(next).utf8());
        }
      }
      if (fields == null) {
        throw CommandException.err("missing FIELDS argument");
      }
      return new FieldOptions(condition, other, atMillis, fields);
    }

    private void readFields() {
      if (fields != null) {
        throw CommandException.err("multiple FIELDS argument");
      }
      if (next + 1 + stride >= args.count()) {
        throw wrongCount();
      }
      long count = FieldList.count(args, next + 1, "invalid number of fields");
      if (count > Integer.MAX_VALUE) {
        throw CommandException.err("invalid number of fields");
      }
      int first = next + 2;
      if (count * stride > args.count() - first) {
        throw wrongCount();
      }
      fields = new WordBatch(args, first, (int) count, stride);
      next = first + (int) count * stride;
    }

    private CommandException wrongCount() {
      return CommandException.err("wrong number of arguments for '" + command + "' command");
    }

    private boolean readTime() {
      if (args.is(next, otherWord)) {
        checkFirst();
        other = true;
        next++;
        return true;
      }
      for (String unit : UNITS) {
        if (args.is(next, unit)) {
          checkFirst();
          if (next + 1 == args.count()) {
            throw CommandException.err("missing expire time");
          }
          long base = unit.endsWith("AT") ? 0 : tx.now();
          int millis = unit.startsWith("EX") ? 1000 : 1;
          atMillis = FieldTime.parse(args, next + 1, millis, base, command);
          next += 2;
          return true;
        }
      }
      return false;
    }

    private void checkFirst() {
      if (other || atMillis != NO_TIME) {
        throw CommandException.err(
            "Only one of EX, PX, EXAT, PXAT or " + otherWord + " arguments can be specified");
      }
    }

    private boolean readCondition() {
      Condition named = Condition.of(args, next);
      if (named == null) {
        return false;
      }
      if (condition != null) {
        throw CommandException.err("Only one of FXX or FNX arguments can be specified");
      }
      condition = named;
      next++;
      return true;
    }
  }
}
