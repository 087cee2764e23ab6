package io.karst.server.operations.connection;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.config.ClientDirectives;
import io.karst.server.session.Server;
import io.karst.server.session.Session;
import java.security.MessageDigest;
import java.util.List;

/// `AUTH`: shows that the client knows the password (`requirepass`).
///
/// There is one user, `default`. Without a password it is let in with any.
@AutoService(Operation.class)
public final class Authentication implements Operation {
  private static final Bytes DEFAULT_USER = Bytes.utf8("default");

  private static final String NO_PASSWORD =
      "AUTH <password> called without any password configured for the default user. Are you sure"
          + " your configuration is correct?";

  @Override
  public List<Command> commands() {
    return List.of(
        session(
                "AUTH [username] password",
                "1.0.0",
                "Authenticates the connection.",
                Authentication::authenticate)
            .fast()
            .noAuth()
            .loading()
            .stale()
            .flags(Flag.NO_SCRIPT, Flag.ALLOW_BUSY)
            .complexity("O(N) where N is the length of the password")
            .history("6.0.0", "Takes a user name."));
  }

  private static Reply authenticate(Session session, Args args) {
    if (args.count() > 3) {
      throw CommandException.syntax();
    }
    if (args.count() == 3) {
      check(session, args.bytes(1), args.bytes(2));
    } else if (!session.server().needsPassword()) {
      throw CommandException.err(NO_PASSWORD);
    } else {
      check(session, Bytes.utf8(session.user()), args.bytes(1));
    }
    return Reply.OK;
  }

  /// Lets `session` in, or throws.
  static void check(Session session, Bytes user, Bytes password) {
    if (!isRight(session.server(), user, password)) {
      throw new CommandException("WRONGPASS invalid username-password pair or user is disabled.");
    }
    session.authenticated(true);
  }

  /// Whether a user has this password. How long it takes does not tell how much of a guess was
  /// right.
  public static boolean isRight(Server server, Bytes user, Bytes password) {
    String expected = server.config().value(ClientDirectives.REQUIREPASS);
    boolean right =
        expected.isEmpty()
            || MessageDigest.isEqual(password.toArray(), Bytes.utf8(expected).toArray());
    return user.equals(DEFAULT_USER) && right;
  }
}
