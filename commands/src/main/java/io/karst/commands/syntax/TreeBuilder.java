package io.karst.commands.syntax;

import java.util.ArrayList;
import java.util.List;

/// Turns what is written into what it means:
///
/// - `x [x ...]` is one argument that may be repeated; so is `[x ...]`, which may be missing, too;
/// - `TOKEN x` is an argument with a token in front, `TOKEN x y` a block with one. A token owns
///   what follows up to the next token, or up to an option that begins with one;
/// - dots that repeat nothing they stand behind (`[a | b [...]]`, `<a | b | ...>`) repeat the
///   group around them.
final class TreeBuilder {
  private TreeBuilder() {}

  static List<Argument> arguments(List<Node> nodes) {
    List<Argument> arguments = new ArrayList<>();
    int i = 0;
    while (i < nodes.size()) {
      int dots = indexOfRepetition(nodes, i);
      int end = dots > 0 ? dots + 1 : endOfUnit(nodes, i);
      arguments.add(
          dots > 0
              ? repeated(single(arguments(nodes.subList(i, dots))))
              : unit(nodes.subList(i, end)));
      i = end;
    }
    return arguments;
  }

  /// The index of a `[x ...]` behind the `x` that begins at `from`, 0 if there is none.
  private static int indexOfRepetition(List<Node> nodes, int from) {
    for (int i = from + 1; i < nodes.size(); i++) {
      if (nodes.get(i) instanceof Node.Group group
          && group.repeated().equals(nodes.subList(from, i))) {
        return i;
      }
    }
    return 0;
  }

  private static int endOfUnit(List<Node> nodes, int from) {
    int end = from + 1;
    if (nodes.get(from) instanceof Node.Word(String text) && Vocabulary.isToken(text)) {
      while (end < nodes.size() && isOperand(nodes.get(end))) {
        end++;
      }
    }
    return end;
  }

  private static boolean isOperand(Node node) {
    return switch (node) {
      case Node.Word(String text) -> !Vocabulary.isToken(text);
      case Node.Group group -> !(group.optional() && group.beginsWithToken());
      case Node.Ellipsis _ -> false;
    };
  }

  /// One word, one group, or a token with its operands.
  private static Argument unit(List<Node> nodes) {
    return switch (nodes.getFirst()) {
      case Node.Word(String text) when Vocabulary.isToken(text) ->
          token(text, arguments(nodes.subList(1, nodes.size())));
      case Node.Word(String text) -> Argument.value(text);
      case Node.Group group -> group(group);
      case Node.Ellipsis _ -> Argument.value("more");
    };
  }

  private static Argument token(String token, List<Argument> operands) {
    if (operands.isEmpty()) {
      return Argument.pureToken(token);
    }
    Argument first = operands.getFirst();
    boolean plain = operands.size() == 1 && first.token() == null && !first.isOptional();
    if (plain && first.type() != ArgumentType.ONE_OF) {
      return first.withToken(token);
    }
    Argument group = plain ? first : Argument.block(operands);
    return group.withName(Vocabulary.nameOfToken(token)).withToken(token);
  }

  private static Argument group(Node.Group group) {
    boolean dots = false;
    List<Argument> choices = new ArrayList<>();
    for (List<Node> alternative : group.alternatives()) {
      List<Node> nodes = alternative;
      if (repeatsTheGroup(nodes.getLast())) {
        dots = true;
        nodes = nodes.subList(0, nodes.size() - 1);
      }
      if (!nodes.isEmpty()) {
        choices.add(single(arguments(nodes)));
      }
    }
    Argument argument =
        choices.size() == 1
            ? choices.getFirst()
            : Argument.oneOf(choices.stream().map(Argument::asChoice).toList());
    argument = dots ? repeated(argument) : argument;
    return group.optional() ? argument.with(ArgumentFlag.OPTIONAL) : argument;
  }

  /// Dots on their own, or a bracket with dots at the end that repeats nothing before it. (A
  /// bracket that does repeat something has more in front of it; [#arguments] takes it first.)
  private static boolean repeatsTheGroup(Node last) {
    return switch (last) {
      case Node.Ellipsis _ -> true;
      case Node.Group group ->
          group.optional()
              && group.endsInEllipsis()
              && (group.alternatives().size() > 1 || group.repeated().isEmpty());
      case Node.Word _ -> false;
    };
  }

  private static Argument single(List<Argument> arguments) {
    return arguments.size() == 1 ? arguments.getFirst() : Argument.block(arguments);
  }

  private static Argument repeated(Argument argument) {
    Argument multiple = argument.with(ArgumentFlag.MULTIPLE);
    boolean tokenInFront =
        argument.token() != null
            || (argument.type() == ArgumentType.BLOCK
                && argument.children().getFirst().token() != null);
    return tokenInFront ? multiple.with(ArgumentFlag.MULTIPLE_TOKEN) : multiple;
  }
}
