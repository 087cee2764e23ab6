package io.karst.server.operations.access;

import static io.karst.server.operations.access.AclCommand.acl;
import static io.karst.server.operations.access.AclCommand.bulk;
import static io.karst.server.operations.access.AclCommand.text;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.acl.Account;
import io.karst.server.acl.RuleException;
import io.karst.server.session.Access;
import io.karst.server.session.Session;
import java.util.ArrayList;
import java.util.List;

/// `ACL SETUSER`, `DELUSER`, `LIST`, `USERS`, `WHOAMI`: makes users, changes and removes them.
///
/// Whoever is connected as a user that changes has the new rights at his next command; the
/// connections of one that is removed end, and of those who listen to a channel that is not open to
/// them any more.
@AutoService(Operation.class)
public final class ManageUsers implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        acl(
                "SETUSER username [rule [rule ...]]",
                "6.0.0",
                "Applies rules to a user, who is made if there is none.",
                ManageUsers::set)
            .admin()
            .complexity("O(N) where N is the number of rules")
            .history("6.2.0", "Takes rules about channels.")
            .history("7.0.0", "Takes selectors, and rules about reading and writing keys."),
        acl(
                "DELUSER username [username ...]",
                "6.0.0",
                "Removes users and ends their connections.",
                ManageUsers::remove)
            .admin()
            .complexity("O(1) for each user and each connection"),
        acl("LIST", "6.0.0", "Lists users as lines of a file.", ManageUsers::list)
            .admin()
            .complexity("O(N) where N is the number of users"),
        acl("USERS", "6.0.0", "Lists the names of users.", ManageUsers::names)
            .admin()
            .complexity("O(N) where N is the number of users"),
        acl("WHOAMI", "6.0.0", "Tells which user this connection is.", ManageUsers::whoAmI)
            .complexity("O(1)"));
  }

  private static Reply set(Session session, Args args) {
    List<String> rules = new ArrayList<>();
    for (int i = 3; i < args.count(); i++) {
      rules.add(text(args, i));
    }
    Access access = session.server().access();
    try {
      access.users().set(args.bytes(2), rules);
    } catch (RuleException wrong) {
      throw CommandException.err(oneLine(wrong.line("ACL SETUSER modifier")));
    }
    access.silence(session);
    return Reply.OK;
  }

  /// Without the ends of lines that a rule may have had.
  private static String oneLine(String text) {
    return text.replace('\r', ' ').replace('\n', ' ');
  }

  private static Reply remove(Session session, Args args) {
    List<Account> gone = session.server().access().users().remove(args.from(2));
    session.server().access().expel(gone, session);
    return Reply.of(gone.size());
  }

  private static Reply list(Session session, Args args) {
    return new Reply.Array(
        session.server().access().users().all().stream()
            .map(account -> bulk(account.user().line()))
            .toList());
  }

  private static Reply names(Session session, Args args) {
    return new Reply.Array(
        session.server().access().users().all().stream()
            .map(account -> bulk(account.user().name()))
            .toList());
  }

  private static Reply whoAmI(Session session, Args args) {
    return bulk(session.account().user().name());
  }
}
