package io.karst.commands.sortedset;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.generic.Cursor;
import io.karst.commands.generic.ElementScan;
import io.karst.engine.Tx;
import java.util.List;

/// `ZSCAN`: some members of a sorted set with their scores, and the cursor to go on with; see
/// [ElementScan].
@AutoService(Operation.class)
public final class ScanMembers implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "ZSCAN key cursor [MATCH pattern] [COUNT count]",
                "2.8.0",
                "Lists the members of a sorted set step by step.",
                ScanMembers::scan)
            .complexity("O(1) for a call, O(N) for all, N being the number of members")
            .keyFlags(KeyFlag.READ_ONLY, KeyFlag.ACCESS)
            .tips("nondeterministic_output"));
  }

  private static Reply scan(Tx tx, Args args) {
    long cursor = Cursor.parse(args.bytes(2));
    return ElementScan.scan(tx.sortedSet(args.key(1)), cursor, args);
  }
}
