package io.karst.server.acl;

import io.karst.commands.Args;
import io.karst.commands.Command;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/// The commands that a selector allows. Immutable.
///
/// - `bits`: by [Command#index]; not changed.
/// - `firstWords`: what the word behind the name may be, in upper case, of commands that are not in
///   `bits`.
/// - `whole`: whether it is every command.
/// - `text`: the rules that made it: `+@all -get`.
record CommandSet(BitSet bits, Map<Integer, List<String>> firstWords, boolean whole, String text) {

  boolean contains(Command command) {
    return bits.get(command.index());
  }

  boolean allows(Command command, Args args) {
    if (whole || contains(command)) {
      return true;
    }
    return !firstWords.isEmpty() && allowsFirstWord(command, args);
  }

  private boolean allowsFirstWord(Command command, Args args) {
    List<String> allowed = firstWords.get(command.index());
    int at = command.container() == null ? 1 : 2;
    return allowed != null
        && at < args.count()
        && allowed.stream().anyMatch(word -> args.is(at, word));
  }
}
