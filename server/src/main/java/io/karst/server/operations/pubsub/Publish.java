package io.karst.server.operations.pubsub;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Body;
import io.karst.commands.ChannelSpec;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.KeyFlag;
import io.karst.commands.KeySpec;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.server.messages.Kind;
import io.karst.server.messages.Publication;
import io.karst.server.messages.Relay;
import io.karst.server.messages.Sender;
import io.karst.server.session.Server;
import io.karst.server.session.Session;
import io.karst.server.session.SessionKeysBody;
import java.util.List;

/// `PUBLISH`, `SPUBLISH`: sends a message to whoever listens. Within a transaction it is sent when
/// that takes effect.
///
/// In a cluster `PUBLISH` reaches those who listen at any member; what it answers is how many do at
/// this one.
@AutoService(Operation.class)
public final class Publish implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        command("PUBLISH channel message", "2.0.0", Kind.CHANNEL)
            .complexity("O(N+M) where N is the number of listeners and M that of patterns"),
        command("SPUBLISH shardchannel message", "7.0.0", Kind.SHARD_CHANNEL)
            .keys(KeySpec.at(1))
            .keyFlags(KeyFlag.NOT_KEY)
            .complexity("O(N) where N is the number of listeners"));
  }

  private static Command command(String syntax, String since, Kind kind) {
    SessionKeysBody body = (session, tx, args) -> publish(session, tx, args, kind);
    return Command.other(syntax, since, "Sends a message to those who listen.", (Body) body)
        .channels(ChannelSpec.at(1))
        .fast()
        .loading()
        .stale()
        .flags(Flag.PUBSUB, Flag.MAY_REPLICATE);
  }

  private static Reply publish(Session session, Tx tx, Args args, Kind kind) {
    Server server = session.server();
    Sender sender = session.listening().messaging();
    Relay relay = kind == Kind.CHANNEL ? server.relay() : null;
    Publication publication =
        server.exchange().publish(kind, args.bytes(1), args.bytes(2), sender, relay);
    if (publication == null) {
      return Reply.ZERO;
    }
    tx.announce(publication);
    return Reply.of(publication.receivers());
  }
}
