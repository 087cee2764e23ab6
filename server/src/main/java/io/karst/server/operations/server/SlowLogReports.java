package io.karst.server.operations.server;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.insight.SlowLog;
import io.karst.server.session.Session;
import io.karst.server.session.SessionBody;
import java.util.ArrayList;
import java.util.List;

/// `SLOWLOG GET`, `LEN`, `RESET`: the latest commands that took long.
@AutoService(Operation.class)
public final class SlowLogReports implements Operation {
  private static final int COUNT = 10;
  private static final int ALL = -1;

  @Override
  public List<Command> commands() {
    return List.of(
        slowLog("GET [count]", "Lists the latest slow commands.", SlowLogReports::entries)
            .arity(-2)
            .complexity("O(N) where N is the number of entries returned")
            .tips("request_policy:all_nodes", "nondeterministic_output")
            .history("4.0.0", "Tells the client's address and name."),
        slowLog("LEN", "Answers the number of entries.", SlowLogReports::length)
            .complexity("O(1)")
            .tips("request_policy:all_nodes", "response_policy:agg_sum", "nondeterministic_output"),
        slowLog("RESET", "Forgets all entries.", SlowLogReports::reset)
            .complexity("O(N) where N is the number of entries")
            .tips("request_policy:all_nodes", "response_policy:all_succeeded"));
  }

  private static Command slowLog(String syntax, String summary, SessionBody body) {
    return session("SLOWLOG " + syntax, "2.2.12", summary, body).admin().loading().stale();
  }

  private static Reply entries(Session session, Args args) {
    if (args.count() > 3) {
      throw CommandException.err("wrong number of arguments for 'slowlog|get' command");
    }
    int count = args.count() == 3 ? count(args) : COUNT;
    List<Reply> entries = new ArrayList<>();
    SlowLog log = session.server().insight().slowLog();
    log.latest(count == ALL ? Integer.MAX_VALUE : count).forEach(e -> entries.add(entry(e)));
    return new Reply.Array(entries);
  }

  private static int count(Args args) {
    if (!Decimal.isInt64(args.bytes(2))) {
      throw CommandException.notAnInteger();
    }
    long count = args.int64(2);
    if (count < ALL) {
      throw CommandException.err("count should be greater than or equal to -1");
    }
    return (int) Math.min(count, Integer.MAX_VALUE);
  }

  private static Reply entry(SlowLog.Entry entry) {
    List<Reply> words = new ArrayList<>();
    entry.words().forEach(word -> words.add(Reply.bulk(word)));
    return new Reply.Array(
        List.of(
            new Reply.Int(entry.id()),
            new Reply.Int(entry.seconds()),
            new Reply.Int(entry.micros()),
            new Reply.Array(words),
            Reply.bulk(entry.address()),
            Reply.bulk(entry.name())));
  }

  private static Reply length(Session session, Args args) {
    return new Reply.Int(session.server().insight().slowLog().size());
  }

  private static Reply reset(Session session, Args args) {
    session.server().insight().slowLog().reset();
    return Reply.OK;
  }
}
