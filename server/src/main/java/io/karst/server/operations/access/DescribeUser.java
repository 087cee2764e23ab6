package io.karst.server.operations.access;

import static io.karst.server.operations.access.AclCommand.acl;
import static io.karst.server.operations.access.AclCommand.bulk;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.acl.Account;
import io.karst.server.acl.UserDescription;
import io.karst.server.session.Session;
import java.util.ArrayList;
import java.util.List;

/// `ACL GETUSER`: what a user is and may do.
@AutoService(Operation.class)
public final class DescribeUser implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        acl("GETUSER username", "6.0.0", "Describes a user.", DescribeUser::describe)
            .admin()
            .complexity("O(N) where N is the number of rules")
            .history("6.2.0", "Tells channels.")
            .history("7.0.0", "Tells selectors; keys and channels as text."));
  }

  private static Reply describe(Session session, Args args) {
    Account account = session.server().access().users().find(args.bytes(2));
    if (account == null) {
      return Reply.NIL;
    }
    UserDescription user = UserDescription.of(account.user());
    List<Reply> fields = new ArrayList<>();
    fields.add(Reply.bulk("flags"));
    fields.add(new Reply.Collection(user.flags().stream().map(flag -> Reply.bulk(flag)).toList()));
    fields.add(Reply.bulk("passwords"));
    fields.add(new Reply.Array(user.passwords().stream().map(hex -> Reply.bulk(hex)).toList()));
    fields.addAll(rights(user.root()));
    fields.add(Reply.bulk("selectors"));
    fields.add(
        new Reply.Array(
            user.selectors().stream().map(each -> new Reply.Dictionary(rights(each))).toList()));
    return new Reply.Dictionary(fields);
  }

  private static List<Reply> rights(UserDescription.Rights rights) {
    return List.of(
        Reply.bulk("commands"),
        bulk(rights.commands()),
        Reply.bulk("keys"),
        bulk(rights.keys()),
        Reply.bulk("channels"),
        bulk(rights.channels()));
  }
}
