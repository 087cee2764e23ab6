package io.karst.commands.generic;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.List;

/// `TTL`, `PTTL`, `EXPIRETIME`, `PEXPIRETIME`: when a key goes, from now on or since 1970.
///
/// -1 for a key that stays, -2 where there is none. Seconds are rounded to the nearest. No access.
@AutoService(Operation.class)
public final class TimeToLive implements Operation {
  private static final int SECOND = 1000;

  @Override
  public List<Command> commands() {
    return List.of(
        left("TTL key", "1.0.0", "Tells the seconds a key has left.", SECOND),
        left("PTTL key", "2.6.0", "Tells the milliseconds a key has left.", 1),
        time("EXPIRETIME key", "Tells the second a key goes at.", SECOND),
        time("PEXPIRETIME key", "Tells the millisecond a key goes at.", 1));
  }

  private static Command left(String syntax, String since, String summary, int unit) {
    return read(syntax, since, summary, (tx, args) -> reply(tx, args, tx.now(), unit))
        .fast()
        .complexity("O(1)")
        .tips("nondeterministic_output")
        .history("2.8.0", "Answers -2 where there is no key.");
  }

  private static Command time(String syntax, String summary, int unit) {
    return read(syntax, "7.0.0", summary, (tx, args) -> reply(tx, args, 0, unit))
        .fast()
        .complexity("O(1)");
  }

  private static Reply reply(Tx tx, Args args, long origin, int unit) {
    long expiry = tx.expiry(args.key(1));
    return expiry < 0 ? new Reply.Int(expiry) : Reply.of((expiry - origin + unit / 2) / unit);
  }
}
