package io.karst.commands.generic;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.BulkList;
import io.karst.commands.Command;
import io.karst.commands.KeyUse;
import io.karst.commands.Operation;
import io.karst.commands.Reach;
import io.karst.commands.Reply;
import io.karst.engine.KeyRange;
import io.karst.engine.Tx;
import java.util.ArrayList;
import java.util.List;

/// `KEYRANGE`: the keys between two bounds, in the order of their bytes, unsigned. Karst's own.
///
/// With `REV` from the highest down, the bounds in that order too. With `WITHVALUES` each key is
/// followed by its value, nil for one that is no string. Not a snapshot: a key that is there from
/// the beginning to the end is among them, with a value that it had meanwhile.
@AutoService(Operation.class)
public final class ListRange implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "KEYRANGE min max [REV] [LIMIT count] [WITHVALUES]",
                "karst-1.0.0",
                "Lists the keys of a range, in order.",
                ListRange::list)
            .noKeys()
            .reaches(Reach.always(KeyUse.READ))
            .slow()
            .complexity(
                "O(M + D), M being the keys listed and D those changed since the last checkpoint;"
                    + " O(N log N) over all keys without a data directory"));
  }

  private record Options(boolean reverse, int limit, boolean values) {
    private static Options read(Args args) {
      boolean reverse = false;
      boolean values = false;
      int limit = Integer.MAX_VALUE;
      for (int i = 3; i < args.count(); i++) {
        if (args.is(i, "REV")) {
          reverse = true;
        } else if (args.is(i, "WITHVALUES")) {
          values = true;
        } else if (args.is(i, "LIMIT") && i + 1 < args.count()) {
          limit = limit(args.int64(++i));
        } else {
          throw CommandException.syntax();
        }
      }
      return new Options(reverse, limit, values);
    }

    private static int limit(long count) {
      if (count < 0) {
        throw CommandException.err("LIMIT can't be negative");
      }
      return (int) Math.min(count, Integer.MAX_VALUE);
    }
  }

  private static Reply list(Tx tx, Args args) {
    Options options = Options.read(args);
    int lowest = options.reverse() ? 2 : 1;
    KeyRange range = KeyBounds.read(args, lowest, 3 - lowest);
    return options.values() ? values(tx, range, options) : keys(tx, range, options);
  }

  private static Reply keys(Tx tx, KeyRange range, Options options) {
    BulkList found = new BulkList();
    tx.all()
        .range(
            range,
            options.limit(),
            options.reverse(),
            false,
            (key, type, expiryMillis, string) -> found.add(key));
    return new Reply.Strings(found);
  }

  private static Reply values(Tx tx, KeyRange range, Options options) {
    List<Reply> found = new ArrayList<>();
    tx.all()
        .range(
            range,
            options.limit(),
            options.reverse(),
            true,
            (key, type, expiryMillis, string) -> {
              found.add(Reply.bulk(key));
              found.add(string == null ? Reply.NIL : Reply.bulk(string.copy()));
            });
    return new Reply.Array(found);
  }
}
