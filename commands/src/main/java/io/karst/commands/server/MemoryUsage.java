package io.karst.commands.server;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.List;

/// `MEMORY USAGE`: what a key takes, its name and its place in the table included.
///
/// The allocator knows it exactly, so `SAMPLES` changes nothing in the answer.
@AutoService(Operation.class)
public final class MemoryUsage implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "MEMORY USAGE key [SAMPLES count]",
                "4.0.0",
                "Answers how many bytes a key takes.",
                MemoryUsage::usage)
            .complexity("O(1)")
            .keyFlags(KeyFlag.READ_ONLY));
  }

  private static Reply usage(Tx tx, Args args) {
    if (args.count() > 3) {
      checkSamples(args);
    }
    long bytes = tx.usage().memory(args.key(2));
    return bytes < 0 ? Reply.NIL : new Reply.Int(bytes);
  }

  private static void checkSamples(Args args) {
    if (args.count() != 5 || !args.is(3, "SAMPLES") || args.int64(4) < 0) {
      throw CommandException.syntax();
    }
  }
}
