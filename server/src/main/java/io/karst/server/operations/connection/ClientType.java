package io.karst.server.operations.connection;

import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.server.session.Session;

/// The classes that `CLIENT LIST` and `CLIENT KILL` tell apart.
enum ClientType {
  NORMAL,
  MASTER,
  REPLICA,
  PUBSUB;

  /// The type of a connection.
  static ClientType of(Session session) {
    return session.listening().isSubscriber() ? PUBSUB : NORMAL;
  }

  /// The type that word `index` names.
  static ClientType of(Args args, int index) {
    if (args.is(index, "SLAVE")) {
      return REPLICA;
    }
    for (ClientType type : values()) {
      if (args.is(index, type.name())) {
        return type;
      }
    }
    throw CommandException.err("Unknown client type '" + args.bytes(index).utf8() + "'");
  }
}
