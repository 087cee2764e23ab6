package io.karst.server.config;

import io.karst.server.config.SaveRules.Rule;
import java.util.ArrayList;
import java.util.List;

/// `seconds changes`, once or more on a line; lines add up, and `""` is none so far.
record SaveRulesKind() implements Kind<SaveRules> {
  @Override
  @SuppressWarnings("ReferenceEquality") // What nobody has written is not added to.
  public SaveRules parse(List<String> words, SaveRules current) throws BadValueException {
    return added(words, current == SaveRules.DEFAULT ? SaveRules.NONE : current);
  }

  @Override
  public SaveRules replace(List<String> words, SaveRules current) throws BadValueException {
    return added(words, SaveRules.NONE);
  }

  @Override
  public List<List<String>> lines(SaveRules value) {
    List<String> words = new ArrayList<>();
    for (Rule rule : value.rules()) {
      words.add(Integer.toString(rule.seconds()));
      words.add(Integer.toString(rule.changes()));
    }
    return List.of(words.isEmpty() ? List.of("") : words);
  }

  @Override
  public String form() {
    return "seconds and a number of changes, any number of times; `\"\"` is none";
  }

  @Override
  public boolean severalWords() {
    return true;
  }

  private static SaveRules added(List<String> words, SaveRules before) throws BadValueException {
    if (words.equals(List.of(""))) {
      return SaveRules.NONE;
    }
    if (words.isEmpty() || words.size() % 2 != 0) {
      throw wrong();
    }
    List<Rule> rules = new ArrayList<>(before.rules());
    for (int i = 0; i < words.size(); i += 2) {
      rules.add(new Rule(number(words.get(i), 1), number(words.get(i + 1), 0)));
    }
    return new SaveRules(List.copyOf(rules));
  }

  private static int number(String word, int min) throws BadValueException {
    try {
      int number = Integer.parseInt(word);
      if (number >= min) {
        return number;
      }
    } catch (NumberFormatException notOne) {
      // Said below, as for one that is too small.
    }
    throw wrong();
  }

  private static BadValueException wrong() {
    return new BadValueException("Invalid save parameters");
  }
}
