package io.karst.server.operations.access;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.acl.Account;
import io.karst.server.acl.Denial;
import io.karst.server.acl.Guard;
import io.karst.server.session.Session;
import java.util.List;

/// `ACL DRYRUN`: whether a user may run a command, which is not run.
@AutoService(Operation.class)
public final class TryCommand implements Operation {
  /// The words in front of the command that is asked about.
  private static final int NAME_WORDS = 3;

  @Override
  public List<Command> commands() {
    return List.of(
        AclCommand.acl(
                "DRYRUN username command [arg [arg ...]]",
                "7.0.0",
                "Tells whether a user may run a command, without running it.",
                TryCommand::look)
            .admin()
            .complexity("O(1)"));
  }

  private static Reply look(Session session, Args args) {
    Account account = session.server().access().users().find(args.bytes(2));
    if (account == null) {
      throw CommandException.err("User '" + args.bytes(2).utf8() + "' not found");
    }
    Args asked = Args.of(args.from(NAME_WORDS).toArray(Bytes[]::new));
    if (session.server().commands().lookUp(asked) == null) {
      throw CommandException.err("Command '" + asked.bytes(0).utf8() + "' not found");
    }
    Command command = session.server().commands().find(asked);
    Denial denial = new Guard().denial(account.user(), command, asked);
    return denial == null ? Reply.OK : Reply.bulk(denial.detail(account.user()));
  }
}
