package io.karst.commands.server;

import io.karst.commands.Command;
import io.karst.commands.Deprecation;
import io.karst.commands.Reply;
import io.karst.commands.syntax.Argument;
import io.karst.commands.syntax.ArgumentType;
import java.util.ArrayList;
import java.util.List;

/// A command as `COMMAND DOCS` documents it. Thread: its owner's.
final class DocsReply {
  private final Command command;

  /// The number of key arguments so far: the key specifications are in the same order.
  private int keys;

  private DocsReply(Command command) {
    this.command = command;
  }

  static Reply of(Command command) {
    return new DocsReply(command).reply();
  }

  private Reply reply() {
    ReplyMap map = new ReplyMap();
    map.put("summary", command.summary()).put("since", command.since());
    map.put("group", command.group());
    if (!command.complexity().isEmpty()) {
      map.put("complexity", command.complexity());
    }
    Deprecation deprecation = command.deprecation();
    if (deprecation != null) {
      map.put("doc_flags", ReplyMap.set(List.of("deprecated"), Reply.Simple::new));
      map.put("deprecated_since", deprecation.since());
      map.put("replaced_by", deprecation.replacedBy());
    }
    if (!command.history().isEmpty()) {
      map.put(
          "history",
          ReplyMap.set(
              command.history(),
              change -> Reply.array(Reply.bulk(change.version()), Reply.bulk(change.what()))));
    }
    if (!command.syntax().arguments().isEmpty()) {
      map.put("arguments", arguments(command.syntax().arguments()));
    }
    if (command.isContainer()) {
      ReplyMap subcommands = new ReplyMap();
      command.subcommands().forEach(each -> subcommands.put(each.fullName(), of(each)));
      map.put("subcommands", subcommands.reply());
    }
    return map.reply();
  }

  private Reply arguments(List<Argument> arguments) {
    List<Reply> replies = new ArrayList<>();
    for (Argument argument : arguments) {
      replies.add(argument(argument));
    }
    return new Reply.Array(replies);
  }

  private Reply argument(Argument argument) {
    ReplyMap map = new ReplyMap();
    map.put("name", argument.name()).put("type", argument.type().redisName());
    if (isValue(argument.type())) {
      map.put("display_text", argument.name());
    }
    if (argument.type() == ArgumentType.KEY && !command.keySpecs().isEmpty()) {
      map.put("key_spec_index", Math.min(keys++, command.keySpecs().size() - 1));
    }
    if (argument.token() != null) {
      map.put("token", argument.token());
    }
    if (!argument.flags().isEmpty()) {
      map.put("flags", ReplyMap.set(argument.flags(), flag -> new Reply.Simple(flag.redisName())));
    }
    if (!argument.children().isEmpty()) {
      map.put("arguments", arguments(argument.children()));
    }
    return map.reply();
  }

  private static boolean isValue(ArgumentType type) {
    return switch (type) {
      case KEY, STRING, INTEGER, DOUBLE, PATTERN, UNIX_TIME -> true;
      case PURE_TOKEN, ONE_OF, BLOCK -> false;
    };
  }
}
