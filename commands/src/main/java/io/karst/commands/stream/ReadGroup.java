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
/// or what is pending for it behind an id.
@AutoService(Operation.class)
public final class ReadGroup implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "XREADGROUP <GROUP group consumer> [COUNT count] [BLOCK milliseconds] [NOACK]"
                    + " STREAMS key [key ...] id [id ...]",
                "5.0.0",
                "Delivers entries of streams to a consumer of a group.",
                ReadGroup::read)
            .flags(Flag.BLOCKING)
            .keyFlags(KeyFlag.READ_ONLY, KeyFlag.ACCESS)
            .complexity("O(N), N being the number of entries delivered"));
  }

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
    List<Reply> found = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      Source source = sources.get(i);
      List<Reply> entries;
      StreamId after = source.after();
      if (after != null) {
        entries = history(tx, source, name, after, request.count());
      } else {
        entries = deliver(tx, source, name, request, first);
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
        .then((again, words) -> read(again, words, request, false));
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
      Tx tx, Source source, Bytes name, ReadRequest request, boolean first) {
    StreamView stream = source.stream();
    StreamGroup group = source.group();
    List<Reply> entries = new ArrayList<>();
    List<StreamId> ids = new ArrayList<>();
    StreamCursor cursor = stream.cursor();
    StreamId from = group.lastDelivered().next();
    boolean found = cursor != null && from != null && cursor.seek(from);
    while (cursor != null && found && ids.size() < request.count()) {
      entries.add(Entries.entry(cursor));
      ids.add(cursor.id());
      stream.weigh(ids.size());
      found = cursor.next();
    }
    if (ids.isEmpty()) {
      if (first) {
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

  private static List<Reply> history(Tx tx, Source source, Bytes name, StreamId after, long count) {
    StreamView stream = source.stream();
    StreamGroup group = source.group();
    StreamConsumer consumer = Consumers.seen(tx, stream, group, name);
    List<Reply> entries = new ArrayList<>();
    StreamId from = after.next();
    List<StreamId> ids = new ArrayList<>();
    if (from != null) {
      group.forEach(
          consumer,
          from,
          (id, owner, record) -> {
            ids.add(id);
            return ids.size() < count;
          });
    }
    for (StreamId id : ids) {
      Reply entry = Entries.entry(stream, id);
      if (entry == null) {
        entries.add(Reply.array(Entries.id(id), Reply.NIL_ARRAY));
      } else {
        entries.add(entry);
        long deliveries = StreamPending.deliveries(group.find(id)) + 1;
        stream.putPending(group, consumer, id, tx.now(), deliveries);
      }
    }
    return entries;
  }
}
