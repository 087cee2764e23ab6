package io.karst.commands.stream;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
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
import io.karst.value.StreamSink;
import java.util.List;
import java.util.function.Function;

/// `XGROUP CREATE`, `SETID`, `DESTROY`, `CREATECONSUMER`, `DELCONSUMER`: groups of consumers.
@AutoService(Operation.class)
public final class ManageGroups implements Operation {
  private static final int KEY = 2;
  private static final int GROUP = 3;
  private static final int OPERAND = 4;

  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "XGROUP CREATE key group <id | $> [MKSTREAM] [ENTRIESREAD entries-read]",
                "5.0.0",
                "Makes a group.",
                ManageGroups::create)
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.INSERT)
            .denyOom()
            .complexity("O(1)")
            .history("7.0.0", "Takes `ENTRIESREAD`."),
        write(
                "XGROUP SETID key group <id | $> [ENTRIESREAD entries-read]",
                "5.0.0",
                "Sets which entry a group got last.",
                ManageGroups::setId)
            .complexity("O(1)")
            .history("7.0.0", "Takes `ENTRIESREAD`."),
        write("XGROUP DESTROY key group", "5.0.0", "Deletes a group.", ManageGroups::destroy)
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.DELETE)
            .complexity("O(N), N being the number of pending entries"),
        write(
                "XGROUP CREATECONSUMER key group consumer",
                "6.2.0",
                "Makes a consumer in a group.",
                ManageGroups::createConsumer)
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.INSERT)
            .denyOom()
            .complexity("O(1)"),
        write(
                "XGROUP DELCONSUMER key group consumer",
                "5.0.0",
                "Deletes a consumer; tells how many entries were pending for it.",
                ManageGroups::deleteConsumer)
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.DELETE)
            .complexity("O(N), N being the number of entries pending for it"));
  }

  private static Reply create(Tx tx, Args args) {
    boolean makes = false;
    long read = StreamSink.ENTRIES_READ_UNKNOWN;
    int at = OPERAND + 1;
    while (at < args.count()) {
      if (args.is(at, "MKSTREAM")) {
        makes = true;
        at++;
      } else {
        read = entriesRead(args, at);
        at += 2;
      }
    }
    StreamView stream = tx.streamForUpdate(args.key(KEY));
    if (!stream.exists() && !makes) {
      throw noKey();
    }
    StreamId last = id(stream, args, words -> Ids.id(words, OPERAND));
    if (stream.group(args.bytes(GROUP)) != null) {
      throw new CommandException("BUSYGROUP Consumer Group name already exists");
    }
    if (!stream.exists()) {
      stream.state(StreamId.ZERO, 0, StreamId.ZERO);
    }
    stream.putGroup(args.bytes(GROUP), last, read);
    return Reply.OK;
  }

  private static Reply setId(Tx tx, Args args) {
    long read = StreamSink.ENTRIES_READ_UNKNOWN;
    for (int at = OPERAND + 1; at < args.count(); at += 2) {
      read = entriesRead(args, at);
    }
    StreamView stream = existing(tx, args);
    StreamGroup group = Groups.ofStream(stream, args, KEY, args.bytes(GROUP));
    StreamId last = id(stream, args, words -> Ids.bound(words, OPERAND));
    stream.putGroup(group.name(), last, read);
    return Reply.OK;
  }

  private static Reply destroy(Tx tx, Args args) {
    StreamView stream = existing(tx, args);
    StreamGroup group = stream.group(args.bytes(GROUP));
    if (group == null) {
      return Reply.ZERO;
    }
    stream.removeGroup(group);
    return Reply.ONE;
  }

  private static Reply createConsumer(Tx tx, Args args) {
    StreamView stream = existing(tx, args);
    StreamGroup group = Groups.ofStream(stream, args, KEY, args.bytes(GROUP));
    if (group.consumer(args.bytes(OPERAND)) != null) {
      return Reply.ZERO;
    }
    stream.putConsumer(group, args.bytes(OPERAND), tx.now(), StreamConsumer.NEVER);
    return Reply.ONE;
  }

  private static Reply deleteConsumer(Tx tx, Args args) {
    StreamView stream = existing(tx, args);
    StreamGroup group = Groups.ofStream(stream, args, KEY, args.bytes(GROUP));
    StreamConsumer consumer = group.consumer(args.bytes(OPERAND));
    return consumer == null ? Reply.ZERO : Reply.of(stream.removeConsumer(group, consumer));
  }

  private static StreamView existing(Tx tx, Args args) {
    StreamView stream = tx.streamForUpdate(args.key(KEY));
    if (!stream.exists()) {
      throw noKey();
    }
    return stream;
  }

  private static StreamId id(StreamView stream, Args args, Function<Args, StreamId> id) {
    return args.is(OPERAND, "$") ? stream.lastId() : id.apply(args);
  }

  private static long entriesRead(Args args, int at) {
    if (!args.is(at, "ENTRIESREAD") || at + 1 == args.count()) {
      throw CommandException.err(
          "unknown subcommand or wrong number of arguments for '"
              + args.bytes(1).utf8()
              + "'. Try XGROUP HELP.");
    }
    long read = args.int64(at + 1);
    if (read < StreamSink.ENTRIES_READ_UNKNOWN) {
      throw CommandException.err("value for ENTRIESREAD must be positive or -1");
    }
    return read;
  }

  private static CommandException noKey() {
    return CommandException.err(
        "The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to use"
            + " the MKSTREAM option to create an empty stream automatically.");
  }
}
