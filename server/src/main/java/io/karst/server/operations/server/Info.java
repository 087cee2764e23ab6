package io.karst.server.operations.server;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.info.InfoReport;
import io.karst.server.session.Session;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// `INFO`: the server in numbers. Slow, as it samples keys and reads files of the operating system.
@AutoService(Operation.class)
public final class Info implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        session("INFO [section [section ...]]", "1.0.0", "Describes the server.", Info::info)
            .slow()
            .loading()
            .stale()
            .dangerous()
            .complexity("O(1)")
            .tips("nondeterministic_output", "request_policy:all_shards", "response_policy:special")
            .history("7.0.0", "Takes several sections."));
  }

  private static Reply info(Session session, Args args) {
    Set<String> names = new HashSet<>();
    for (int i = 1; i < args.count(); i++) {
      names.add(args.bytes(i).utf8().toLowerCase(Locale.ROOT));
    }
    return new Reply.Verbatim("txt", Bytes.utf8(InfoReport.of(session.server(), names)));
  }
}
