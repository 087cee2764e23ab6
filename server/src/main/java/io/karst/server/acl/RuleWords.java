package io.karst.server.acl;

import java.util.ArrayList;
import java.util.List;

/// Rules as words: those of a line, and words that came apart joined again.
final class RuleWords {
  private RuleWords() {}

  /// The words between blanks.
  static List<String> split(String text) {
    List<String> words = new ArrayList<>();
    for (String word : text.split("[ \t\r\n\u000b\f]+", -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  /// `words` with a selector, which may be several of them, as one word each.
  ///
  /// - throws [RuleException] for a parenthesis that is not closed.
  static List<String> joined(List<String> words) throws RuleException {
    List<String> joined = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    int begin = 0;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (open.isEmpty() && !word.startsWith("(")) {
        joined.add(word);
        continue;
      }
      begin = open.isEmpty() ? i : begin;
      open.append(open.isEmpty() ? "" : " ").append(word);
      if (word.endsWith(")")) {
        joined.add(open.toString());
        open.setLength(0);
      }
    }
    if (!open.isEmpty()) {
      throw new RuleException(
          "Unmatched parenthesis in acl selector starting at '" + words.get(begin) + "'.");
    }
    return joined;
  }
}
