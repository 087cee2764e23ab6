package io.karst.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KeyEventsTest {
  /// Writing commands without a name of their own, and who names what they do.
  private static final Set<String> NAMED_OTHERWISE =
      Set.of(
          // The engine: expiries, whole keys, the ends of lists, elements that expire.
          "copy",
          "expire",
          "expireat",
          "expiremember",
          "expirememberat",
          "getex",
          "hexpire",
          "hexpireat",
          "hgetex",
          "hpersist",
          "hpexpire",
          "hpexpireat",
          "move",
          "persist",
          "persistmember",
          "pexpire",
          "pexpireat",
          "pexpiremember",
          "pexpirememberat",
          "rename",
          "renamenx",
          "blmove",
          "blmovem",
          "blmpop",
          "blpop",
          "brpop",
          "brpoplpush",
          "lmove",
          "lmovem",
          "lmpop",
          "lpop",
          "lpush",
          "lpushx",
          "rpop",
          "rpoplpush",
          "rpush",
          "rpushx",
          // Their bodies.
          "bzmpop",
          "smove",
          "xautoclaim",
          "xclaim",
          "xreadgroup",
          "zmpop",
          // Nobody, as in Redis.
          "debug|reload",
          "flushall",
          "flushdb",
          "pfdebug",
          "swapdb",
          "xack",
          "xackdel",
          "xcfgset",
          "xnack");

  @Test
  void everyWritingCommandSaysWhatItsChangesAreCalled() {
    Set<String> unnamed = new TreeSet<>();
    for (Command command : CommandTable.load().all()) {
      collect(command, unnamed);
      command.subcommands().forEach(subcommand -> collect(subcommand, unnamed));
    }
    assertThat(unnamed).isEqualTo(new TreeSet<>(NAMED_OTHERWISE));
  }

  private static void collect(Command command, Set<String> unnamed) {
    if (command.has(Flag.WRITE) && KeyEvents.of(command) == null) {
      unnamed.add(command.fullName());
    }
  }
}
