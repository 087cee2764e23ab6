package io.karst.server.operations.generic;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.KeyFlag;
import io.karst.commands.KeySpec;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.keyspace.Key;
import io.karst.server.migration.Migration;
import io.karst.server.migration.MigrationRequest;
import io.karst.server.session.Session;
import io.karst.server.session.SessionBody;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// `MIGRATE`: takes keys to another server, Karst or Redis. Leaves the event loop: only its own
/// connection waits.
@AutoService(Operation.class)
public final class Migrate implements Operation {
  private static final int OPTIONS = 6;
  private static final int PORT_MAX = 65_535;
  private static final int DEFAULT_TIMEOUT_MILLIS = 1000;
  private static final SessionBody BODY = (session, args) -> new Migrate.Words(args).run(session);

  @Override
  public List<Command> commands() {
    return List.of(
        Command.onKeys(
                "MIGRATE host port <key | \"\"> destination-db timeout [COPY] [REPLACE]"
                    + " [AUTH password | AUTH2 username password] [KEYS key [key ...]]",
                "2.6.0",
                "Takes keys to another server, which has them when they are deleted here.",
                BODY)
            .flags(Flag.WRITE, Flag.NO_SCRIPT, Flag.NO_MULTI)
            .slow()
            .dangerous()
            .keys(
                KeySpec.unlessEmpty(3).flags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.DELETE),
                KeySpec.keyword("KEYS", -2, -1, 0)
                    .flags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.DELETE, KeyFlag.INCOMPLETE))
            .complexity("O(N), N being the size of the values, which go over the network")
            .history("3.0.0", "Takes `COPY` and `REPLACE`.")
            .history("3.0.6", "Takes `KEYS`.")
            .history("4.0.7", "Takes `AUTH`.")
            .history("6.0.0", "Takes `AUTH2`.")
            .tips("nondeterministic_output"));
  }

  /// The words of a request, as they are read.
  private static final class Words {
    private final Args args;
    private boolean copies;
    private boolean replaces;
    private List<Bytes> authentication = List.of();
    private final Set<Bytes> keys = new LinkedHashSet<>();

    private Words(Args args) {
      this.args = args;
    }

    private Reply run(Session session) {
      keys.add(args.bytes(3));
      for (int i = OPTIONS; i < args.count(); i++) {
        i = option(i);
      }
      long timeoutMillis = args.int64(5);
      long database = args.int64(4);
      int port = (int) args.int64(2, 0, PORT_MAX);
      return Migration.run(
          session,
          new MigrationRequest(
              args.bytes(1).utf8(),
              port,
              database,
              timeoutMillis <= 0
                  ? DEFAULT_TIMEOUT_MILLIS
                  : (int) Math.min(timeoutMillis, Integer.MAX_VALUE),
              copies,
              replaces,
              authentication,
              keys.stream().map(Key::of).toList()));
    }

    /// Reads the option at word `i`; returns its last word.
    private int option(int i) {
      if (args.is(i, "COPY")) {
        copies = true;
      } else if (args.is(i, "REPLACE")) {
        replaces = true;
      } else if (args.is(i, "AUTH") && i + 1 < args.count()) {
        authentication = List.of(args.bytes(++i));
      } else if (args.is(i, "AUTH2") && i + 2 < args.count()) {
        authentication = List.of(args.bytes(++i), args.bytes(++i));
      } else if (args.is(i, "KEYS")) {
        return keys(i + 1);
      } else {
        throw CommandException.syntax();
      }
      return i;
    }

    private int keys(int from) {
      if (!args.bytes(3).isEmpty()) {
        throw CommandException.err(
            "When using MIGRATE KEYS option, the key argument must be set to the empty string");
      }
      keys.clear();
      for (int i = from; i < args.count(); i++) {
        keys.add(args.bytes(i));
      }
      return args.count();
    }
  }
}
