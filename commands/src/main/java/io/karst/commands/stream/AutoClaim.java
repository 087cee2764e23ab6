package io.karst.commands.stream;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.StreamView;
import io.karst.engine.Tx;
import io.karst.value.StreamConsumer;
import io.karst.value.StreamGroup;
import io.karst.value.StreamId;
import io.karst.value.StreamPending;
import java.util.ArrayList;
import java.util.List;

/// `XAUTOCLAIM`: let the entries that have been pending for long be another consumer's, some from
/// an id on; answers where to go on.
@AutoService(Operation.class)
public final class AutoClaim implements Operation {
  private static final long COUNT = 100;

  /// How many entries are looked at for each that is wanted.
  private static final long ATTEMPTS = 10;

  private static final long COUNT_MAX = Long.MAX_VALUE / ATTEMPTS;

  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "XAUTOCLAIM key group consumer min-idle-time start [COUNT count] [JUSTID]",
                "6.2.0",
                "Lets pending entries from an id on be another consumer's.",
                AutoClaim::claim)
            .fast()
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.DELETE)
            .tips("nondeterministic_output")
            .complexity("O(1) if COUNT is small")
            .history("7.0.0", "Lets go of what is deleted, and shows it."));
  }

  private static Reply claim(Tx tx, Args args) {
    long idle = Claim.idle(args, "XAUTOCLAIM");
    StreamId start = Ids.lower(args, 5);
    long count = COUNT;
    boolean onlyIds = false;
    for (int i = 6; i < args.count(); i++) {
      if (i + 1 < args.count() && args.is(i, "COUNT")) {
        count = count(args, ++i);
      } else if (args.is(i, "JUSTID")) {
        onlyIds = true;
      } else {
        throw CommandException.syntax();
      }
    }
    StreamView stream = tx.streamForUpdate(args.key(1));
    StreamGroup group = Groups.ofKey(stream, args, 1, args.bytes(2));
    StreamConsumer consumer = Consumers.seen(tx, stream, group, args.bytes(3));
    Found found = find(stream, group, start, count, tx.now() - idle, idle > 0);
    List<Reply> claimed = new ArrayList<>();
    for (StreamId id : found.claimed) {
      long deliveries = StreamPending.deliveries(group.find(id)) + (onlyIds ? 0 : 1);
      stream.putPending(group, consumer, id, tx.now(), deliveries);
      Reply entry = onlyIds ? null : Entries.entry(stream, id);
      claimed.add(entry == null ? Entries.id(id) : entry);
    }
    List<Reply> deleted = new ArrayList<>();
    for (StreamId id : found.deleted) {
      stream.acknowledge(group, id);
      deleted.add(Entries.id(id));
    }
    if (!claimed.isEmpty()) {
      Consumers.active(tx, stream, group, consumer.name());
    }
    return Reply.array(Entries.id(found.next), new Reply.Array(claimed), new Reply.Array(deleted));
  }

  private static final class Found {
    final List<StreamId> claimed = new ArrayList<>();
    final List<StreamId> deleted = new ArrayList<>();

    /// Where to go on, [StreamId#ZERO] at the end.
    StreamId next = StreamId.ZERO;
  }

  private static Found find(
      StreamView stream,
      StreamGroup group,
      StreamId start,
      long count,
      long deliveredBy,
      boolean checks) {
    Found found = new Found();
    long[] left = {count, count * ATTEMPTS};
    group.forEach(
        null,
        start,
        (id, owner, record) -> {
          if (left[0] == 0 || left[1] == 0) {
            found.next = id;
            return false;
          }
          left[1]--;
          if (!stream.contains(id)) {
            found.deleted.add(id);
            left[0]--;
          } else if (!checks || StreamPending.deliveredMillis(record) <= deliveredBy) {
            found.claimed.add(id);
            left[0]--;
          }
          return true;
        });
    return found;
  }

  private static long count(Args args, int index) {
    long count = Decimal.isInt64(args.bytes(index)) ? args.int64(index) : 0;
    if (count < 1 || count > COUNT_MAX) {
      throw CommandException.err("COUNT must be > 0");
    }
    return count;
  }
}
