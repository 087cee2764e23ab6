package io.karst.commands;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What refinements say about a command: a draft, changed while a [Command] is being made and not
/// afterwards.
final class CommandTraits {
  String group = "";
  String complexity = "";

  /// 0: as the syntax line says.
  int arity;

  final Set<Flag> flags = EnumSet.noneOf(Flag.class);

  /// Null: that of the group.
  @Nullable Set<Category> categories;

  boolean dangerous;

  /// Null: as the syntax line says.
  @Nullable List<KeySpec> keys;

  /// Null: as the command's flags imply.
  @Nullable List<KeyFlag> keyFlags;

  /// Null: the same in every call.
  @Nullable Function<Args, Set<KeyFlag>> keyFlagsOf;

  List<Reach> reaches = List.of();
  @Nullable ChannelSpec channels;

  List<String> tips = List.of();
  List<Change> history = List.of();
  @Nullable Deprecation deprecation;
  boolean slow;
  @Nullable Predicate<Args> slowWhen;
  boolean locksAll;
  @Nullable Predicate<Args> locksAllWhen;
  @Nullable Subcommands subcommands;

  CommandTraits copy() {
    CommandTraits copy = new CommandTraits();
    copy.group = group;
    copy.complexity = complexity;
    copy.arity = arity;
    copy.flags.addAll(flags);
    copy.categories = categories;
    copy.dangerous = dangerous;
    copy.keys = keys;
    copy.keyFlags = keyFlags;
    copy.keyFlagsOf = keyFlagsOf;
    copy.reaches = reaches;
    copy.channels = channels;
    copy.tips = tips;
    copy.history = history;
    copy.deprecation = deprecation;
    copy.slow = slow;
    copy.slowWhen = slowWhen;
    copy.locksAll = locksAll;
    copy.locksAllWhen = locksAllWhen;
    copy.subcommands = subcommands;
    return copy;
  }
}
