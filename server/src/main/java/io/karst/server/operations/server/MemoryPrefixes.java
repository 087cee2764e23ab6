package io.karst.server.operations.server;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.session.Session;
import java.util.ArrayList;
import java.util.List;

/// `MEMORY PREFIXES`: how many keys of the database begin alike, and what they take in memory: up
/// to the first delimiter, or one further on. Karst's own.
///
/// It looks at every key, a few at a time, beside everybody else's commands; off the event loop.
@AutoService(Operation.class)
public final class MemoryPrefixes implements Operation {
  private static final int COUNT = 10;
  private static final int DEPTH_MAX = 16;
  private static final Bytes COLON = Bytes.utf8(":");

  @Override
  public List<Command> commands() {
    return List.of(
        session(
                "MEMORY PREFIXES [DELIMITER byte] [DEPTH depth] [COUNT count]",
                "0.1.0",
                "Adds up what keys take that begin alike.",
                MemoryPrefixes::prefixes)
            .arity(-2)
            .slow()
            .dangerous()
            .complexity("O(N) where N is the number of keys in the database")
            .tips("nondeterministic_output", "request_policy:all_shards"));
  }

  private static Reply prefixes(Session session, Args args) {
    Bytes delimiter = COLON;
    int depth = 1;
    int count = COUNT;
    if (args.count() % 2 != 0) {
      throw CommandException.syntax();
    }
    for (int i = 2; i < args.count(); i += 2) {
      if (args.is(i, "DELIMITER") && args.bytes(i + 1).length() == 1) {
        delimiter = args.bytes(i + 1);
      } else if (args.is(i, "DEPTH")) {
        depth = (int) args.int64(i + 1, 1, DEPTH_MAX);
      } else if (args.is(i, "COUNT")) {
        count = (int) args.int64(i + 1, 1, PrefixCount.PREFIXES_MAX);
      } else {
        throw CommandException.syntax();
      }
    }
    PrefixCount prefixes = new PrefixCount(session, delimiter.at(0), depth);
    prefixes.run();
    return answer(prefixes, count);
  }

  private static Reply answer(PrefixCount prefixes, int count) {
    List<Reply> lines = new ArrayList<>();
    for (PrefixCount.Sum sum : prefixes.largest(count)) {
      lines.add(
          new Reply.Array(
              List.of(
                  Reply.bulk(sum.prefix()), new Reply.Int(sum.keys()), new Reply.Int(sum.size()))));
    }
    return new Reply.Array(lines);
  }
}
