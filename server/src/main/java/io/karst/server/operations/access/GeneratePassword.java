package io.karst.server.operations.access;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.acl.Secrets;
import io.karst.server.session.Session;
import java.util.List;

/// `ACL GENPASS`: a password that nobody guesses.
@AutoService(Operation.class)
public final class GeneratePassword implements Operation {
  private static final int BITS = 256;
  private static final int BITS_MAX = 4096;

  @Override
  public List<Command> commands() {
    return List.of(
        AclCommand.acl(
                "GENPASS [bits]",
                "6.0.0",
                "Makes a random password of hexadecimal digits.",
                GeneratePassword::generate)
            .complexity("O(1)"));
  }

  private static Reply generate(Session session, Args args) {
    if (args.count() > 3) {
      throw AclCommand.tooManyWords(args);
    }
    long bits = args.count() == 3 ? args.int64(2) : BITS;
    if (bits <= 0 || bits > BITS_MAX) {
      throw CommandException.err(
          "ACL GENPASS argument must be the number of bits for the output password, a positive"
              + " number up to "
              + BITS_MAX);
    }
    return Reply.bulk(Secrets.hex((int) bits));
  }
}
