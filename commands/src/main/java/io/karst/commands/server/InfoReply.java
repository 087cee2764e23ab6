package io.karst.commands.server;

import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.KeyFlag;
import io.karst.commands.KeySpec;
import io.karst.commands.Reply;
import java.util.List;
import java.util.Set;

/// A command as `COMMAND INFO` describes it: name, arity, flags, first and last key, step,
/// categories, tips, key specifications, subcommands.
final class InfoReply {
  private InfoReply() {}

  static Reply of(Command command) {
    return Reply.array(
        Reply.bulk(command.fullName()),
        Reply.of(command.arity()),
        flags(command),
        Reply.of(command.firstKey()),
        Reply.of(command.lastKey()),
        Reply.of(command.keyStep()),
        ReplyMap.set(command.categories(), each -> new Reply.Simple("@" + each.redisName())),
        ReplyMap.set(command.tips(), Reply::bulk),
        ReplyMap.set(command.keySpecs(), InfoReply::keySpec),
        subcommands(command.subcommands()));
  }

  private static Reply flags(Command command) {
    List<Flag> shown = command.flags().stream().filter(Flag::isShown).toList();
    return ReplyMap.set(shown, flag -> new Reply.Simple(flag.redisName()));
  }

  static Reply keyFlags(Set<KeyFlag> flags) {
    return ReplyMap.set(flags, flag -> new Reply.Simple(flag.redisName()));
  }

  /// An array, but where there is nothing in it: Redis answers an empty set then.
  private static Reply subcommands(List<Command> subcommands) {
    return subcommands.isEmpty()
        ? new Reply.Collection(List.of())
        : new Reply.Array(subcommands.stream().map(InfoReply::of).toList());
  }

  private static Reply keySpec(KeySpec spec) {
    return new ReplyMap()
        .put("flags", keyFlags(spec.flags()))
        .put("begin_search", begin(spec.begin()))
        .put("find_keys", find(spec.find()))
        .reply();
  }

  private static Reply begin(KeySpec.Begin begin) {
    return switch (begin) {
      case KeySpec.Begin.Index(int index) -> typed("index", new ReplyMap().put("index", index));
      case KeySpec.Begin.Keyword(String word, int from) ->
          typed("keyword", new ReplyMap().put("keyword", word).put("startfrom", from));
    };
  }

  private static Reply find(KeySpec.Find find) {
    return switch (find) {
      case KeySpec.Find.Range(int last, int step, int limit) -> range(last, step, limit);
      case KeySpec.Find.UnlessEmpty _ -> range(0, 1, 0);
      case KeySpec.Find.Counted(int countAt, int first, int step) ->
          typed(
              "keynum",
              new ReplyMap().put("keynumidx", countAt).put("firstkey", first).put("keystep", step));
    };
  }

  private static Reply range(int last, int step, int limit) {
    return typed(
        "range", new ReplyMap().put("lastkey", last).put("keystep", step).put("limit", limit));
  }

  private static Reply typed(String type, ReplyMap spec) {
    return new ReplyMap().put("type", type).put("spec", spec.reply()).reply();
  }
}
