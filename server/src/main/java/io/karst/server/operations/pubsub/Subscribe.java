package io.karst.server.operations.pubsub;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.ChannelSpec;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.KeyFlag;
import io.karst.commands.KeySpec;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.messages.Kind;
import io.karst.server.messages.Subscriptions;
import io.karst.server.session.Access;
import io.karst.server.session.Session;
import java.util.ArrayList;
import java.util.List;

/// `SUBSCRIBE`, `UNSUBSCRIBE` and their kin: what a connection listens to.
///
/// Each name is answered by itself. Whoever names many leaves the event loop.
@AutoService(Operation.class)
public final class Subscribe implements Operation {
  private static final int LOOP_NAMES_MAX = 1000;

  @Override
  public List<Command> commands() {
    return List.of(
        command(begin("SUBSCRIBE channel [channel ...]", "2.0.0", Kind.CHANNEL)),
        command(end("UNSUBSCRIBE [channel [channel ...]]", "2.0.0", Kind.CHANNEL)),
        command(begin("PSUBSCRIBE pattern [pattern ...]", "2.0.0", Kind.PATTERN)),
        command(end("PUNSUBSCRIBE [pattern [pattern ...]]", "2.0.0", Kind.PATTERN)),
        ofShard(begin("SSUBSCRIBE shardchannel [shardchannel ...]", "7.0.0", Kind.SHARD_CHANNEL)),
        ofShard(
            end("SUNSUBSCRIBE [shardchannel [shardchannel ...]]", "7.0.0", Kind.SHARD_CHANNEL)));
  }

  private static Command begin(String syntax, String since, Kind kind) {
    return session(
            syntax, since, "Listens to messages.", (session, args) -> begin(session, args, kind))
        .channels(kind == Kind.PATTERN ? ChannelSpec.patternsFrom(1) : ChannelSpec.from(1));
  }

  private static Command end(String syntax, String since, Kind kind) {
    return session(
        syntax, since, "Listens no longer.", (session, args) -> end(session, args, kind));
  }

  private static Command command(Command plain) {
    return plain
        .loading()
        .stale()
        .flags(Flag.PUBSUB, Flag.NO_SCRIPT)
        .slowWhen(args -> args.count() > LOOP_NAMES_MAX)
        .complexity("O(N) where N is the number of names");
  }

  private static Command ofShard(Command plain) {
    return command(plain).keys(KeySpec.range(1, -1, 1)).keyFlags(KeyFlag.NOT_KEY);
  }

  private static Reply begin(Session session, Args args, Kind kind) {
    Subscriptions own = session.listening().messaging().subscriptions();
    List<Reply.Push> told = new ArrayList<>(args.count() - 1);
    for (int i = 1; i < args.count(); i++) {
      own.add(kind, args.bytes(i));
      told.add(kind.begun(args.bytes(i), own.told(kind)));
    }
    if (!Access.listensRightly(session)) {
      session.closeAfterReply();
    }
    return new Reply.Frames(told);
  }

  private static Reply end(Session session, Args args, Kind kind) {
    Subscriptions own = session.listening().messaging().subscriptions();
    List<Bytes> names = args.count() > 1 ? args.from(1) : own.names(kind);
    if (names.isEmpty()) {
      return new Reply.Frames(List.of(kind.ended(Reply.NIL, own.told(kind))));
    }
    List<Reply.Push> told = new ArrayList<>(names.size());
    for (Bytes name : names) {
      own.remove(kind, name);
      told.add(kind.ended(Reply.bulk(name), own.told(kind)));
    }
    return new Reply.Frames(told);
  }
}
