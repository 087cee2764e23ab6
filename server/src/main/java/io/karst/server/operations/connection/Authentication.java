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
import io.karst.server.acl.Users;
import io.karst.server.session.Session;
import java.util.List;

/// `AUTH`: shows who the client is. Without a user name it is `default`, whose password is
/// `requirepass`.
@AutoService(Operation.class)
public final class Authentication implements Operation {
  private static final Bytes DEFAULT_USER = Bytes.utf8(Users.DEFAULT);

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
      check(session, args.bytes(1), args.bytes(2), args);
    } else if (session.server().access().users().byDefault().user().withoutPassword()) {
      throw CommandException.err(NO_PASSWORD);
    } else {
      check(session, DEFAULT_USER, args.bytes(1), args);
    }
    return Reply.OK;
  }

  /// Lets `session` be `user`, or throws.
  ///
  /// - `args`: of the command that asks for it.
  static void check(Session session, Bytes user, Bytes password, Args args) {
    session.server().access().authenticate(session, user, password, args.bytes(0));
  }
}
