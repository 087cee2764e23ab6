package io.karst.lua;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A host with strings and whatever replies a test wants.
final class TinyHost implements Host {
  final Map<Bytes, Bytes> strings = new HashMap<>();
  final Map<String, Function<Args, Reply>> commands = new HashMap<>();
  final List<String> log = new ArrayList<>();
  final List<String> replication = new ArrayList<>();
  int protocol = 2;
  int seed = Host.super.seed();
  volatile boolean interrupted;

  private final ScriptWords words = new ScriptWords();

  @Override
  public ScriptWords words() {
    words.reset();
    return words;
  }

  @Override
  public Reply call(Args args) {
    Function<Args, Reply> command = commands.get(args.bytes(0).utf8());
    if (command != null) {
      return command.apply(args);
    }
    if (args.is(0, "ECHO")) {
      return Reply.bulk(args.bytes(1));
    }
    if (args.is(0, "SET")) {
      strings.put(args.bytes(1).copy(), args.bytes(2).copy());
      return Reply.OK;
    }
    if (args.is(0, "GET")) {
      Bytes value = strings.get(args.bytes(1));
      return value == null ? Reply.NIL : Reply.bulk(value);
    }
    throw CommandException.err("Unknown Redis command called from script");
  }

  @Override
  public boolean allows(Args args) {
    if (args.is(0, "NOSUCH")) {
      throw CommandException.err("unknown command");
    }
    return !args.is(0, "FLUSHALL");
  }

  @Override
  public void log(LogLevel level, Bytes text) {
    log.add(level + " " + text.utf8());
  }

  @Override
  public int seed() {
    return seed;
  }

  @Override
  public void replicate(boolean toFile, boolean toReplicas) {
    replication.add(toFile + " " + toReplicas);
  }

  @Override
  public void protocol(int version) {
    protocol = version;
  }

  @Override
  public boolean interrupted() {
    return interrupted;
  }
}
