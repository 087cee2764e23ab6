package io.karst.commands.string;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.base.Extended;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import java.util.List;

/// `INCREX`: adds to a number, within bounds, and sets the expiry of its key: a rate limiter in one
/// command.
///
/// A sum out of bounds (the type's own included) changes nothing, not even the expiry, and answers
/// the old value and 0; with `SATURATE` it is cut to the bound. Answers the new value and what was
/// really added.
@AutoService(Operation.class)
public final class IncrementWithin implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "INCREX key [BYFLOAT increment | BYINT increment] [LBOUND lowerbound]"
                    + " [UBOUND upperbound] [SATURATE] [EX seconds | PX milliseconds"
                    + " | EXAT unix-time-seconds | PXAT unix-time-milliseconds | PERSIST] [ENX]",
                "8.8.0",
                "Adds to a number within bounds, and sets the expiry of its key.",
                IncrementWithin::add)
            .fast()
            .denyOom()
            .complexity("O(1)")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.UPDATE));
  }

  private static Reply add(Tx tx, Args args) {
    IncrementOptions options = new IncrementOptions(args);
    return options.isFloat() ? addReal(tx, args, options) : addInteger(tx, args, options);
  }

  private static Reply addInteger(Tx tx, Args args, IncrementOptions options) {
    long increment = options.integer(options.increment(), "Increment", 1);
    long lower = options.integer(options.lowerBound(), "LBOUND", Long.MIN_VALUE);
    long upper = options.integer(options.upperBound(), "UBOUND", Long.MAX_VALUE);
    checkBounds(lower <= upper);
    long expiry = expiry(tx, args, options);
    long before = tx.int64(args.key(1), 0);
    long sum = before + increment;
    boolean overflows = ((before ^ sum) & (increment ^ sum)) < 0;
    if (overflows) {
      sum = increment > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
    if (!options.saturates() && (overflows || sum < lower || sum > upper)) {
      return Reply.array(Reply.of(before), Reply.ZERO);
    }
    long after = Math.clamp(sum, lower, upper);
    long added = after - before;
    if (((after ^ before) & (after ^ added)) < 0) {
      throw CommandException.err("applied increment would overflow");
    }
    put(tx, args.key(1), Decimal.of(after), expiry, options);
    return Reply.array(Reply.of(after), Reply.of(added));
  }

  private static Reply addReal(Tx tx, Args args, IncrementOptions options) {
    Extended increment = options.real(options.increment(), "Increment", Extended.ZERO);
    if (increment.isInfinite()) {
      throw CommandException.err("BYFLOAT increment cannot be Infinity");
    }
    Extended lower = options.real(options.lowerBound(), "LBOUND", Extended.MIN);
    Extended upper = options.real(options.upperBound(), "UBOUND", Extended.MAX);
    checkBounds(lower.compareTo(upper) <= 0);
    long expiry = expiry(tx, args, options);
    Extended before = value(tx, args.key(1));
    Extended sum = before.plus(increment);
    boolean within = sum.compareTo(lower) >= 0 && sum.compareTo(upper) <= 0;
    if (!options.saturates() && (sum.isInfinite() || !within)) {
      return Reply.array(real(before), real(Extended.ZERO));
    }
    Extended after = clamp(sum, lower, upper);
    Extended added = after.isInfinite() ? after : after.minus(before);
    if (added.isInfinite()) {
      throw CommandException.err("applied increment would be Infinity");
    }
    put(tx, args.key(1), after.format(), expiry, options);
    return Reply.array(real(after), real(added));
  }

  private static Extended value(Tx tx, Key key) {
    Bytes text = tx.string(key);
    Extended value = text == null ? Extended.ZERO : Extended.parse(text);
    if (value == null) {
      throw CommandException.notAFloat();
    }
    if (value.isInfinite()) {
      throw CommandException.err("value cannot be Infinity");
    }
    return value;
  }

  private static Extended clamp(Extended sum, Extended lower, Extended upper) {
    if (sum.compareTo(lower) < 0) {
      return lower;
    }
    return sum.compareTo(upper) > 0 ? upper : sum;
  }

  private static void checkBounds(boolean inOrder) {
    if (!inOrder) {
      throw CommandException.err("LBOUND can't be greater than UBOUND");
    }
  }

  private static long expiry(Tx tx, Args args, IncrementOptions options) {
    return options.expiry().at(tx, args, "increx", Record.NO_EXPIRY, Tx.KEEP_EXPIRY);
  }

  private static void put(Tx tx, Key key, Bytes text, long expiry, IncrementOptions options) {
    boolean keeps = options.onlyIfNoExpiry() && tx.expiry(key) >= 0;
    tx.putString(key, text, keeps ? Tx.KEEP_EXPIRY : expiry);
  }

  private static Reply real(Extended number) {
    return new Reply.RealText(number.format());
  }
}
