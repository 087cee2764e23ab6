package io.karst.server.operations.connection;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.info.Version;
import io.karst.server.session.Session;
import io.karst.server.session.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `HELLO`: what the server is, and which protocol is spoken from here on.
///
/// The reply says `redis` and a version of Redis: client libraries decide by them which commands
/// and which protocol they use. What it really is stands in `INFO server` (`karst_version`).
@AutoService(Operation.class)
public final class Hello implements Operation {
  private static final String NOT_AUTHENTICATED =
      "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO"
          + " <proto> AUTH <user> <pass> option can be used to authenticate the client and select"
          + " the RESP protocol version at the same time";

  @Override
  public List<Command> commands() {
    return List.of(
        session(
                "HELLO [protover [AUTH username password] [SETNAME clientname]]",
                "6.0.0",
                "Introduces client and server to each other, and chooses the protocol.",
                Hello::hello)
            .fast()
            .noAuth()
            .loading()
            .stale()
            .flags(Flag.NO_SCRIPT, Flag.ALLOW_BUSY)
            .complexity("O(1)")
            .history("6.2.0", "Without a protocol version it stays as it is."));
  }

  private static Reply hello(Session session, Args args) {
    int protocol = args.count() > 1 ? protocol(args.bytes(1)) : session.protocol();
    Bytes name = null;
    int at = 2;
    int authentication = 0;
    while (at < args.count()) {
      int words = args.count() - at - 1;
      if (args.is(at, "AUTH") && words >= 2) {
        authentication = at;
        at += 3;
      } else if (args.is(at, "SETNAME") && words >= 1) {
        name = ClientName.checked(args.bytes(at + 1));
        at += 2;
      } else {
        throw CommandException.err("Syntax error in HELLO option '" + args.bytes(at).utf8() + "'");
      }
    }
    if (authentication > 0) {
      Authentication.check(
          session, args.bytes(authentication + 1), args.bytes(authentication + 2), args);
    }
    return greet(session, protocol, name);
  }

  private static Reply greet(Session session, int protocol, @Nullable Bytes name) {
    if (session.mustAuthenticate()) {
      throw new CommandException(NOT_AUTHENTICATED);
    }
    if (name != null) {
      session.name(name.utf8());
    }
    session.protocol(protocol);
    if (protocol == 2) {
      var _ = session.listening().followNoMore(); // There are no pushes in it.
    }
    Standing standing = session.server().standing();
    return new Reply.Dictionary(
        List.of(
            Reply.bulk("server"),
            Reply.bulk("redis"),
            Reply.bulk("version"),
            Reply.bulk(Version.REDIS),
            Reply.bulk("proto"),
            new Reply.Int(protocol),
            Reply.bulk("id"),
            new Reply.Int(session.id()),
            Reply.bulk("mode"),
            Reply.bulk(standing == null ? "standalone" : "cluster"),
            Reply.bulk("role"),
            Reply.bulk(standing == null || standing.leads() ? "master" : "replica"),
            Reply.bulk("modules"),
            Reply.EMPTY_ARRAY));
  }

  private static int protocol(Bytes word) {
    if (!Decimal.isInt64(word)) {
      throw CommandException.err("Protocol version is not an integer or out of range");
    }
    long version = Decimal.parse(word);
    if (version != 2 && version != 3) {
      throw new CommandException("NOPROTO unsupported protocol version");
    }
    return (int) version;
  }
}
