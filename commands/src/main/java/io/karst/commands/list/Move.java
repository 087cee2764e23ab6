package io.karst.commands.list;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Deadline;
import io.karst.commands.Flag;
import io.karst.commands.KeyFlag;
import io.karst.commands.KeySpec;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.ListView;
import io.karst.engine.Tx;
import io.karst.value.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `LMOVE`, `RPOPLPUSH`: take an element at an end of a list and add it at an end of another, or of
/// the same, which turns it round. `BLMOVE`, `BRPOPLPUSH` wait until there is one.
@AutoService(Operation.class)
public final class Move implements Operation {
  private static final String SUMMARY = "Moves an element from one list to another.";

  @Override
  public List<Command> commands() {
    return List.of(
        refined(
            write(
                "LMOVE source destination <LEFT | RIGHT> <LEFT | RIGHT>",
                "6.2.0",
                SUMMARY,
                (tx, args) -> {
                  boolean fromHead = ListEnd.isHead(args, 3);
                  return reply(move(tx, args, fromHead, ListEnd.isHead(args, 4), false));
                })),
        refined(
                write(
                    "RPOPLPUSH source destination",
                    "1.2.0",
                    "Moves the last element of a list before the first of another.",
                    (tx, args) -> reply(move(tx, args, false, true, false))))
            .deprecated("6.2.0", "`LMOVE` with `RIGHT` and `LEFT`"),
        refined(
                write(
                    "BLMOVE source destination <LEFT | RIGHT> <LEFT | RIGHT> timeout",
                    "6.2.0",
                    "Moves an element from one list to another; waits for one.",
                    (tx, args) -> {
                      boolean fromHead = ListEnd.isHead(args, 3);
                      boolean toHead = ListEnd.isHead(args, 4);
                      long deadline = Deadline.ofSeconds(tx, args, 5);
                      return replyOrWait(tx, move(tx, args, fromHead, toHead, true), deadline);
                    }))
            .flags(Flag.NO_SCRIPT, Flag.BLOCKING),
        refined(
                write(
                    "BRPOPLPUSH source destination timeout",
                    "2.2.0",
                    "Moves the last element of a list before the first of another; waits for one.",
                    (tx, args) -> {
                      long deadline = Deadline.ofSeconds(tx, args, 3);
                      return replyOrWait(tx, move(tx, args, false, true, true), deadline);
                    }))
            .flags(Flag.NO_SCRIPT, Flag.BLOCKING)
            .history("6.0.0", "The timeout may have a fraction.")
            .deprecated("6.2.0", "`BLMOVE` with `RIGHT` and `LEFT`"));
  }

  static Command refined(Command command) {
    return command
        .denyOom()
        .complexity("O(1)")
        .keys(
            KeySpec.at(1).flags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.DELETE),
            KeySpec.at(2).flags(KeyFlag.READ_WRITE, KeyFlag.INSERT));
  }

  private static Reply reply(@Nullable Bytes moved) {
    return moved == null ? Reply.NIL : new Reply.Bulk(moved);
  }

  /// After its time the answer is a null array, and where nobody can wait a null string, as in
  /// Redis.
  private static Reply replyOrWait(Tx tx, @Nullable Bytes moved, long deadline) {
    return moved == null && tx.waits().mayBlock()
        ? new Reply.Blocked(deadline, Reply.NIL_ARRAY, ValueType.LIST).forFirst()
        : reply(moved);
  }

  /// The element, or null if there is no source.
  ///
  /// - `waits`: whether those who came before come first.
  private static @Nullable Bytes move(
      Tx tx, Args args, boolean fromHead, boolean toHead, boolean waits) {
    ListView source = tx.listForUpdate(args.key(1));
    if (!source.exists() || (waits && !tx.waits().mayTake(args.key(1)))) {
      return null;
    }
    ListView target = target(tx, args, source);
    Bytes element = source.copy(fromHead ? 0 : source.size() - 1);
    if (target != source || fromHead != toHead) {
      source.move(fromHead, target, toHead, List.of(element));
    }
    return element;
  }

  /// The list to add to: the same object as the source, if it is that.
  @SuppressWarnings("ReferenceEquality")
  static ListView target(Tx tx, Args args, ListView source) {
    return args.bytes(1).equals(args.bytes(2)) ? source : tx.listForUpdate(args.key(2));
  }
}
