package io.karst.commands.stream;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.StreamView;
import io.karst.engine.Tx;
import io.karst.value.StreamConsumer;
import io.karst.value.StreamCursor;
import io.karst.value.StreamGroup;
import io.karst.value.StreamId;
import io.karst.value.StreamPending;
import io.karst.value.StreamSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `XREADGROUP`: what a consumer of a group has not got yet (`>`), waited for if there is nothing;
/// or what is pending for it behind an id. With `CLAIM` what has been pending for long, whoever it
/// is for, comes before what is new.
@AutoService(Operation.class)
public final class ReadGroup implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "XREADGROUP <GROUP group consumer> [COUNT count] [MAXCOUNT maxcount] [MAXSIZE"
                    + " maxsize] [BLOCK milliseconds] [CLAIM min-idle-time] [NOACK] STREAMS key"
                    + " [key ...] id [id ...]",
                "5.0.0",
                "Delivers entries of streams to a consumer of a group.",
                ReadGroup::read)
            .flags(Flag.BLOCKING)
            .keyFlags(KeyFlag.READ_ONLY, KeyFlag.ACCESS)
            .complexity("O(N), N being the number of entries delivered")
            .history("8.4.0", "Takes `CLAIM`.")
            .history("8.10.0", "Takes `MAXCOUNT` and `MAXSIZE`."));
  }

  /// What stands for idle time and deliveries of an entry that is new.
  private static final Reply FRESH = Reply.ZERO;

  /// How many entries that are in the stream no more are let go of at once.
  private static final int CLAIM_DELETED_MAX = 1000;

  /// A stream to read of.
  ///
  /// - `after`: behind which id what is pending is shown; null for what is new.
  private record Source(StreamView stream, StreamGroup group, @Nullable StreamId after) {}

  private static Reply read(Tx tx, Args args) {
    return read(tx, args, ReadRequest.read(tx, args, true), true);
  }

  /// - `first`: not woken by a change, which is no sign of life of the consumer's.
  private static Reply read(Tx tx, Args args, ReadRequest request, boolean first) {
    List<Source> sources = sources(tx, args, request);
    Bytes name = args.bytes(request.group() + 1);
    ReadBudget budget = request.budget();
    List<Reply> found = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      Source source = sources.get(i);
      List<Reply> entries;
      StreamId after = source.after();
      if (after != null) {
        entries = history(tx, source, name, after, request.count(), budget);
      } else {
        entries = deliver(tx, source, name, request, budget, first);
        if (entries.isEmpty()) {
          continue;
        }
      }
      found.add(Reply.bulk(args.bytes(request.keys() + i)));
      found.add(new Reply.Array(entries));
    }
    if (!found.isEmpty()) {
      return new Reply.Entries(found);
    }
    if (!request.waits()) {
      return Reply.NIL_ARRAY;
    }
    return new Reply.Blocked(request.deadlineMillis(), Reply.NIL_ARRAY, null)
        .orGone()
        .orAt(claimableMillis(sources, request))
        .then((again, words) -> read(again, words, request, false));
  }

  /// When an entry will have been pending for long enough to be claimed, if nothing changes.
  private static long claimableMillis(List<Source> sources, ReadRequest request) {
    long earliest = Long.MAX_VALUE;
    for (Source source : sources) {
      if (request.claimIdle() != ReadRequest.NO_CLAIM && source.group().pendingCount() > 0) {
        earliest = Math.min(earliest, source.group().firstDeliveredMillis());
      }
    }
    long at = earliest + request.claimIdle();
    return earliest == Long.MAX_VALUE || at < 0 ? Reply.Blocked.FOREVER : at;
  }

  private static List<Source> sources(Tx tx, Args args, ReadRequest request) {
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < request.streams(); i++) {
      int keyIndex = request.keys() + i;
      StreamView stream = tx.streamForUpdate(args.key(keyIndex));
      Bytes name = args.bytes(request.group());
      StreamGroup group =
          Groups.ofKey(stream, args, keyIndex, name, " in XREADGROUP with GROUP option");
      int id = request.id(i);
      sources.add(new Source(stream, group, args.is(id, ">") ? null : after(args, id)));
    }
    return sources;
  }

  private static StreamId after(Args args, int index) {
    if (args.is(index, "$") || args.is(index, "+")) {
      String id = args.bytes(index).utf8();
      throw CommandException.err(
          "The "
              + id
              + " ID is meaningless in the context of XREADGROUP: you want to read the history of"
              + " this consumer by specifying a proper ID, or use the > ID to get new messages."
              + " The "
              + id
              + " ID would just return an empty result set.");
    }
    return Ids.id(args, index);
  }

  private static List<Reply> deliver(
      Tx tx, Source source, Bytes name, ReadRequest request, ReadBudget budget, boolean first) {
    StreamView stream = source.stream();
    StreamGroup group = source.group();
    boolean claims = request.claimIdle() != ReadRequest.NO_CLAIM;
    List<Reply> entries = claims ? claim(tx, source, name, request, budget) : new ArrayList<>();
    List<StreamId> ids = new ArrayList<>();
    StreamCursor cursor = stream.cursor();
    StreamId from = group.lastDelivered().next();
    boolean found = cursor != null && from != null && !budget.isSpent() && cursor.seek(from);
    while (cursor != null && found && entries.size() < request.count() && budget.takes(cursor)) {
      Reply.Array entry = Entries.entry(cursor);
      entries.add(claims ? Entries.delivered(entry, FRESH, FRESH) : entry);
      ids.add(cursor.id());
      stream.weigh(ids.size());
      found = cursor.next();
    }
    if (ids.isEmpty()) {
      if (first && entries.isEmpty()) {
        Consumers.seen(tx, stream, group, name);
      }
      return entries;
    }
    StreamConsumer consumer = Consumers.active(tx, stream, group, name);
    stream.putGroup(group.name(), ids.getLast(), entriesRead(stream, group, ids));
    for (int i = 0; i < ids.size() && !request.noAck(); i++) {
      stream.putPending(group, consumer, ids.get(i), tx.now(), 1);
    }
    return entries;
  }

  /// Makes entries the consumer's that have been pending for long, the longest first. What is in
  /// the stream no more is pending no more.
  private static List<Reply> claim(
      Tx tx, Source source, Bytes name, ReadRequest request, ReadBudget budget) {
    StreamView stream = source.stream();
    StreamGroup group = source.group();
    List<Reply> entries = new ArrayList<>();
    List<StreamId> claimed = new ArrayList<>();
    List<StreamId> deleted = new ArrayList<>();
    StreamCursor cursor = stream.cursor();
    stream.forEachByDelivery(
        group,
        (id, owner, record) -> {
          long delivered = StreamPending.deliveredMillis(record);
          if (cursor == null
              || tx.now() - delivered < request.claimIdle()
              || entries.size() >= request.count()) {
            return false;
          }
          if (!cursor.find(id)) {
            deleted.add(id);
            return deleted.size() < CLAIM_DELETED_MAX;
          }
          if (!budget.takes(cursor)) {
            return false;
          }
          Reply idle = Reply.of(Math.max(0, tx.now() - delivered));
          Reply deliveries = Reply.of(StreamPending.deliveries(record));
          entries.add(Entries.delivered(Entries.entry(cursor), idle, deliveries));
          return claimed.add(id);
        });
    for (StreamId id : deleted) {
      stream.acknowledge(group, id);
    }
    if (!claimed.isEmpty()) {
      StreamConsumer consumer = Consumers.active(tx, stream, group, name);
      for (StreamId id : claimed) {
        long before = StreamPending.deliveries(group.find(id));
        long after = before == Long.MAX_VALUE ? before : before + 1;
        stream.putPending(group, consumer, id, tx.now(), after);
      }
    }
    return entries;
  }

  /// How many entries the group has read when it has got these.
  private static long entriesRead(StreamView stream, StreamGroup group, List<StreamId> ids) {
    long read = group.entriesRead();
    for (StreamId id : ids) {
      if (read != StreamSink.ENTRIES_READ_UNKNOWN && !stream.hasGapFrom(id)) {
        read++;
      } else if (stream.state().entriesAdded() > 0) {
        read = stream.entriesUpTo(id);
      }
    }
    return read;
  }

  private static List<Reply> history(
      Tx tx, Source source, Bytes name, StreamId after, long count, ReadBudget budget) {
    StreamView stream = source.stream();
    StreamGroup group = source.group();
    StreamConsumer consumer = Consumers.seen(tx, stream, group, name);
    List<Reply> entries = new ArrayList<>();
    StreamId from = after.next();
    List<StreamId> ids = new ArrayList<>();
    if (from != null && !budget.isSpent()) {
      group.forEach(
          consumer,
          from,
          (id, owner, record) -> {
            ids.add(id);
            return ids.size() < count;
          });
    }
    for (StreamId id : ids) {
      StreamCursor cursor = stream.cursor();
      boolean found = cursor != null && cursor.find(id);
      if (cursor == null || !(found ? budget.takes(cursor) : budget.takes(id))) {
        break;
      }
      if (found) {
        entries.add(Entries.entry(cursor));
        long deliveries = StreamPending.deliveries(group.find(id)) + 1;
        stream.putPending(group, consumer, id, tx.now(), deliveries);
      } else {
        entries.add(Reply.array(Entries.id(id), Reply.NIL_ARRAY));
      }
    }
    return entries;
  }
}
