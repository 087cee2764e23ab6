package io.karst.commands;

import static io.karst.commands.TestOperation.other;
import static io.karst.commands.TestOperation.read;
import static io.karst.commands.TestOperation.table;
import static io.karst.commands.TestOperation.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Invariant;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandTableTest {
  private static final CommandTable TABLE =
      table(
          read("GET key"),
          read("MGET key [key ...]"),
          write("GEORADIUSBYMEMBER key member"),
          write("GEORADIUSBYMEMBER_RO key member"),
          write("RESTORE-ASKING key"),
          write("RENAMENX key newkey"),
          other("PING [message]"),
          other("COMMAND"),
          other("COMMAND COUNT"),
          other("CLIENT ID"),
          other("CLIENT NO-EVICT <ON | OFF>"),
          other("CLIENT KILL ip:port"));

  @ParameterizedTest
  @CsvSource({
    "GET k, get",
    "get k, get",
    "gEt k, get",
    "mget a b c, mget",
    "renamenx a b, renamenx",
    "restore-asking a, restore-asking",
    "georadiusbymember k m, georadiusbymember",
    "GeoRadiusByMember_RO k m, georadiusbymember_ro",
    "ping, ping",
    "ping hello, ping",
    "COMMAND, command",
    "command count, command|count",
    "client id, client|id",
    "CLIENT no-evict on, client|no-evict",
    "client help, client|help"
  })
  void findsACommandInAnyCase(String words, String fullName) {
    assertThat(TABLE.find(args(words)).fullName()).isEqualTo(fullName);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "ge, \"ERR unknown command 'ge', with args beginning with: \"",
        "foo a b, \"ERR unknown command 'foo', with args beginning with: 'a' 'b' \"",
        "georadiusbyXember k, "
            + "\"ERR unknown command 'georadiusbyXember', with args beginning with: 'k' \"",
        "get, ERR wrong number of arguments for 'get' command",
        "get a b, ERR wrong number of arguments for 'get' command",
        "client, ERR wrong number of arguments for 'client' command",
        "client id 1, ERR wrong number of arguments for 'client|id' command",
        "client foo, ERR unknown subcommand 'foo'. Try CLIENT HELP.",
        "cLIENT Foo x, ERR unknown subcommand 'Foo'. Try CLIENT HELP.",
        "command foo, ERR unknown subcommand 'foo'. Try COMMAND HELP."
      })
  void saysWhatIsWrong(String words, String error) {
    assertThatThrownBy(() -> TABLE.find(args(words)))
        .isInstanceOf(CommandException.class)
        .hasMessage(error);
  }

  @Test
  void keepsLineEndsOutOfTheError() {
    assertThatThrownBy(() -> TABLE.find(Args.of("RESTORE\rASKING", "x\r\ny")))
        .hasMessage("ERR unknown command 'RESTORE ASKING', with args beginning with: 'x  y' ");
  }

  @Test
  void cutsWhatItRepeats() {
    String name = "n".repeat(200);
    Args args = Args.of(name, "a".repeat(60), "b".repeat(200), "c");
    assertThatThrownBy(() -> TABLE.find(args))
        .hasMessage(
            "ERR unknown command '%s', with args beginning with: '%s' '%s' ",
            "n".repeat(128), "a".repeat(60), "b".repeat(128 - 63));
  }

  @Test
  void findsNamesOfEveryLengthAndNothingBesides() {
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ-_0123";
    Command[] commands = new Command[letters.length()];
    for (int length = 1; length <= commands.length; length++) {
      commands[length - 1] = other(letters.substring(0, length));
    }
    CommandTable table = table(commands);
    for (Command command : commands) {
      String name = command.name();
      assertThat(table.named(Bytes.utf8(name)).name()).isEqualTo(name);
      assertThat(table.named(Bytes.utf8(name.toUpperCase(Locale.ROOT))).name()).isEqualTo(name);
      for (int i = 0; i < name.length(); i++) {
        byte[] other = name.getBytes(StandardCharsets.US_ASCII);
        other[i] ^= (byte) 0x80;
        assertThat(table.named(Bytes.of(other))).isNull();
        other[i] = (byte) 0;
        assertThat(table.named(Bytes.of(other))).isNull();
      }
    }
    assertThat(table.named(Bytes.EMPTY)).isNull();
    assertThat(table.named(Bytes.utf8(letters + "4"))).isNull();
  }

  @Test
  void numbersEveryCommandOnce() {
    boolean[] seen = new boolean[TABLE.size()];
    for (Command command : TABLE.all()) {
      seen[command.index()] = true;
      command.subcommands().forEach(subcommand -> seen[subcommand.index()] = true);
    }
    assertThat(seen).doesNotContain(false);
  }

  @Test
  void listsSubcommandsInHelp() {
    Body help = TABLE.named(Bytes.utf8("command|help")).body();
    assertThat(((Body.OnKeys) help).run(null, Args.of("COMMAND", "HELP")))
        .isEqualTo(
            new Reply.Array(
                List.of(
                    line("COMMAND <subcommand> [<arg> [value] [opt] ...]. Subcommands are:"),
                    line("(no subcommand)"),
                    line("    Does."),
                    line("COUNT"),
                    line("    Does."),
                    line("HELP"),
                    line("    Prints this help."))));
    Body client = TABLE.named(Bytes.utf8("client|help")).body();
    assertThat(((Body.OnKeys) client).run(null, Args.of("CLIENT", "HELP")).toString())
        .contains("NO-EVICT <ON | OFF>");
  }

  @Test
  void makesAContainerOfItsSubcommands() {
    Command client = TABLE.named(Bytes.utf8("client"));
    assertThat(client.arity()).isEqualTo(-2);
    assertThat(client.group()).isEqualTo("connection");
    assertThat(client.subcommands())
        .extracting(Command::name)
        .containsExactly("help", "id", "kill", "no-evict");
    assertThat(TABLE.named(Bytes.utf8("command")).arity()).isEqualTo(-1);
  }

  @Test
  void refusesACommandThatTellsNoKeys() {
    assertThatThrownBy(() -> table(read("KEYS pattern")))
        .isInstanceOf(Invariant.Violation.class)
        .hasMessageContaining("command keys:");
    assertThatThrownBy(() -> table(write("ODD [message] key")))
        .hasMessageContaining("command odd:");
    assertThat(table(read("KEYS pattern").noKeys()).all()).hasSize(1);
    assertThat(table(write("FLUSHALL").locksAll()).all()).hasSize(1);
    assertThat(table(write("ODD [message] key").keys(KeySpec.at(2))).all()).hasSize(1);
  }

  @Test
  void refusesTheSameCommandTwice() {
    assertThatThrownBy(() -> table(read("GET key"), write("GET key")))
        .hasMessageContaining("command get: declared twice");
  }

  private static Reply line(String text) {
    return new Reply.Simple(text);
  }

  private static Args args(String words) {
    return Args.of(words.split(" "));
  }
}
