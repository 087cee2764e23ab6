package io.karst.commands.hash;

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

/// `HSCAN`: some fields of a hash with their values, and the cursor to go on with; see
/// [ElementScan].
@AutoService(Operation.class)
public final class ScanFields implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "HSCAN key cursor [MATCH pattern] [COUNT count] [NOVALUES]",
                "2.8.0",
                "Lists the fields of a hash step by step.",
                ScanFields::scan)
            .complexity("O(1) for a call, O(N) for all, N being the number of fields")
            .keyFlags(KeyFlag.READ_ONLY, KeyFlag.ACCESS)
            .tips("nondeterministic_output")
            .history("7.4.0", "Takes `NOVALUES`."));
  }

  private static Reply scan(Tx tx, Args args) {
    long cursor = Cursor.parse(args.bytes(2));
    return ElementScan.scan(tx.hash(args.key(1)), cursor, args, true);
  }
}
