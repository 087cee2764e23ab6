package io.karst.commands.string;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.List;

/// `SETRANGE`: overwrites part of a string from an offset on, with zeros between its end and there;
/// returns the new length.
///
/// Writing nothing changes nothing, whatever the offset, and creates no key.
@AutoService(Operation.class)
public final class SetRange implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write("SETRANGE key offset value", "2.2.0", "Overwrites part of a string.", SetRange::set)
            .denyOom()
            .complexity("O(N), N being the length of the value; more if the string grows")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.UPDATE));
  }

  private static Reply set(Tx tx, Args args) {
    long offset = args.int64(2);
    if (offset < 0) {
      throw CommandException.err("offset is out of range");
    }
    Bytes part = args.bytes(3);
    int length = tx.stringLength(args.key(1));
    if (part.isEmpty()) {
      return Reply.of(length);
    }
    // The sum of the two may not fit 64 bits, the offset and any limit do.
    StringErrors.checkLength(tx, Math.min(offset, Integer.MAX_VALUE) + part.length());
    return Reply.of(tx.setRange(args.key(1), (int) offset, part));
  }
}
