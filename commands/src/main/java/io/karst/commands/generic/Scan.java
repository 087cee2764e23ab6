package io.karst.commands.generic;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.List;

/// `SCAN`: some keys, and the cursor to go on with, 0 at the end.
///
/// A key that is there from the first call to the last is shown at least once, whatever changes in
/// between. A pattern that tells a slot visits that slot only. Of the arguments, all but the
/// cursor may change from call to call.
@AutoService(Operation.class)
public final class Scan implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "SCAN cursor [MATCH pattern] [COUNT count] [TYPE type]",
                "2.8.0",
                "Lists keys step by step.",
                Scan::scan)
            .noKeys()
            .slow() // It may have to read from disk.
            .complexity("O(1) for a call, O(N) for all, N being the number of keys")
            .tips("nondeterministic_output", "request_policy:special")
            .history("6.0.0", "Takes `TYPE`."));
  }

  private static Reply scan(Tx tx, Args args) {
    long cursor = Cursor.parse(args.bytes(1));
    ScanOptions options = ScanOptions.read(args, 2);
    ScanCollector found = new ScanCollector(options);
    long next = tx.scan(cursor, options.count(), options.onlySlot(), found);
    return Reply.array(Reply.bulk(Decimal.of(next)), new Reply.Strings(found.keys()));
  }
}
