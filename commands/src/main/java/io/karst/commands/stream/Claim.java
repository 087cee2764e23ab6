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
import io.karst.memory.Record;
import io.karst.value.StreamConsumer;
import io.karst.value.StreamGroup;
import io.karst.value.StreamId;
import io.karst.value.StreamPending;
import java.util.ArrayList;
import java.util.List;

/// `XCLAIM`: let entries that have been pending for long be another consumer's.
@AutoService(Operation.class)
public final class Claim implements Operation {
  private static final int IDS = 5;

  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "XCLAIM key group consumer min-idle-time id [id ...] [IDLE ms] [TIME"
                    + " unix-time-milliseconds] [RETRYCOUNT count] [FORCE] [JUSTID]"
                    + " [LASTID lastid]",
                "5.0.0",
                "Lets pending entries be another consumer's.",
                Claim::claim)
            .fast()
            .tips("nondeterministic_output")
            .complexity("O(log(N)) for each entry, N being the number of pending ones"));
  }

  private static Reply claim(Tx tx, Args args) {
    StreamView stream = tx.streamForUpdate(args.key(1));
    StreamGroup group = Groups.ofKey(stream, args, 1, args.bytes(2));
    long idle = idle(args, "XCLAIM");
    int end = IDS;
    while (end < args.count() && Ids.find(args.bytes(end), 0) != null) {
      end++;
    }
    StreamId[] ids = Ids.ids(args, IDS, end);
    ClaimOptions options = ClaimOptions.read(args, end, tx.now());
    StreamId last = options.lastId();
    if (last != null && group.lastDelivered().isBefore(last)) {
      stream.putGroup(group.name(), last, group.entriesRead());
    }
    StreamConsumer consumer = Consumers.seen(tx, stream, group, args.bytes(3));
    List<Reply> claimed = new ArrayList<>();
    for (StreamId id : ids) {
      if (claim(tx, stream, group, consumer, id, idle, options)) {
        Reply entry = options.onlyIds() ? null : Entries.entry(stream, id);
        claimed.add(entry == null ? Entries.id(id) : entry);
      }
    }
    if (!claimed.isEmpty()) {
      Consumers.active(tx, stream, group, consumer.name());
    }
    return new Reply.Array(claimed);
  }

  private static boolean claim(
      Tx tx,
      StreamView stream,
      StreamGroup group,
      StreamConsumer consumer,
      StreamId id,
      long idle,
      ClaimOptions options) {
    if (!stream.contains(id)) {
      stream.acknowledge(group, id);
      return false;
    }
    long pending = group.find(id);
    if (pending == Record.NONE) {
      if (!options.makes()) {
        return false;
      }
    } else if (tx.now() - StreamPending.deliveredMillis(pending) < idle) {
      return false;
    }
    long before = pending == Record.NONE ? 1 : StreamPending.deliveries(pending);
    stream.putPending(
        group, consumer, id, options.deliveredMillis(), options.deliveriesAfter(before));
    return true;
  }

  /// The word that says for how long an entry has been pending at least.
  static long idle(Args args, String command) {
    if (!Decimal.isInt64(args.bytes(4))) {
      throw CommandException.err("Invalid min-idle-time argument for " + command);
    }
    return Math.max(0, args.int64(4));
  }
}
