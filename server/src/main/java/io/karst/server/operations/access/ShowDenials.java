package io.karst.server.operations.access;

import static io.karst.server.operations.access.AclCommand.bulk;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.acl.DenialLog;
import io.karst.server.session.Session;
import java.util.List;

/// `ACL LOG`: what was refused lately, the latest first.
@AutoService(Operation.class)
public final class ShowDenials implements Operation {
  private static final long SHOWN = 10;
  private static final double MILLIS_PER_SECOND = 1000;

  @Override
  public List<Command> commands() {
    return List.of(
        AclCommand.acl(
                "LOG [count | RESET]",
                "6.0.0",
                "Lists what was refused lately, or forgets it.",
                ShowDenials::show)
            .admin()
            .complexity("O(N) where N is the number of entries shown")
            .history("7.2.0", "Tells the number of an entry, and when it began and was last."));
  }

  private static Reply show(Session session, Args args) {
    DenialLog log = session.server().access().log();
    if (args.count() > 3) {
      throw AclCommand.tooManyWords(args);
    }
    if (args.is(2, "RESET")) {
      log.clear();
      return Reply.OK;
    }
    long count = args.count() == 3 ? Math.max(0, args.int64(2)) : SHOWN;
    long nowMillis = session.server().clock().wallMillis();
    return new Reply.Array(
        log.latest(count).stream().map(entry -> reply(entry, nowMillis)).toList());
  }

  private static Reply reply(DenialLog.Entry entry, long nowMillis) {
    DenialLog.Subject subject = entry.subject();
    double ageSeconds = (nowMillis - entry.firstMillis()) / MILLIS_PER_SECOND;
    return new Reply.Dictionary(
        List.of(
            Reply.bulk("count"),
            new Reply.Int(entry.count()),
            Reply.bulk("reason"),
            Reply.bulk(subject.reason().label()),
            Reply.bulk("context"),
            Reply.bulk(subject.context().label()),
            Reply.bulk("object"),
            bulk(subject.object()),
            Reply.bulk("username"),
            bulk(subject.user()),
            Reply.bulk("age-seconds"),
            new Reply.Real(ageSeconds),
            Reply.bulk("client-info"),
            Reply.bulk(entry.client()),
            Reply.bulk("entry-id"),
            new Reply.Int(entry.id()),
            Reply.bulk("timestamp-created"),
            new Reply.Int(entry.firstMillis()),
            Reply.bulk("timestamp-last-updated"),
            new Reply.Int(entry.lastMillis())));
  }
}
