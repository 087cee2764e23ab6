package io.karst.commands.stream;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.StreamView;
import io.karst.engine.Tx;
import io.karst.value.StreamCursor;
import io.karst.value.StreamId;
import io.karst.value.ValueType;
import java.util.ArrayList;
import java.util.List;

/// `XREAD`: the entries of several streams behind an id each, waited for if there are none.
///
/// Who waits for what is added from now on (`$`) waits behind the id that was the last when he
/// asked.
@AutoService(Operation.class)
public final class Read implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        Command.read(
                "XREAD [COUNT count] [MAXCOUNT maxcount] [MAXSIZE maxsize] [BLOCK milliseconds]"
                    + " STREAMS key [key ...] id [id ...]",
                "5.0.0",
                "Shows the entries of streams behind an id each.",
                Read::read)
            .flags(Flag.BLOCKING)
            .complexity("O(N), N being the number of entries shown")
            .history("7.4.0", "Takes `+`, the last entry.")
            .history("8.10.0", "Takes `MAXCOUNT` and `MAXSIZE`."));
  }

  private static Reply read(Tx tx, Args args) {
    ReadRequest request = ReadRequest.read(tx, args, false);
    StreamId[] after = new StreamId[request.streams()];
    for (int i = 0; i < after.length; i++) {
      after[i] = id(tx.stream(args.key(request.keys() + i)), args, request.id(i));
    }
    return read(tx, args, request, after);
  }

  /// - `after`: behind which id of each stream.
  private static Reply read(Tx tx, Args args, ReadRequest request, StreamId[] after) {
    List<Reply> found = new ArrayList<>();
    ReadBudget budget = request.budget();
    for (int i = 0; i < after.length; i++) {
      StreamId from = after[i].next();
      if (from == null) {
        continue;
      }
      StreamView stream = tx.stream(args.key(request.keys() + i));
      List<Reply> entries = Entries.range(stream, from, request.count(), budget);
      if (!entries.isEmpty()) {
        found.add(Reply.bulk(args.bytes(request.keys() + i)));
        found.add(new Reply.Array(entries));
      }
    }
    if (!found.isEmpty()) {
      return new Reply.Entries(found);
    }
    if (!request.waits()) {
      return Reply.NIL_ARRAY;
    }
    return new Reply.Blocked(request.deadlineMillis(), Reply.NIL_ARRAY, ValueType.STREAM)
        .then((again, words) -> read(again, words, request, after));
  }

  private static StreamId id(StreamView stream, Args args, int index) {
    if (args.is(index, "$")) {
      return stream.lastId();
    }
    if (args.is(index, "+")) {
      return beforeLast(stream);
    }
    if (args.is(index, ">")) {
      throw CommandException.err(
          "The > ID can be specified only when calling XREADGROUP using the GROUP <group>"
              + " <consumer> option.");
    }
    return Ids.id(args, index);
  }

  private static StreamId beforeLast(StreamView stream) {
    StreamCursor cursor = stream.cursor();
    StreamId last = cursor != null && cursor.seekBack(StreamId.MAX) ? cursor.id().previous() : null;
    return last == null ? stream.lastId() : last;
  }
}
