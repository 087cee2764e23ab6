package io.karst.commands.syntax;

import java.util.List;

/// A syntax line as it is written, before the words mean anything.
sealed interface Node {
  record Word(String text) implements Node {}

  /// `...`
  record Ellipsis() implements Node {}

  /// `[a | b]` or `<a | b>`.
  record Group(boolean optional, List<List<Node>> alternatives) implements Node {
    /// The nodes between the brackets if they have the form `[x ...]`, without the dots.
    List<Node> repeated() {
      List<Node> only = alternatives.getFirst();
      boolean isRepetition =
          optional && alternatives.size() == 1 && only.getLast() instanceof Ellipsis;
      return isRepetition ? only.subList(0, only.size() - 1) : List.of();
    }

    /// Whether the brackets hold dots at their end: `[...]`, `[a | b ...]`, `<a | ...>`.
    boolean endsInEllipsis() {
      return alternatives.getLast().getLast() instanceof Ellipsis;
    }

    boolean beginsWithToken() {
      return alternatives.getFirst().getFirst() instanceof Word(String text)
          && Vocabulary.isToken(text);
    }
  }
}
