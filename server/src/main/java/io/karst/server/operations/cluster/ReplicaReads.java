package io.karst.server.operations.cluster;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Category;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.session.Session;
import io.karst.server.session.SessionBody;
import java.util.List;

/// `READONLY`, `READWRITE`: whether a connection takes from a follower what may be somewhat old.
/// And `ASKING`, which means nothing here, as slots do not move yet.
@AutoService(Operation.class)
public final class ReplicaReads implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        command(
                "READONLY",
                "Takes from a follower what may be somewhat old.",
                ReplicaReads::readOnly)
            .loading()
            .stale(),
        command("READWRITE", "Takes only what is the latest.", ReplicaReads::readWrite)
            .loading()
            .stale(),
        command("ASKING", "Means nothing here: slots do not move.", ReplicaReads::asking));
  }

  private static Command command(String syntax, String summary, SessionBody body) {
    return session(syntax, "3.0.0", summary, body)
        .fast()
        .group("cluster")
        .categories(Category.CONNECTION)
        .complexity("O(1)");
  }

  private static Reply readOnly(Session session, Args args) {
    var _ = ClusterCommand.membership(session);
    session.readsReplicas(true);
    return Reply.OK;
  }

  private static Reply readWrite(Session session, Args args) {
    var _ = ClusterCommand.membership(session);
    session.readsReplicas(false);
    return Reply.OK;
  }

  private static Reply asking(Session session, Args args) {
    var _ = ClusterCommand.membership(session);
    return Reply.OK;
  }
}
