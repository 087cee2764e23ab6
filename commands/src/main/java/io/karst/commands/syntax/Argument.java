package io.karst.commands.syntax;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A node of a syntax line's tree.
///
/// - `token`: the literal word in front of the argument, or the whole of it for a pure token.
/// - `children`: empty unless the type is `oneof` or `block`.
public record Argument(
    String name,
    ArgumentType type,
    @Nullable String token,
    Set<ArgumentFlag> flags,
    List<Argument> children) {

  /// The word count of an argument that may be repeated.
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  public Argument {
    EnumSet<ArgumentFlag> ordered = EnumSet.noneOf(ArgumentFlag.class);
    ordered.addAll(flags);
    flags = Collections.unmodifiableSet(ordered);
    children = List.copyOf(children);
  }

  static Argument value(String name) {
    return new Argument(name, Vocabulary.typeOf(name), null, Set.of(), List.of());
  }

  static Argument pureToken(String token) {
    String name = Vocabulary.nameOfToken(token);
    return new Argument(name, ArgumentType.PURE_TOKEN, token, Set.of(), List.of());
  }

  static Argument block(List<Argument> children) {
    return new Argument(
        Vocabulary.nameOfBlock(children), ArgumentType.BLOCK, null, Set.of(), children);
  }

  static Argument oneOf(List<Argument> children) {
    return new Argument(
        Vocabulary.nameOfChoice(children), ArgumentType.ONE_OF, null, Set.of(), children);
  }

  public boolean isOptional() {
    return flags.contains(ArgumentFlag.OPTIONAL);
  }

  public boolean isMultiple() {
    return flags.contains(ArgumentFlag.MULTIPLE);
  }

  /// The fewest words a client can give for it, 0 if it is optional.
  public int minWords() {
    return isOptional() ? 0 : minWordsOfOne();
  }

  /// The most words a client can give for it, or [#UNBOUNDED].
  public int maxWords() {
    return isMultiple() ? UNBOUNDED : maxWordsOfOne();
  }

  /// The fewest words of one repetition that is there.
  public int minWordsOfOne() {
    return switch (type) {
      case KEY, STRING, INTEGER, DOUBLE, PATTERN, UNIX_TIME -> token == null ? 1 : 2;
      case PURE_TOKEN -> 1;
      case ONE_OF ->
          tokenWords() + children.stream().mapToInt(Argument::minWordsOfOne).min().orElse(0);
      case BLOCK -> tokenWords() + children.stream().mapToInt(Argument::minWords).sum();
    };
  }

  private int maxWordsOfOne() {
    return switch (type) {
      case KEY, STRING, INTEGER, DOUBLE, PATTERN, UNIX_TIME, PURE_TOKEN -> minWordsOfOne();
      case ONE_OF ->
          plus(tokenWords(), children.stream().mapToInt(Argument::maxWords).max().orElse(0));
      case BLOCK ->
          children.stream().mapToInt(Argument::maxWords).reduce(tokenWords(), Argument::plus);
    };
  }

  private int tokenWords() {
    return token == null ? 0 : 1;
  }

  private static int plus(int a, int b) {
    return a == UNBOUNDED || b == UNBOUNDED ? UNBOUNDED : a + b;
  }

  Argument with(ArgumentFlag flag) {
    EnumSet<ArgumentFlag> more = EnumSet.of(flag);
    more.addAll(flags);
    return new Argument(name, type, token, more, children);
  }

  Argument withToken(String newToken) {
    return new Argument(name, type, newToken, flags, children);
  }

  Argument withName(String newName) {
    return new Argument(newName, type, token, flags, children);
  }

  /// As one of several choices an argument is there or not by being chosen.
  Argument asChoice() {
    EnumSet<ArgumentFlag> fewer = EnumSet.noneOf(ArgumentFlag.class);
    fewer.addAll(flags);
    fewer.remove(ArgumentFlag.OPTIONAL);
    return new Argument(name, type, token, fewer, children);
  }
}
