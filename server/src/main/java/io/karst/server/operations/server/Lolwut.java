package io.karst.server.operations.server;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.info.Version;
import io.karst.server.session.Session;
import java.util.List;
import java.util.SplittableRandom;

/// `LOLWUT`: a piece of art, another one each time.
///
/// `VERSION` chooses a piece where there are several; here every version shows the cave.
@AutoService(Operation.class)
public final class Lolwut implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        session("LOLWUT [VERSION version]", "5.0.0", "Draws something.", Lolwut::draw)
            .fast()
            .flags(Flag.READ_ONLY)
            .complexity("O(1)"));
  }

  private static Reply draw(Session session, Args args) {
    if (args.count() > 2 && args.is(1, "VERSION")) {
      args.int64(2);
    }
    Cave cave = new Cave(new SplittableRandom(session.server().clock().monotonicNanos()));
    String signature = "Karst ver. " + Version.KARST + " (Redis ver. " + Version.REDIS + ")\n";
    return new Reply.Verbatim("txt", Bytes.utf8(cave.text() + "\n" + signature));
  }
}
