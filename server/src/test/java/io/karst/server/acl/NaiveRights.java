package io.karst.server.acl;

import io.karst.base.Bytes;
import io.karst.base.Glob;
import io.karst.commands.Category;
import io.karst.commands.Command;
import java.util.ArrayList;
import java.util.List;

/// What a list of rules allows, found by going through it anew for each question.
final class NaiveRights {
  private final List<String> rules;

  NaiveRights(List<String> rules) {
    this.rules = rules;
  }

  /// The rules of each selector, the root's first.
  List<NaiveRights> selectors() {
    List<NaiveRights> selectors = new ArrayList<>();
    List<String> root = new ArrayList<>();
    for (String rule : rules) {
      switch (rule) {
        case "clearselectors" -> selectors.clear();
        case "reset" -> {
          selectors.clear();
          root.clear();
        }
        default -> {
          if (rule.startsWith("(")) {
            String inner = rule.substring(1, rule.length() - 1);
            selectors.add(new NaiveRights(List.of(inner.split(" ", -1))));
          } else {
            root.add(rule);
          }
        }
      }
    }
    selectors.addFirst(new NaiveRights(root));
    return selectors;
  }

  boolean allowsCommand(Command command) {
    boolean allowed = false;
    for (String rule : rules) {
      boolean sign = rule.startsWith("+") || rule.equals("allcommands");
      if (rule.equals("allcommands") || rule.equals("nocommands") || concerns(rule, command)) {
        allowed = sign;
      }
    }
    return allowed;
  }

  private static boolean concerns(String rule, Command command) {
    if (!rule.startsWith("+") && !rule.startsWith("-")) {
      return false;
    }
    String name = rule.substring(1);
    if (name.startsWith("@")) {
      Category category = Category.of(name.substring(1));
      return name.equals("@all") || command.categories().contains(category);
    }
    return command.fullName().equals(name) || command.fullName().startsWith(name + "|");
  }

  boolean allowsKey(String key, boolean reads, boolean writes) {
    List<String> open = new ArrayList<>();
    for (String rule : rules) {
      if (rule.equals("resetkeys")) {
        open.clear();
      } else if (rule.equals("allkeys")) {
        open.add("~*");
      } else if (rule.startsWith("~") || rule.startsWith("%")) {
        open.add(rule);
      }
    }
    return open.stream()
        .map(rule -> rule.substring(rule.indexOf('~') + 1))
        .distinct()
        .anyMatch(pattern ->
            matches(pattern, key)
                && (!reads || opens(open, pattern, 'R'))
                && (!writes || opens(open, pattern, 'W')));
  }

  private static boolean opens(List<String> open, String pattern, char use) {
    return open.stream()
        .filter(rule -> rule.substring(rule.indexOf('~') + 1).equals(pattern))
        .anyMatch(
            rule -> rule.startsWith("~") || rule.substring(0, rule.indexOf('~')).indexOf(use) > 0);
  }

  boolean allowsChannel(String channel, boolean isPattern) {
    List<String> open = new ArrayList<>();
    for (String rule : rules) {
      if (rule.equals("resetchannels")) {
        open.clear();
      } else if (rule.equals("allchannels")) {
        open.add("*");
      } else if (rule.startsWith("&")) {
        open.add(rule.substring(1));
      }
    }
    return open.contains("*")
        || open.stream()
            .anyMatch(each -> isPattern ? each.equals(channel) : matches(each, channel));
  }

  private static boolean matches(String pattern, String text) {
    return Glob.of(Bytes.utf8(pattern)).matches(Bytes.utf8(text));
  }
}
