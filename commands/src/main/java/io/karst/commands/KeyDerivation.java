package io.karst.commands;

import io.karst.commands.syntax.Argument;
import io.karst.commands.syntax.ArgumentType;
import io.karst.commands.syntax.Syntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds where a command's keys are from its syntax line, walking along it as long as every
/// place is certain:
///
/// - `key`: at its index; `key [key ...]`: up to the end less what must follow;
/// - `key value [key value ...]`: every second word;
/// - `key1 key2`: a range of two;
/// - `numkeys key [key ...]`: counted;
/// - `TOKEN key`: behind the token, wherever it is.
///
/// Behind an option or a repetition a place is no longer certain, and only a token or a count
/// that is certain itself can tell; a key that nothing tells makes the whole derivation fail.
final class KeyDerivation {
  /// Names of keys that receive a result, whatever they held.
  private static final Set<String> TARGETS = Set.of("destination", "destkey", "newkey");

  private final List<KeySpec> specs = new ArrayList<>();
  private final List<Argument> arguments;

  /// The index of the next argument's first word at the earliest.
  private int index;

  private boolean certain = true;
  private boolean failed;

  private KeyDerivation(Syntax syntax) {
    arguments = syntax.arguments();
    index = syntax.nameWords();
  }

  /// The key specifications, none if the line names no key, or null if it names one
  /// whose place it does not tell.
  static @Nullable List<KeySpec> derive(Syntax syntax) {
    KeyDerivation derivation = new KeyDerivation(syntax);
    derivation.walk();
    return derivation.failed ? null : derivation.specs;
  }

  private void walk() {
    for (int i = 0; i < arguments.size(); i++) {
      Argument argument = arguments.get(i);
      if (isCount(argument) && i + 1 < arguments.size() && keyOffset(arguments.get(i + 1)) == 0) {
        counted(arguments.get(i + 1));
        i++;
      } else {
        visit(i, argument);
        pass(argument);
      }
    }
  }

  private void counted(Argument keys) {
    if (!certain) {
      failed = true;
      return;
    }
    add(keys, KeySpec.counted(index, keys.minWordsOfOne()));
    index += 1 + keys.minWords();
    certain = false;
  }

  private void visit(int i, Argument argument) {
    if (!mentionsKey(argument)) {
      return;
    }
    if (argument.token() != null) {
      behindToken(i, argument);
    } else if (argument.type() == ArgumentType.ONE_OF && !isOneWordChoice(argument)) {
      argument.children().forEach(choice -> visit(i, choice));
    } else if (!certain) {
      failed = true;
    } else {
      inPlace(i, argument);
    }
  }

  private void inPlace(int i, Argument argument) {
    int offset = keyOffset(argument);
    if (offset < 0) {
      blockInPlace(argument);
    } else if (argument.isMultiple()) {
      int step = argument.minWordsOfOne();
      add(argument, KeySpec.range(index + offset, lastBefore(i), step));
    } else {
      add(argument, KeySpec.at(index + offset));
    }
  }

  /// A block with several keys, or with options between them.
  private void blockInPlace(Argument block) {
    if (block.isMultiple() || block.type() != ArgumentType.BLOCK) {
      failed = true;
      return;
    }
    int before = index;
    for (Argument child : block.children()) {
      if (child.type() == ArgumentType.KEY && !child.isMultiple()) {
        add(child, KeySpec.at(index));
      } else if (mentionsKey(child)) {
        failed = true;
      }
      index += child.minWords();
    }
    index = before;
  }

  /// `TOKEN key`, `TOKEN key [key ...]`, `TOKEN key [key ...] id [id ...]`.
  private void behindToken(int i, Argument argument) {
    String token = String.valueOf(argument.token());
    List<Argument> operands =
        argument.type() == ArgumentType.BLOCK ? argument.children() : List.of(argument);
    Argument key = operands.getFirst();
    boolean others = operands.stream().skip(1).anyMatch(KeyDerivation::mentionsKey);
    if (key.type() != ArgumentType.KEY || others) {
      failed = true;
    } else if (key.isMultiple() && argument.type() == ArgumentType.BLOCK) {
      add(key, KeySpec.keyword(token, index, -1, operands.size()));
    } else {
      int last = key.isMultiple() ? lastBefore(i) : 0;
      add(key, KeySpec.keyword(token, index, last, 0));
    }
  }

  /// Goes past `argument`.
  private void pass(Argument argument) {
    index += argument.minWords();
    certain &= argument.minWords() == argument.maxWords();
  }

  /// The last key counted from the end, if everything behind argument `i` has a fixed length.
  private int lastBefore(int i) {
    int behind = 0;
    for (Argument argument : arguments.subList(i + 1, arguments.size())) {
      behind += argument.minWords();
      failed |= argument.minWords() != argument.maxWords();
    }
    return -1 - behind;
  }

  /// The words from the beginning of `argument` to its only key, -1 if it is not of that form.
  private static int keyOffset(Argument argument) {
    if (argument.token() != null) {
      return -1;
    }
    if (argument.type() == ArgumentType.KEY || isOneWordChoice(argument)) {
      return mentionsKey(argument) ? 0 : -1;
    }
    if (argument.type() != ArgumentType.BLOCK
        || argument.children().stream().filter(KeyDerivation::mentionsKey).count() != 1) {
      return -1;
    }
    int offset = 0;
    for (Argument child : argument.children()) {
      if (child.type() == ArgumentType.KEY && !child.isMultiple()) {
        return offset;
      }
      offset += child.minWords();
    }
    return -1;
  }

  private void add(Argument argument, KeySpec spec) {
    if (argument.name().equals("key2") && specs.equals(List.of(KeySpec.at(index - 1)))) {
      specs.set(0, KeySpec.range(index - 1, 1, 1));
      return;
    }
    specs.add(isTarget(argument) ? spec.flags(KeyFlag.OVERWRITE, KeyFlag.UPDATE) : spec);
  }

  private static boolean isTarget(Argument argument) {
    return TARGETS.contains(argument.name())
        || argument.children().stream().anyMatch(KeyDerivation::isTarget);
  }

  private static boolean isCount(Argument argument) {
    return argument.name().equals("numkeys") && argument.token() == null;
  }

  private static boolean isOneWordChoice(Argument argument) {
    return argument.type() == ArgumentType.ONE_OF
        && argument.children().stream().allMatch(c -> c.minWords() == 1 && c.maxWords() == 1);
  }

  private static boolean mentionsKey(Argument argument) {
    return argument.type() == ArgumentType.KEY
        || argument.children().stream().anyMatch(KeyDerivation::mentionsKey);
  }
}
