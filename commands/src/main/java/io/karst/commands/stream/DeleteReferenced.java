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
import io.karst.value.StreamGroup;
import io.karst.value.StreamId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `XDELEX`, `XACKDEL`: delete entries, the latter after they have been acknowledged in a group,
/// and say for each what became of it and of its references.
@AutoService(Operation.class)
public final class DeleteReferenced implements Operation {
  private static final Reply MISSING = new Reply.Int(-1);
  private static final Reply STILL_REFERENCED = new Reply.Int(2);

  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "XDELEX key [KEEPREF | DELREF | ACKED] IDS numids id [id ...]",
                "8.2.0",
                "Deletes entries, and says what became of their references.",
                DeleteReferenced::delete)
            .fast()
            .complexity("O(1) for each entry and group"),
        write(
                "XACKDEL key group [KEEPREF | DELREF | ACKED] IDS numids id [id ...]",
                "8.2.0",
                "Acknowledges entries in a group and deletes them.",
                DeleteReferenced::acknowledge)
            .fast()
            .complexity("O(1) for each entry and group"));
  }

  /// What is asked for.
  private record Request(References references, List<StreamId> ids) {
    static Request read(Args args, int from) {
      References references = References.KEEP;
      int at = from;
      for (References named = References.find(args, at);
          named != null;
          named = References.find(args, at)) {
        references = named;
        at++;
      }
      if (!args.is(at, "IDS")) {
        throw CommandException.syntax();
      }
      int first = at + 2;
      if (!Decimal.isInt64(args.bytes(at + 1)) || args.int64(at + 1) <= 0) {
        throw CommandException.err("Number of IDs must be a positive integer");
      }
      if (args.int64(at + 1) != args.count() - first) {
        throw CommandException.err("The `numids` parameter must match the number of arguments");
      }
      return new Request(references, List.of(Ids.ids(args, first, args.count())));
    }
  }

  private static Reply delete(Tx tx, Args args) {
    Request request = Request.read(args, 2);
    StreamView stream = tx.streamForUpdate(args.key(1));
    List<Reply> replies = new ArrayList<>();
    for (StreamId id : request.ids()) {
      if (!stream.contains(id)) {
        replies.add(MISSING);
      } else {
        replies.add(request.references().remove(stream, id) ? Reply.ONE : STILL_REFERENCED);
      }
    }
    return new Reply.Array(replies);
  }

  private static Reply acknowledge(Tx tx, Args args) {
    Request request = Request.read(args, 3);
    StreamView stream = tx.streamForUpdate(args.key(1));
    StreamGroup group = stream.group(args.bytes(2));
    List<Reply> replies = new ArrayList<>();
    for (StreamId id : request.ids()) {
      replies.add(acknowledge(stream, group, id, request.references()));
    }
    return new Reply.Array(replies);
  }

  private static Reply acknowledge(
      StreamView stream, @Nullable StreamGroup group, StreamId id, References references) {
    if (group == null || !stream.acknowledge(group, id)) {
      return MISSING;
    }
    if (!stream.contains(id)) {
      return Reply.ONE;
    }
    return references.remove(stream, id) ? Reply.ONE : STILL_REFERENCED;
  }
}
