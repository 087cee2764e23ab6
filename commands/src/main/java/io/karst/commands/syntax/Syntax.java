package io.karst.commands.syntax;

import io.karst.base.Invariant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A command's syntax line, understood.
///
/// ```
/// SET key value [NX | XX] [GET] [EX seconds | PX milliseconds | KEEPTTL]
/// ```
///
/// `[a]` may be missing, `<a | b>` is a choice, `x [x ...]` may be repeated; upper-case words are
/// tokens, the others names that also say the type. A token right behind the name is a
/// subcommand, `CLIENT ID`; brackets around it make it an argument: `XREADGROUP <GROUP group ...>`.
///
/// - `container`: `client` of `CLIENT ID`, null for a command that is no subcommand.
/// - `name`: `set`, and `id` of `CLIENT ID`.
public record Syntax(
    String line, @Nullable String container, String name, List<Argument> arguments) {

  public Syntax {
    arguments = List.copyOf(arguments);
  }

  /// - throws [Invariant.Violation] for a line that is none, with the line.
  public static Syntax parse(String line) {
    List<Node> nodes = SyntaxReader.read(line);
    String first = lowerCaseName(nodes, 0);
    Invariant.check(!first.isEmpty(), () -> "syntax line '" + line + "': no command name");
    String second = lowerCaseName(nodes, 1);
    return second.isEmpty()
        ? new Syntax(line, null, first, TreeBuilder.arguments(nodes.subList(1, nodes.size())))
        : new Syntax(line, first, second, TreeBuilder.arguments(nodes.subList(2, nodes.size())));
  }

  /// `set`, `client|id`.
  public String fullName() {
    return container == null ? name : container + "|" + name;
  }

  /// The words before the arguments: 1, or 2 for a subcommand.
  public int nameWords() {
    return container == null ? 1 : 2;
  }

  /// Redis's arity: the number of words, the name's included; negative if it is the least number.
  public int arity() {
    int min = nameWords();
    boolean exact = true;
    for (Argument argument : arguments) {
      min += argument.minWords();
      exact &= argument.minWords() == argument.maxWords();
    }
    return exact ? min : -min;
  }

  /// What stands behind the name, as it is written.
  public String argumentText() {
    String rest = line.strip();
    for (int i = 0; i < nameWords(); i++) {
      int space = rest.indexOf(' ');
      rest = space < 0 ? "" : rest.substring(space).strip();
    }
    return rest;
  }

  private static String lowerCaseName(List<Node> nodes, int index) {
    return index < nodes.size()
            && nodes.get(index) instanceof Node.Word(String text)
            && Vocabulary.isToken(text)
            && Character.isLetter(text.charAt(0))
        ? text.toLowerCase(Locale.ROOT)
        : "";
  }
}
