package io.karst.commands.server;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.List;

/// `DEBUG OBJECT`: how a key is stored. Where it is stored (`at:`) is never told.
@AutoService(Operation.class)
public final class DebugObject implements Operation {
  /// Of the clock by which accesses are noted.
  private static final int TICKS_A_SECOND = 16;

  @Override
  public List<Command> commands() {
    return List.of(
        read("DEBUG OBJECT key", "1.0.0", "Tells how a key is stored.", DebugObject::describe)
            .admin()
            .loading()
            .stale()
            .flags(Flag.NO_SCRIPT)
            .complexity("O(1)"));
  }

  private static Reply describe(Tx tx, Args args) {
    String encoding = tx.usage().encoding(args.key(2));
    if (encoding == null) {
      throw CommandException.noSuchKey();
    }
    long idleMillis = tx.usage().idleMillis(args.key(2));
    return new Reply.Simple(
        "Value at:0x0 refcount:1 encoding:"
            + encoding
            + " serializedlength:"
            + tx.usage().memory(args.key(2))
            + " lru:"
            + (lastAccess(tx.now(), idleMillis) & 0xff_ffff)
            + " lru_seconds_idle:"
            + idleMillis / 1000);
  }

  /// In seconds, and the same whenever it is asked for: idle times are whole ticks, rounded down.
  private static long lastAccess(long nowMillis, long idleMillis) {
    long now = nowMillis * TICKS_A_SECOND / 1000;
    long idle = (idleMillis * TICKS_A_SECOND + 999) / 1000;
    return (now - idle) / TICKS_A_SECOND;
  }
}
