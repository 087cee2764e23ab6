package io.karst.commands.stream;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.StreamView;
import io.karst.engine.Tx;
import io.karst.value.StreamCursor;
import io.karst.value.StreamId;
import io.karst.value.StreamState;
import java.util.List;

/// `XSETID`: set what a stream knows of itself.
@AutoService(Operation.class)
public final class SetId implements Operation {
  private static final long UNCHANGED = -1;

  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "XSETID key last-id [ENTRIESADDED entries-added] [MAXDELETEDID max-deleted-id]",
                "5.0.0",
                "Sets the last id of a stream, and its counts.",
                SetId::set)
            .denyOom()
            .fast()
            .complexity("O(1)")
            .history("7.0.0", "Takes `ENTRIESADDED` and `MAXDELETEDID`."));
  }

  private static Reply set(Tx tx, Args args) {
    StreamId last = Ids.id(args, 2);
    long added = UNCHANGED;
    StreamId deleted = StreamId.ZERO;
    for (int i = 3; i < args.count(); i += 2) {
      boolean more = i + 1 < args.count();
      if (more && args.is(i, "ENTRIESADDED")) {
        added = args.int64(i + 1);
        if (added < 0) {
          throw CommandException.err("entries_added must be positive");
        }
      } else if (more && args.is(i, "MAXDELETEDID")) {
        deleted = Ids.id(args, i + 1);
        if (last.isBefore(deleted)) {
          throw smaller("the provided max_deleted_entry_id");
        }
      } else {
        throw CommandException.syntax();
      }
    }
    StreamView stream = tx.streamForUpdate(args.key(1));
    if (!stream.exists()) {
      throw CommandException.noSuchKey();
    }
    set(stream, last, added, deleted);
    return Reply.OK;
  }

  private static void set(StreamView stream, StreamId last, long added, StreamId deleted) {
    StreamState state = stream.state();
    if (last.isBefore(state.maxDeletedId())) {
      throw smaller("current max_deleted_entry_id");
    }
    StreamCursor cursor = stream.cursor();
    if (cursor != null && cursor.seekBack(StreamId.MAX)) {
      if (last.isBefore(cursor.id())) {
        throw smaller("the target stream top item");
      }
      if (added != UNCHANGED && added < state.length()) {
        throw CommandException.err(
            "The entries_added specified in XSETID is smaller than the target stream length");
      }
    }
    stream.state(
        last,
        added == UNCHANGED ? state.entriesAdded() : added,
        deleted.equals(StreamId.ZERO) ? state.maxDeletedId() : deleted);
  }

  private static CommandException smaller(String than) {
    return CommandException.err("The ID specified in XSETID is smaller than " + than);
  }
}
