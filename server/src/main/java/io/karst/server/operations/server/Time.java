package io.karst.server.operations.server;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.session.Session;
import java.util.List;

/// `TIME`: the server's clock, as seconds since 1970 and microseconds of that second.
@AutoService(Operation.class)
public final class Time implements Operation {
  private static final int MICROS = 1_000_000;

  @Override
  public List<Command> commands() {
    return List.of(
        session("TIME", "2.6.0", "Answers the server's time.", Time::time)
            .fast()
            .loading()
            .stale()
            .complexity("O(1)")
            .tips("nondeterministic_output"));
  }

  private static Reply time(Session session, Args args) {
    long micros = session.server().clock().wallMicros();
    return Reply.array(
        Reply.bulk(Decimal.of(micros / MICROS)), Reply.bulk(Decimal.of(micros % MICROS)));
  }
}
