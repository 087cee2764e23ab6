package io.karst.server.operations.connection;

import static io.karst.server.operations.connection.ClientCommand.client;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.messages.Tracker;
import io.karst.server.messages.TrackingMode;
import io.karst.server.session.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `CLIENT TRACKING`, `CACHING`, `GETREDIR`, `TRACKINGINFO`: a client that keeps values for itself
/// is told when keys change that it has read.
@AutoService(Operation.class)
public final class ClientTracking implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        client(
                "TRACKING <ON | OFF> [REDIRECT client-id] [PREFIX prefix [PREFIX prefix ...]]"
                    + " [BCAST] [OPTIN] [OPTOUT] [NOLOOP]",
                "6.0.0",
                "Chooses whether this connection is told when keys change.",
                ClientTracking::tracking)
            .complexity("O(1), and O(N) for N prefixes"),
        client(
            "CACHING <YES | NO>",
            "6.0.0",
            "Says whether the keys that the next command reads are meant.",
            ClientTracking::caching),
        client(
            "GETREDIR",
            "6.0.0",
            "Answers which connection is told in this one's place.",
            (session, args) -> new Reply.Int(redirect(session))),
        client(
            "TRACKINGINFO",
            "6.2.0",
            "Describes what this connection is told.",
            ClientTracking::info));
  }

  private static Reply tracking(Session session, Args args) {
    TrackingOptions options = TrackingOptions.read(args);
    Tracker before = session.listening().tracker();
    if (!options.on()) {
      if (before != null) {
        before.close();
        session.listening().tracker(null);
      }
      return Reply.OK;
    }
    TrackingMode mode = options.mode(before == null ? null : before.mode());
    Tracker tracker =
        session.server().tracking().open(session.id(), session.link().subscriber(), mode, before);
    if (tracker == null) {
      throw CommandException.err("The client ID you want redirect to does not exist");
    }
    session.listening().tracker(tracker);
    return Reply.OK;
  }

  private static Reply caching(Session session, Args args) {
    Tracker tracker = session.listening().tracker();
    TrackingMode mode = tracker == null ? null : tracker.mode();
    if (tracker == null || mode == null || !(mode.optIn() || mode.optOut())) {
      throw CommandException.err(
          "CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or"
              + " OPTOUT mode enabled");
    }
    boolean yes = args.is(2, "YES");
    if (!yes && !args.is(2, "NO")) {
      throw CommandException.syntax();
    }
    if (yes && !mode.optIn()) {
      throw CommandException.err(
          "CLIENT CACHING YES is only valid when tracking is enabled in OPTIN mode.");
    }
    if (!yes && !mode.optOut()) {
      throw CommandException.err(
          "CLIENT CACHING NO is only valid when tracking is enabled in OPTOUT mode.");
    }
    tracker.caching(true);
    return Reply.OK;
  }

  private static long redirect(Session session) {
    Tracker tracker = session.listening().tracker();
    return tracker == null ? -1 : tracker.mode().redirect();
  }

  private static Reply info(Session session, Args args) {
    Tracker tracker = session.listening().tracker();
    List<Reply> prefixes = new ArrayList<>();
    if (tracker != null) {
      tracker.mode().prefixes().forEach(prefix -> prefixes.add(Reply.bulk(prefix)));
    }
    return new Reply.Dictionary(
        List.of(
            Reply.bulk("flags"),
            new Reply.Collection(flags(tracker)),
            Reply.bulk("redirect"),
            Reply.of(redirect(session)),
            Reply.bulk("prefixes"),
            new Reply.Array(prefixes)));
  }

  private static List<Reply> flags(@Nullable Tracker tracker) {
    List<Reply> flags = new ArrayList<>();
    flags.add(Reply.bulk(tracker == null ? "off" : "on"));
    if (tracker == null) {
      return flags;
    }
    TrackingMode mode = tracker.mode();
    add(flags, mode.broadcast(), "bcast");
    add(flags, mode.optIn(), "optin");
    add(flags, mode.optIn() && tracker.caching(), "caching-yes");
    add(flags, mode.optOut(), "optout");
    add(flags, mode.optOut() && tracker.caching(), "caching-no");
    add(flags, mode.noLoop(), "noloop");
    add(flags, tracker.isBroken(), "broken_redirect");
    return flags;
  }

  private static void add(List<Reply> flags, boolean set, String flag) {
    if (set) {
      flags.add(Reply.bulk(flag));
    }
  }
}
