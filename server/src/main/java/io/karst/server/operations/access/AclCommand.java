package io.karst.server.operations.access;

import static io.karst.server.operations.SessionCommand.session;

import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Reply;
import io.karst.server.acl.Latin1;
import io.karst.server.session.Session;
import io.karst.server.session.SessionBody;
import java.nio.file.Path;

/// What the subcommands of `ACL` have in common.
final class AclCommand {
  private AclCommand() {}

  static Command acl(String syntax, String since, String summary, SessionBody body) {
    return session("ACL " + syntax, since, summary, body)
        .group("server")
        .loading()
        .stale()
        .flags(Flag.NO_SCRIPT);
  }

  /// For more words than a subcommand takes.
  static CommandException tooManyWords(Args args) {
    String name = args.bytes(1).utf8();
    return CommandException.err(
        "unknown subcommand or wrong number of arguments for '" + name + "'. Try ACL HELP.");
  }

  /// Text of one character a byte as the bytes that it is.
  static Reply bulk(String latin1) {
    return Reply.bulk(Latin1.bytes(latin1));
  }

  static String text(Args args, int index) {
    return Latin1.text(args.bytes(index));
  }

  /// The file of users, or the error that there is none.
  static Path file(Session session) {
    Path file = session.server().access().file();
    if (file == null) {
      throw CommandException.err(
          "This instance is not configured to use an ACL file. Make users with 'ACL SETUSER', and"
              + " keep them with 'CONFIG REWRITE' if it has a configuration file, or start it with"
              + " 'aclfile'");
    }
    return file;
  }
}
