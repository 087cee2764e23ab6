package io.karst.commands;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What access rules call a set of commands, in the order of `COMMAND INFO`.
public enum Category {
  KEYSPACE,
  READ,
  WRITE,
  SET,
  SORTED_SET,
  LIST,
  HASH,
  STRING,
  BITMAP,
  HYPERLOGLOG,
  GEO,
  STREAM,
  PUBSUB,
  ADMIN,
  FAST,
  SLOW,
  BLOCKING,
  DANGEROUS,
  CONNECTION,
  TRANSACTION,
  SCRIPTING;

  private final String redisName = name().toLowerCase(Locale.ROOT).replace("_", "");

  /// `sortedset`, without the `@`.
  public String redisName() {
    return redisName;
  }

  /// The category called `redisName`, in upper or lower case.
  public static @Nullable Category of(String redisName) {
    for (Category category : values()) {
      if (category.redisName.equalsIgnoreCase(redisName)) {
        return category;
      }
    }
    return null;
  }

  /// The category of the commands of `group`; none for those whose commands are told apart by
  /// their flags.
  static Set<Category> ofGroup(String group) {
    return switch (group) {
      case "generic" -> EnumSet.of(KEYSPACE);
      case "transactions" -> EnumSet.of(TRANSACTION);
      case "server", "cluster", "pubsub" -> EnumSet.noneOf(Category.class);
      default -> {
        Category category = of(group.replace("-", ""));
        yield category == null ? EnumSet.noneOf(Category.class) : EnumSet.of(category);
      }
    };
  }

  /// What the flags of a command entail.
  static Set<Category> ofFlags(Set<Flag> flags, String group) {
    EnumSet<Category> all = EnumSet.of(flags.contains(Flag.FAST) ? FAST : SLOW);
    if (flags.contains(Flag.WRITE)) {
      all.add(WRITE);
    }
    if (flags.contains(Flag.READ_ONLY) && !group.equals("scripting")) {
      all.add(READ);
    }
    if (flags.contains(Flag.ADMIN)) {
      all.add(ADMIN);
      all.add(DANGEROUS);
    }
    if (flags.contains(Flag.PUBSUB)) {
      all.add(PUBSUB);
    }
    if (flags.contains(Flag.BLOCKING)) {
      all.add(BLOCKING);
    }
    return all;
  }
}
