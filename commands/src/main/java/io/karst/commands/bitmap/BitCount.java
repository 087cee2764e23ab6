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

/// `BITCOUNT`: the number of ones in a string or a range of it.
///
/// The arguments are read first: mistakes in them are errors even if the key is missing, as in
/// Redis since 7.2.
@AutoService(Operation.class)
public final class BitCount implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "BITCOUNT key [start end [BYTE | BIT]]",
                "2.6.0",
                "Counts the ones in a string.",
                BitCount::count)
            .complexity("O(N), N being the length of the string")
            .history("7.0.0", "Added the `BYTE` and `BIT` options."));
  }

  private static Reply count(Tx tx, Args args) {
    int words = args.count();
    if (words == 3 || words > 5) {
      throw CommandException.syntax();
    }
    long start = words == 2 ? 0 : args.int64(2);
    long end = words == 2 ? -1 : args.int64(3);
    boolean bits = words > 2 && BitRange.inBits(args, 4);
    Bytes string = tx.wholeString(args.key(1));
    if (string == null || (start < 0 && end < 0 && start > end)) {
      return Reply.ZERO;
    }
    BitRange range = BitRange.of(start, end, bits, string.length());
    return range.isEmpty() ? Reply.ZERO : Reply.of(Bits.count(string, range.first(), range.last()));
  }
}
