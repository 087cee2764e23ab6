package io.karst.commands.bitmap;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.KeySpec;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.List;

/// `BITOP`: combines strings bit by bit and stores the result, replacing what is there; returns its
/// length, that of the longest source.
///
/// Missing keys and what is past the end of a string count as zeros. An empty result deletes the
/// destination.
@AutoService(Operation.class)
public final class BitOperation implements Operation {
  private static final BitOperator[] OPERATORS = BitOperator.values();

  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "BITOP <AND | OR | XOR | NOT | DIFF | DIFF1 | ANDOR | ONE> destkey key [key ...]",
                "2.6.0",
                "Combines strings bit by bit.",
                BitOperation::combine)
            .denyOom()
            .complexity("O(N), N being the sum of the lengths of the strings")
            .keys(
                KeySpec.at(2).flags(KeyFlag.OVERWRITE, KeyFlag.UPDATE),
                KeySpec.range(3, -1, 1).flags(KeyFlag.READ_ONLY, KeyFlag.ACCESS))
            .history("8.2.0", "Added the `DIFF`, `DIFF1`, `ANDOR` and `ONE` operators."));
  }

  private static Reply combine(Tx tx, Args args) {
    BitOperator operator = operator(args);
    int sources = args.count() - 3;
    if (operator == BitOperator.NOT && sources != 1) {
      throw CommandException.err("BITOP NOT must be called with a single source key.");
    }
    if (operator.setsFirstApart() && sources < 2) {
      throw CommandException.err(
          "BITOP " + operator + " must be called with at least two source keys.");
    }
    List<Bytes> strings = new ArrayList<>(sources);
    int length = 0;
    for (int i = 3; i < args.count(); i++) {
      Bytes string = tx.wholeString(args.key(i));
      strings.add(string == null ? Bytes.EMPTY : string);
      length = Math.max(length, string == null ? 0 : string.length());
    }
    if (length == 0) {
      tx.delete(args.key(2));
    } else {
      Bytes result = new BitCombination(operator, strings, length);
      tx.putString(args.key(2), result, Record.NO_EXPIRY);
    }
    return Reply.of(length);
  }

  private static BitOperator operator(Args args) {
    for (BitOperator operator : OPERATORS) {
      if (args.is(1, operator.name())) {
        return operator;
      }
    }
    throw CommandException.syntax();
  }
}
