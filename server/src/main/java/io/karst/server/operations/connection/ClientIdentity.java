package io.karst.server.operations.connection;

import static io.karst.server.operations.connection.ClientCommand.client;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.session.Session;
import java.util.List;

/// `CLIENT ID`, `GETNAME`, `SETNAME`, `SETINFO`: who a connection is, and says it is.
@AutoService(Operation.class)
public final class ClientIdentity implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        client(
            "ID",
            "5.0.0",
            "Answers the number of this connection.",
            (session, args) -> new Reply.Int(session.id())),
        client("GETNAME", "2.6.9", "Answers the name of this connection.", ClientIdentity::name),
        client(
            "SETNAME connection-name", "2.6.9", "Names this connection.", ClientIdentity::setName),
        client(
            "SETINFO <LIB-NAME libname | LIB-VER libver>",
            "7.2.0",
            "Notes which client library this connection is made with.",
            ClientIdentity::setInfo));
  }

  private static Reply name(Session session, Args args) {
    return session.name().isEmpty() ? Reply.NIL : Reply.bulk(session.name());
  }

  private static Reply setName(Session session, Args args) {
    session.name(ClientName.checked(args.bytes(2)).utf8());
    return Reply.OK;
  }

  private static Reply setInfo(Session session, Args args) {
    Bytes value = args.bytes(3);
    if (args.is(2, "LIB-NAME")) {
      session.libraryName(ClientName.checked(value, "lib-name").utf8());
    } else if (args.is(2, "LIB-VER")) {
      session.libraryVersion(ClientName.checked(value, "lib-ver").utf8());
    } else {
      throw CommandException.err("Unrecognized option '" + args.bytes(2).utf8() + "'");
    }
    return Reply.OK;
  }
}
