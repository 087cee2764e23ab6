package io.karst.commands.bitmap;

import static io.karst.commands.Command.read;
import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.bitmap.FieldType.Overflow;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/// `BITFIELD`, `BITFIELD_RO`: read, set and add to integers of any width within a string.
///
/// All operations are read and checked before the first one runs. If any of them writes, the
/// string is extended to the end of the last field written, whether it overflows or not.
@AutoService(Operation.class)
public final class BitField implements Operation {
  private static final EnumSet<KeyFlag> READS = EnumSet.of(KeyFlag.READ_ONLY, KeyFlag.ACCESS);
  private static final EnumSet<KeyFlag> READS_AND_WRITES =
      EnumSet.of(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.UPDATE);
  private static final String COMPLEXITY = "O(1) for each operation";

  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "BITFIELD key [GET encoding offset | [OVERFLOW <WRAP | SAT | FAIL>]"
                    + " <SET encoding offset value | INCRBY encoding offset increment>"
                    + " [GET encoding offset | [OVERFLOW <WRAP | SAT | FAIL>]"
                    + " <SET encoding offset value | INCRBY encoding offset increment> ...]]",
                "3.2.0",
                "Reads and writes integers of any width within a string.",
                (tx, args) -> run(tx, args, FieldOperation.parseAll(tx, args)))
            .denyOom()
            .complexity(COMPLEXITY)
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.UPDATE, KeyFlag.VARIABLE_FLAGS)
            .keyFlagsOf(args -> onlyGets(args) ? READS : READS_AND_WRITES),
        read(
                "BITFIELD_RO key [GET encoding offset [GET encoding offset ...]]",
                "6.0.0",
                "Reads integers of any width within a string.",
                BitField::readOnly)
            .fast()
            .complexity(COMPLEXITY));
  }

  private static boolean onlyGets(Args args) {
    for (int i = 2; i < args.count(); i += 3) {
      if (!args.is(i, "GET")) {
        return false;
      }
    }
    return true;
  }

  private static Reply readOnly(Tx tx, Args args) {
    List<FieldOperation> operations = FieldOperation.parseAll(tx, args);
    for (FieldOperation operation : operations) {
      if (operation.writes()) {
        throw CommandException.err("BITFIELD_RO only supports the GET subcommand");
      }
    }
    return run(tx, args, operations);
  }

  private static Reply run(Tx tx, Args args, List<FieldOperation> operations) {
    Key key = args.key(1);
    int length = tx.stringLength(key);
    int end = length;
    for (FieldOperation operation : operations) {
      if (operation.writes()) {
        end = Math.max(end, operation.endByte());
      }
    }
    if (end > length) {
      tx.setRange(key, end, Bytes.EMPTY);
    }
    List<Reply> replies = new ArrayList<>(operations.size());
    for (FieldOperation operation : operations) {
      replies.add(run(tx, key, operation));
    }
    return new Reply.Array(replies);
  }

  private static Reply run(Tx tx, Key key, FieldOperation operation) {
    FieldType type = operation.type();
    FieldBytes field = FieldBytes.read(tx, key, operation.offset(), type.width());
    long before = type.extend(field.bits());
    return switch (operation.kind()) {
      case GET -> Reply.of(before);
      case SET -> {
        boolean fails = fails(operation, type.overflows(operation.operand()));
        long after = type.fit(operation.operand(), operation.overflow());
        yield fails ? Reply.NIL : written(tx, key, field, after, before, before);
      }
      case INCRBY -> {
        boolean fails = fails(operation, type.overflows(before, operation.operand()));
        long after = type.add(before, operation.operand(), operation.overflow());
        yield fails ? Reply.NIL : written(tx, key, field, after, before, after);
      }
    };
  }

  private static boolean fails(FieldOperation operation, boolean overflows) {
    return overflows && operation.overflow() == Overflow.FAIL;
  }

  private static Reply written(
      Tx tx, Key key, FieldBytes field, long after, long before, long answer) {
    if (after != before) {
      field.write(tx, key, after);
    }
    return Reply.of(answer);
  }
}
