package io.karst.server.operations.pubsub;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.base.Glob;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.messages.Exchange;
import io.karst.server.messages.Kind;
import io.karst.server.session.Session;
import io.karst.server.session.SessionBody;
import java.util.ArrayList;
import java.util.List;

/// `PUBSUB`: who listens to what.
@AutoService(Operation.class)
public final class PubSub implements Operation {
  private static final int LOOP_NAMES_MAX = 1000;

  @Override
  public List<Command> commands() {
    return List.of(
        pubsub(
                "CHANNELS [pattern]",
                "2.8.0",
                "Lists the channels somebody listens to.",
                (session, args) -> channels(session, args, Kind.CHANNEL))
            .slow()
            .complexity("O(N) where N is the number of channels"),
        pubsub("NUMPAT", "2.8.0", "Counts the patterns somebody listens to.", PubSub::patterns)
            .complexity("O(1)"),
        pubsub(
                "NUMSUB [channel [channel ...]]",
                "2.8.0",
                "Counts the listeners of channels.",
                (session, args) -> listeners(session, args, Kind.CHANNEL))
            .slowWhen(args -> args.count() > LOOP_NAMES_MAX)
            .complexity("O(N) where N is the number of channels named"),
        pubsub(
                "SHARDCHANNELS [pattern]",
                "7.0.0",
                "Lists the channels of shards somebody listens to.",
                (session, args) -> channels(session, args, Kind.SHARD_CHANNEL))
            .slow()
            .complexity("O(N) where N is the number of channels"),
        pubsub(
                "SHARDNUMSUB [shardchannel [shardchannel ...]]",
                "7.0.0",
                "Counts the listeners of channels of shards.",
                (session, args) -> listeners(session, args, Kind.SHARD_CHANNEL))
            .slowWhen(args -> args.count() > LOOP_NAMES_MAX)
            .complexity("O(N) where N is the number of channels named"));
  }

  private static Command pubsub(String syntax, String since, String summary, SessionBody body) {
    return session("PUBSUB " + syntax, since, summary, body).loading().stale().flags(Flag.PUBSUB);
  }

  private static Reply channels(Session session, Args args, Kind kind) {
    if (args.count() > 3) {
      throw CommandException.err(
          "unknown subcommand or wrong number of arguments for '"
              + args.bytes(1).utf8()
              + "'. Try PUBSUB HELP.");
    }
    Exchange exchange = session.server().exchange();
    Glob glob = args.count() == 3 ? Glob.of(args.bytes(2)) : null;
    List<Reply> names = new ArrayList<>();
    exchange
        .names(kind, name -> glob == null || glob.matches(name))
        .forEach(name -> names.add(Reply.bulk(name)));
    return new Reply.Array(names);
  }

  private static Reply patterns(Session session, Args args) {
    return Reply.of(session.server().exchange().count(Kind.PATTERN));
  }

  private static Reply listeners(Session session, Args args, Kind kind) {
    Exchange exchange = session.server().exchange();
    List<Reply> counts = new ArrayList<>(2 * args.count());
    for (int i = 2; i < args.count(); i++) {
      counts.add(Reply.bulk(args.bytes(i)));
      counts.add(Reply.of(exchange.listeners(kind, args.bytes(i))));
    }
    return new Reply.Array(counts);
  }
}
