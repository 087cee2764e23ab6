package io.karst.server.net;

import static io.karst.commands.Command.write;

import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Deadline;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import io.karst.value.ValueType;
import java.util.List;

/// Commands that wait, on strings that are taken for queues of elements of four bytes: `APPEND`
/// adds to one.
final class BlockingCommands implements Operation {
  private static final int ELEMENT_SIZE = 4;

  @Override
  public List<Command> commands() {
    return List.of(
        write("BTAKE key [key ...] timeout", "1", "Takes.", BlockingCommands::take)
            .flags(Flag.BLOCKING),
        write("TAKE key", "1", "Takes.", (tx, args) -> taken(tx, args.key(1))),
        write("BMOVEALL source destination timeout", "1", "Moves.", BlockingCommands::move)
            .flags(Flag.BLOCKING),
        write("BSEE key timeout", "1", "Sees a change.", BlockingCommands::see)
            .flags(Flag.BLOCKING));
  }

  /// As `BLPOP`: the key and its first element.
  private static Reply take(Tx tx, Args args) {
    int last = args.count() - 1;
    long deadline = Deadline.ofSeconds(tx, args, last);
    for (int i = 1; i < last; i++) {
      Reply taken = taken(tx, args.key(i));
      if (!taken.equals(Reply.NIL)) {
        return Reply.array(new Reply.Bulk(args.bytes(i)), taken);
      }
    }
    return new Reply.Blocked(deadline, Reply.NIL_ARRAY, ValueType.STRING);
  }

  private static Reply taken(Tx tx, Key key) {
    Bytes value = tx.string(key);
    if (value == null) {
      return Reply.NIL;
    }
    int size = Math.min(ELEMENT_SIZE, value.length());
    Bytes taken = value.slice(0, size).copy();
    if (size == value.length()) {
      tx.delete(key);
    } else {
      tx.putString(key, value.slice(size, value.length() - size).copy(), Record.NO_EXPIRY);
    }
    return Reply.bulk(taken);
  }

  /// As `BLMOVE`: waits for the source only, and makes somebody else's key ready. The target must
  /// not hold `full`.
  private static Reply move(Tx tx, Args args) {
    long deadline = Deadline.ofSeconds(tx, args, 3);
    Bytes value = tx.string(args.key(1));
    if (value == null) {
      return new Reply.Blocked(deadline, Reply.NIL, ValueType.STRING).forFirst();
    }
    if (Bytes.utf8("full").equals(tx.string(args.key(2)))) {
      return new Reply.Err("FULL");
    }
    Bytes moved = value.copy();
    tx.append(args.key(2), moved);
    tx.delete(args.key(1));
    return Reply.bulk(moved);
  }

  /// As `XREADGROUP`: answers what the key has when it changes, an error when it is deleted.
  private static Reply see(Tx tx, Args args) {
    Bytes value = tx.string(args.key(1));
    Bytes before = value == null ? Bytes.EMPTY : value.copy();
    return new Reply.Blocked(Deadline.ofMillis(tx, args, 2), Reply.NIL, null)
        .orGone()
        .then((again, words) -> seen(again, words, before));
  }

  private static Reply seen(Tx tx, Args args, Bytes before) {
    Bytes value = tx.string(args.key(1));
    if (value == null) {
      return new Reply.Err("GONE");
    }
    return value.equals(before)
        ? new Reply.Blocked(Reply.Blocked.FOREVER, Reply.NIL, null)
        : Reply.bulk(value);
  }
}
