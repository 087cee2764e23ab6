package io.karst.commands.stream;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.value.StreamConsumer;
import io.karst.value.StreamGroup;
import io.karst.value.StreamId;
import io.karst.value.StreamPending;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `XPENDING`: what is pending in a group: how much for whom, or the entries themselves.
@AutoService(Operation.class)
public final class Pending implements Operation {
  private static final int SUMMARY_WORDS = 3;

  /// The least and the most words of a call for entries.
  private static final int RANGE_WORDS_MIN = 6;

  private static final int RANGE_WORDS_MAX = 9;

  /// What stands for the time since the last delivery of an entry that was given back.
  private static final long RELEASED_IDLE = -1;

  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "XPENDING key group [[IDLE min-idle-time] start end count [consumer]]",
                "5.0.0",
                "Shows what is pending in a group.",
                Pending::pending)
            .tips("nondeterministic_output")
            .complexity("O(N), N being the number of entries looked at")
            .history("6.2.0", "Takes `IDLE`, and bounds that do not belong to the range."));
  }

  private static Reply pending(Tx tx, Args args) {
    if (args.count() == SUMMARY_WORDS) {
      return summary(group(tx, args));
    }
    if (args.count() < RANGE_WORDS_MIN || args.count() > RANGE_WORDS_MAX) {
      throw CommandException.syntax();
    }
    int at = SUMMARY_WORDS;
    long idle = 0;
    if (args.is(at, "IDLE")) {
      idle = args.int64(at + 1);
      at += 2;
      if (args.count() < RANGE_WORDS_MIN + 2) {
        throw CommandException.syntax();
      }
    } else if (args.count() > RANGE_WORDS_MIN + 1) {
      throw CommandException.syntax();
    }
    long count = Math.max(0, args.int64(at + 2));
    StreamId from = Ids.lower(args, at);
    StreamId to = Ids.upper(args, at + 1);
    Bytes name = at + 3 < args.count() ? args.bytes(at + 3) : null;
    StreamGroup group = group(tx, args);
    StreamConsumer consumer = name == null ? null : group.consumer(name);
    if (count == 0 || to.isBefore(from) || (name != null && consumer == null)) {
      return Reply.EMPTY_ARRAY;
    }
    return new Reply.Array(range(group, consumer, from, to, count, tx.now() - idle, tx.now()));
  }

  private static StreamGroup group(Tx tx, Args args) {
    return Groups.ofKey(tx.stream(args.key(1)), args, 1, args.bytes(2));
  }

  private static Reply summary(StreamGroup group) {
    if (group.pendingCount() == 0) {
      return Reply.array(Reply.ZERO, Reply.NIL, Reply.NIL, Reply.NIL_ARRAY);
    }
    List<Reply> consumers = new ArrayList<>();
    for (StreamConsumer consumer : group.consumers()) {
      if (consumer.pendingCount() > 0) {
        consumers.add(
            Reply.array(
                Reply.bulk(consumer.name()), Reply.bulk(Long.toString(consumer.pendingCount()))));
      }
    }
    return Reply.array(
        Reply.of(group.pendingCount()),
        Entries.id(group.firstPending()),
        Entries.id(group.lastPending()),
        new Reply.Array(consumers));
  }

  /// - `deliveredBy`: shows only what was delivered last at this time or earlier.
  private static List<Reply> range(
      StreamGroup group,
      @Nullable StreamConsumer of,
      StreamId from,
      StreamId to,
      long count,
      long deliveredBy,
      long now) {
    List<Reply> shown = new ArrayList<>();
    group.forEach(
        of,
        from,
        (id, consumer, record) -> {
          if (to.isBefore(id)) {
            return false;
          }
          long delivered = StreamPending.deliveredMillis(record);
          if (delivered <= deliveredBy) {
            shown.add(
                Reply.array(
                    Entries.id(id),
                    Consumers.name(consumer),
                    Reply.of(consumer == null ? RELEASED_IDLE : Math.max(0, now - delivered)),
                    Reply.of(StreamPending.deliveries(record))));
          }
          return shown.size() < count;
        });
    return shown;
  }
}
