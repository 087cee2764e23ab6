package io.karst.commands.syntax;

import io.karst.base.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a syntax line into [Node]s: brackets, bars, dots and words.
final class SyntaxReader {
  private static final Pattern LEXEME = Pattern.compile("\\.\\.\\.|[\\[\\]<>|]|[^\\s\\[\\]<>|]+");

  private final String line;
  private final List<String> lexemes = new ArrayList<>();
  private int next;

  private SyntaxReader(String line) {
    this.line = line;
    Matcher matcher = LEXEME.matcher(line);
    while (matcher.find()) {
      lexemes.add(matcher.group());
    }
  }

  /// - throws [Invariant.Violation] if brackets do not match, or stand around nothing.
  static List<Node> read(String line) {
    SyntaxReader reader = new SyntaxReader(line);
    List<Node> nodes = reader.sequence();
    reader.check(reader.next == reader.lexemes.size(), "unexpected " + reader.peek());
    return nodes;
  }

  private List<Node> sequence() {
    List<Node> nodes = new ArrayList<>();
    while (true) {
      switch (peek()) {
        case "", "]", ">", "|" -> {
          check(!nodes.isEmpty(), "nothing before '" + peek() + "'");
          return nodes;
        }
        case "[" -> nodes.add(group(true, "]"));
        case "<" -> nodes.add(group(false, ">"));
        case "..." -> {
          next++;
          nodes.add(new Node.Ellipsis());
        }
        default -> nodes.add(new Node.Word(lexemes.get(next++)));
      }
    }
  }

  private Node group(boolean optional, String closing) {
    List<List<Node>> alternatives = new ArrayList<>();
    do {
      next++;
      alternatives.add(sequence());
    } while (peek().equals("|"));
    check(peek().equals(closing), "no '" + closing + "'");
    next++;
    return new Node.Group(optional, alternatives);
  }

  private String peek() {
    return next < lexemes.size() ? lexemes.get(next) : "";
  }

  private void check(boolean condition, String problem) {
    Invariant.check(condition, () -> "syntax line '" + line + "': " + problem);
  }
}
