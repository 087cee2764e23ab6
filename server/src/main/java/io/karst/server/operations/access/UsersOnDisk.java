package io.karst.server.operations.access;

import static io.karst.server.operations.access.AclCommand.acl;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.acl.Account;
import io.karst.server.acl.UserFile;
import io.karst.server.session.Access;
import io.karst.server.session.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// `ACL LOAD`, `ACL SAVE`: users from their file (`aclfile`), and back. All of them or none.
@AutoService(Operation.class)
public final class UsersOnDisk implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        acl("LOAD", "6.0.0", "Reads the file of users.", UsersOnDisk::load)
            .admin()
            .slow()
            .complexity("O(N) where N is the number of users and connections"),
        acl("SAVE", "6.0.0", "Writes the file of users.", UsersOnDisk::save)
            .admin()
            .slow()
            .complexity("O(N) where N is the number of users"));
  }

  private static Reply load(Session session, Args args) {
    Path file = AclCommand.file(session);
    Access access = session.server().access();
    try {
      List<Account> gone = UserFile.load(file, access.users());
      access.expel(gone, session);
      access.silence(session);
    } catch (IOException cannot) {
      throw CommandException.err(String.valueOf(cannot.getMessage()).replace('\n', ' '));
    }
    return Reply.OK;
  }

  private static Reply save(Session session, Args args) {
    Path file = AclCommand.file(session);
    try {
      UserFile.save(file, session.server().access().users());
    } catch (IOException cannot) {
      throw CommandException.err("There was an error trying to save the ACLs: " + cannot);
    }
    return Reply.OK;
  }
}
