package io.karst.commands.generic;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.base.Limits;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import io.karst.transfer.Payloads;
import io.karst.value.DumpPayload;
import java.util.List;

/// `RESTORE`: make a key of what `DUMP` answered, here or in Redis.
///
/// Any error leaves the key unchanged. A large payload leaves the event loop.
@AutoService(Operation.class)
public final class Restore implements Operation {
  private static final int LOOP_SIZE_MAX = 1 << 16;

  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "RESTORE key ttl serialized-value [REPLACE] [ABSTTL] [IDLETIME seconds]"
                    + " [FREQ frequency]",
                "2.6.0",
                "Makes a key of a serialised value.",
                Restore::restore)
            .denyOom()
            .dangerous()
            .keyFlags(KeyFlag.OVERWRITE, KeyFlag.UPDATE)
            .slowWhen(args -> args.bytes(3).length() > LOOP_SIZE_MAX)
            .complexity("O(N), N being the size of the value")
            .history("3.0.0", "Takes `REPLACE`.")
            .history("5.0.0", "Takes `ABSTTL`, `IDLETIME` and `FREQ`."));
  }

  private static Reply restore(Tx tx, Args args) {
    RestoreOptions options = RestoreOptions.read(args, 4);
    Key key = args.key(1);
    if (!options.replaces() && tx.type(key) != null) {
      throw new CommandException("BUSYKEY Target key name already exists.");
    }
    long ttl = args.int64(2);
    if (ttl < 0) {
      throw CommandException.err("Invalid TTL value, must be >= 0");
    }
    DumpPayload value = DumpPayload.open(args.bytes(3));
    Payloads.put(tx, key, value, expiry(tx, ttl, options.absolute()));
    if (tx.type(key) != null) {
      Payloads.putAccess(tx, key, options.access());
    }
    return Reply.OK;
  }

  private static long expiry(Tx tx, long ttl, boolean absolute) {
    if (ttl == 0) {
      return Record.NO_EXPIRY;
    }
    return absolute || ttl > Limits.EXPIRY_MAX - tx.now()
        ? Math.min(ttl, Limits.EXPIRY_MAX)
        : tx.now() + ttl;
  }
}
