package io.karst.commands.stream;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.StreamView;
import io.karst.engine.Tx;
import io.karst.value.StreamProducers;
import java.util.List;

/// `XCFGSET`: for how long, and how many of the latest entries of each producer a stream knows
/// again (`XADD … IDMP`). Another rule than before forgets those it knows.
@AutoService(Operation.class)
public final class ProducerRule implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "XCFGSET key [IDMP-DURATION seconds] [IDMP-MAXSIZE count]",
                "8.6.0",
                "Sets how long a stream knows entries of producers again, and how many.",
                ProducerRule::set)
            .fast()
            .complexity("O(1), and O(N) if N known entries are forgotten"));
  }

  private static Reply set(Tx tx, Args args) {
    int seconds = 0;
    int tokens = 0;
    for (int i = 2; i < args.count(); i += 2) {
      boolean more = i + 1 < args.count();
      if (more && args.is(i, "IDMP-DURATION")) {
        seconds = number(args, i + 1, StreamProducers.DURATION_SECONDS_MAX, "duration");
      } else if (more && args.is(i, "IDMP-MAXSIZE")) {
        tokens = number(args, i + 1, StreamProducers.TOKENS_MAX, "maxsize");
      } else {
        throw CommandException.syntax();
      }
    }
    if (seconds == 0 && tokens == 0) {
      throw CommandException.syntax();
    }
    StreamView stream = tx.streamForUpdate(args.key(1));
    if (!stream.exists()) {
      throw CommandException.noSuchKey();
    }
    set(stream, seconds, tokens);
    return Reply.OK;
  }

  /// - `seconds`, `tokens`: 0 to let it be.
  private static void set(StreamView stream, int seconds, int tokens) {
    StreamProducers before = stream.producers();
    int secondsBefore =
        before == null ? StreamProducers.DURATION_SECONDS : before.durationSeconds();
    int tokensBefore = before == null ? StreamProducers.TOKENS : before.tokensMax();
    stream.producers(
        seconds == 0 ? secondsBefore : seconds,
        tokens == 0 ? tokensBefore : tokens,
        before == null ? 0 : before.duplicates());
  }

  private static int number(Args args, int index, int max, String what) {
    long number = Decimal.isInt64(args.bytes(index)) ? args.int64(index) : 0;
    if (number < 1 || number > max) {
      throw CommandException.err("invalid " + what + ", must be between 1 and " + max);
    }
    return (int) number;
  }
}
