package io.karst.commands.stream;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.StreamView;
import io.karst.engine.Tx;
import io.karst.memory.Record;
import io.karst.value.StreamGroup;
import io.karst.value.StreamId;
import io.karst.value.StreamPending;
import java.util.List;

/// `XNACK`: give pending entries back to the group, for whoever claims them first.
@AutoService(Operation.class)
public final class Release implements Operation {
  private static final int IDS = 4;
  private static final long UNCHANGED = -1;

  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "XNACK key group <SILENT | FAIL | FATAL> IDS numids id [id ...] [RETRYCOUNT count]"
                    + " [FORCE]",
                "8.8.0",
                "Gives pending entries back to the group; tells how many.",
                Release::release)
            .fast()
            .complexity("O(log(N)) for each entry, N being the number of pending ones"));
  }

  /// What becomes of the number of deliveries.
  private enum Mode {
    /// The last one does not count.
    SILENT,
    FAIL,
    /// As many as there can be.
    FATAL;

    static Mode read(Args args, int index) {
      for (Mode mode : values()) {
        if (args.is(index, mode.name())) {
          return mode;
        }
      }
      throw CommandException.syntax();
    }

    long deliveries(long before) {
      return switch (this) {
        case SILENT -> Math.max(0, before - 1);
        case FAIL -> before;
        case FATAL -> Long.MAX_VALUE;
      };
    }
  }

  private static Reply release(Tx tx, Args args) {
    Mode mode = Mode.read(args, 3);
    int end = endOfIds(args);
    long deliveries = UNCHANGED;
    boolean makes = false;
    for (int i = end; i < args.count(); i++) {
      if (i + 1 < args.count() && args.is(i, "RETRYCOUNT")) {
        deliveries = count(args, ++i);
      } else if (args.is(i, "FORCE")) {
        makes = true;
      } else {
        throw CommandException.syntax();
      }
    }
    StreamId[] ids = Ids.ids(args, IDS + 2, end);
    StreamView stream = tx.streamForUpdate(args.key(1));
    StreamGroup group = Groups.ofKey(stream, args, 1, args.bytes(2));
    long released = 0;
    for (StreamId id : ids) {
      long pending = group.find(id);
      if (pending != Record.NONE || (makes && stream.contains(id))) {
        long before = pending == Record.NONE ? 0 : StreamPending.deliveries(pending);
        stream.release(group, id, deliveries == UNCHANGED ? mode.deliveries(before) : deliveries);
        released++;
      }
    }
    return Reply.of(released);
  }

  private static int endOfIds(Args args) {
    if (!args.is(IDS, "IDS")) {
      throw CommandException.syntax();
    }
    long count = Decimal.isInt64(args.bytes(IDS + 1)) ? args.int64(IDS + 1) : 0;
    if (count < 1) {
      throw CommandException.err("Number of IDs must be a positive integer");
    }
    if (count > args.count() - IDS - 2) {
      throw CommandException.err("The `numids` parameter must match the number of arguments");
    }
    return IDS + 2 + (int) count;
  }

  private static long count(Args args, int index) {
    long count = Decimal.isInt64(args.bytes(index)) ? args.int64(index) : UNCHANGED;
    if (count < 0) {
      throw CommandException.err("RETRYCOUNT must be a non-negative integer");
    }
    return count;
  }
}
