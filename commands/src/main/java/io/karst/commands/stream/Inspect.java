package io.karst.commands.stream;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.StreamView;
import io.karst.engine.Tx;
import io.karst.value.StreamConsumer;
import io.karst.value.StreamGroup;
import java.util.ArrayList;
import java.util.List;

/// `XINFO STREAM`, `GROUPS`, `CONSUMERS`: what there is to know of a stream besides its entries.
@AutoService(Operation.class)
public final class Inspect implements Operation {
  private static final int KEY = 2;
  private static final int OPTIONS = 3;
  private static final long COUNT = 10;

  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "XINFO STREAM key [FULL [COUNT count]]",
                "5.0.0",
                "Tells about a stream.",
                Inspect::stream)
            .complexity("O(1), and O(N) with FULL, N being the number of entries shown")
            .history("6.0.0", "Takes `FULL`.")
            .history("7.0.0", "Tells the counts of entries ever added and read.")
            .history("7.2.0", "Tells when a consumer was active.")
            .history("8.6.0", "Tells what is remembered of producers.")
            .history("8.8.0", "Tells how many entries were given back to a group."),
        read("XINFO GROUPS key", "5.0.0", "Tells about the groups of a stream.", Inspect::groups)
            .complexity("O(1)")
            .history("7.0.0", "Tells how many entries a group has read, and has not."),
        read(
                "XINFO CONSUMERS key group",
                "5.0.0",
                "Tells about the consumers of a group.",
                Inspect::consumers)
            .tips("nondeterministic_output")
            .complexity("O(1)")
            .history("7.2.0", "Tells when a consumer was active."));
  }

  private static Reply stream(Tx tx, Args args) {
    long count = COUNT;
    boolean full = args.count() > OPTIONS;
    if (full) {
      if (!args.is(OPTIONS, "FULL") || (args.count() > OPTIONS + 1 && !hasCount(args))) {
        throw CommandException.err(
            "unknown subcommand or wrong number of arguments for 'STREAM'. Try XINFO HELP.");
      }
      if (args.count() > OPTIONS + 1) {
        long wanted = args.int64(OPTIONS + 2);
        count = wanted < 0 ? COUNT : wanted == 0 ? Long.MAX_VALUE : wanted;
      }
    }
    StreamView stream = existing(tx, args);
    return full ? StreamReport.full(stream, count, tx.now()) : StreamReport.brief(stream, tx.now());
  }

  private static boolean hasCount(Args args) {
    return args.count() == OPTIONS + 3 && args.is(OPTIONS + 1, "COUNT");
  }

  private static Reply groups(Tx tx, Args args) {
    StreamView stream = existing(tx, args);
    List<Reply> groups = new ArrayList<>();
    for (StreamGroup group : stream.groups()) {
      groups.add(
          new Report()
              .put("name", Reply.bulk(group.name()))
              .put("consumers", Reply.of(group.consumers().size()))
              .put("pending", Reply.of(group.pendingCount()))
              .put("last-delivered-id", Entries.id(group.lastDelivered()))
              .put("entries-read", StreamReport.entriesRead(group))
              .put("lag", StreamReport.lag(stream, group))
              .reply());
    }
    return new Reply.Array(groups);
  }

  private static Reply consumers(Tx tx, Args args) {
    StreamView stream = existing(tx, args);
    StreamGroup group = Groups.ofStream(stream, args, KEY, args.bytes(KEY + 1));
    List<Reply> consumers = new ArrayList<>();
    for (StreamConsumer consumer : group.consumers()) {
      long active = consumer.activeMillis();
      consumers.add(
          new Report()
              .put("name", Reply.bulk(consumer.name()))
              .put("pending", Reply.of(consumer.pendingCount()))
              .put("idle", Reply.of(Math.max(0, tx.now() - consumer.seenMillis())))
              .put(
                  "inactive",
                  Reply.of(active == StreamConsumer.NEVER ? -1 : Math.max(0, tx.now() - active)))
              .reply());
    }
    return new Reply.Array(consumers);
  }

  private static StreamView existing(Tx tx, Args args) {
    StreamView stream = tx.stream(args.key(KEY));
    if (!stream.exists()) {
      throw CommandException.noSuchKey();
    }
    return stream;
  }
}
