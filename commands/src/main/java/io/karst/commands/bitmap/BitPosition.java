package io.karst.commands.bitmap;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.List;

/// `BITPOS`: the first one or zero in a string or a range of it, -1 if there is none.
///
/// Without an end the string goes on in zeros, so that the first zero of a string of ones is just
/// past it. The arguments are read first, as by [BitCount].
@AutoService(Operation.class)
public final class BitPosition implements Operation {
  private static final Reply NONE = Reply.of(Bits.NONE);

  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "BITPOS key bit [start [end [BYTE | BIT]]]",
                "2.8.7",
                "Finds the first one or zero in a string.",
                BitPosition::find)
            .complexity("O(N), N being the length of the string")
            .history("7.0.0", "Added the `BYTE` and `BIT` options."));
  }

  private static Reply find(Tx tx, Args args) {
    boolean one = bit(args.int64(2));
    int words = args.count();
    if (words > 6) {
      throw CommandException.syntax();
    }
    long start = words > 3 ? args.int64(3) : 0;
    boolean bits = words == 6 && BitRange.inBits(args, 5);
    long end = words > 4 ? args.int64(4) : -1;
    Bytes string = tx.wholeString(args.key(1));
    if (string == null) {
      return one ? NONE : Reply.ZERO;
    }
    BitRange range = BitRange.of(start, end, bits, string.length());
    if (range.isEmpty()) {
      return NONE;
    }
    long found = Bits.find(string, one, range.first(), range.last());
    return Reply.of(found == Bits.NONE && !one && words < 5 ? range.last() + 1 : found);
  }

  private static boolean bit(long value) {
    if (value != 0 && value != 1) {
      throw CommandException.err("The bit argument must be 1 or 0.");
    }
    return value == 1;
  }
}
