package io.karst.server.operations.connection;

import static io.karst.server.operations.SessionCommand.session;
import static io.karst.server.operations.SessionCommand.wrongArity;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.session.Session;
import java.util.List;

/// `PING` and `ECHO`: is anybody there?
@AutoService(Operation.class)
public final class Ping implements Operation {
  private static final Reply PONG = new Reply.Simple("PONG");

  @Override
  public List<Command> commands() {
    return List.of(
        session("PING [message]", "1.0.0", "Answers PONG, or the message.", Ping::ping)
            .fast()
            .complexity("O(1)")
            .tips("request_policy:all_shards", "response_policy:all_succeeded"),
        session(
                "ECHO message",
                "1.0.0",
                "Answers the message.",
                (session, args) -> Reply.bulk(args.bytes(1)))
            .fast()
            .loading()
            .stale()
            .complexity("O(1)"));
  }

  private static Reply ping(Session session, Args args) {
    if (args.count() > 2) {
      throw wrongArity("ping");
    }
    if (session.isConfined()) { // As a message, which is all that such a client expects.
      return Reply.array(
          Reply.bulk("pong"), args.count() == 2 ? Reply.bulk(args.bytes(1)) : Reply.bulk(""));
    }
    return args.count() == 2 ? Reply.bulk(args.bytes(1)) : PONG;
  }
}
