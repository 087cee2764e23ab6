package io.karst.commands.stream;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.StreamCut;
import io.karst.engine.StreamView;
import io.karst.engine.Tx;
import io.karst.value.StreamCursor;
import io.karst.value.StreamId;
import java.util.ArrayList;
import java.util.List;

/// `XTRIM`: take the first entries out, down to a length or up to an id.
@AutoService(Operation.class)
public final class Trim implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "XTRIM key <MAXLEN | MINID> [= | ~] threshold [LIMIT count] [KEEPREF | DELREF |"
                    + " ACKED]",
                "5.0.0",
                "Takes entries out from the first on.",
                Trim::trim)
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.DELETE)
            .tips("nondeterministic_output")
            .complexity("O(N), N being the number of entries that go")
            .history("6.2.0", "Takes `MINID` and `LIMIT`.")
            .history("8.2.0", "Takes `KEEPREF`, `DELREF` and `ACKED`."));
  }

  private static Reply trim(Tx tx, Args args) {
    Trimming trimming = new Trimming();
    int at = 2;
    while (at < args.count()) {
      int next = trimming.read(args, at);
      if (next == at) {
        throw CommandException.syntax();
      }
      at = next;
    }
    StreamCut cut = trimming.cut();
    if (cut == null) {
      throw CommandException.err("syntax error, XTRIM must be called with a trimming strategy");
    }
    return Reply.of(trim(tx.streamForUpdate(args.key(1)), cut, trimming.references()));
  }

  /// Takes out what is to go; returns how many entries that were.
  static long trim(StreamView stream, StreamCut cut, References references) {
    if (references == References.KEEP || !stream.exists() || stream.groups().isEmpty()) {
      return stream.trim(cut);
    }
    long removed = 0;
    for (StreamId id : affected(stream, cut)) {
      removed += references.remove(stream, id) ? 1 : 0;
    }
    return removed;
  }

  /// The entries that would go if there were no references.
  private static List<StreamId> affected(StreamView stream, StreamCut cut) {
    List<StreamId> ids = new ArrayList<>();
    StreamCursor cursor = stream.cursor();
    StreamId minId = cut.minId();
    long most = minId == null ? stream.length() - cut.lengthMax() : Long.MAX_VALUE;
    long limit = stream.limit(cut);
    most = limit > 0 ? Math.min(most, limit) : most;
    boolean found = cursor != null && cursor.seek(StreamId.ZERO);
    while (cursor != null
        && found
        && ids.size() < most
        && (minId == null || cursor.id().isBefore(minId))) {
      ids.add(cursor.id());
      found = cursor.next();
    }
    return ids;
  }
}
