package io.karst.commands.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Body;
import io.karst.commands.CommandTable;
import io.karst.commands.Flag;
import io.karst.commands.KeyFlag;
import io.karst.commands.Reply;
import io.karst.commands.TestOperation;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The shapes are those `redis-server` 7.0 answers for the same commands over RESP3.
final class CommandRepliesTest {
  private static final CommandTable TABLE =
      CommandTable.of(
          List.of(new CommandInfo(), new CommandDocumentation(), new CommandKeys(), operation()));

  private static TestOperation operation() {
    return new TestOperation(
        List.of(
            TestOperation.read("GET key").fast().complexity("O(1)"),
            TestOperation.write("SET key value [NX | XX] [EX seconds]").denyOom(),
            TestOperation.write("GETSET key value")
                .deprecated("6.2.0", "SET with GET")
                .history("6.0.0", "Was changed.")
                .tips("one", "two"),
            TestOperation.read("MGET key [key ...]"),
            TestOperation.write("COPY source destination"),
            TestOperation.write("MSET key value [key value ...]").keyFlags(KeyFlag.OVERWRITE),
            TestOperation.read("XREAD2 [COUNT count] STREAMS key [key ...] id [id ...]")
                .group("stream")
                .flags(Flag.BLOCKING),
            TestOperation.write("EVAL script numkeys [key [key ...]] [arg [arg ...]]")
                .flags(Flag.NO_MANDATORY_KEYS),
            TestOperation.other("PING [message]").fast()));
  }

  @Test
  void describesACommand() {
    assertThat(call("COMMAND INFO get"))
        .isEqualTo(
            "[[get 2 {+readonly +fast} 1 1 1 {+@read +@string +@fast} {} "
                + "{%(flags {+RO +access} "
                + "begin_search %(type index spec %(index 1)) "
                + "find_keys %(type range spec %(lastkey 0 keystep 1 limit 0)))} {}]]");
  }

  @Test
  void describesKeysBehindAKeyword() {
    assertThat(call("COMMAND INFO xread2"))
        .isEqualTo(
            "[[xread2 -4 {+readonly +blocking +movablekeys} 0 0 0 "
                + "{+@read +@stream +@slow +@blocking} {} "
                + "{%(flags {+RO +access} "
                + "begin_search %(type keyword spec %(keyword STREAMS startfrom 1)) "
                + "find_keys %(type range spec %(lastkey -1 keystep 1 limit 2)))} {}]]");
  }

  @Test
  void describesCountedKeysAndTips() {
    assertThat(call("COMMAND INFO eval"))
        .contains(
            "begin_search %(type index spec %(index 2)) "
                + "find_keys %(type keynum spec %(keynumidx 0 firstkey 1 keystep 1))");
    assertThat(call("COMMAND INFO getset")).contains("{+@write +@string +@slow} {one two} {");
  }

  @Test
  void describesSubcommandsWithinTheirContainer() {
    assertThat(call("COMMAND INFO command"))
        .startsWith(
            "[[command -1 {+loading +stale} 0 0 0 {+@slow +@connection} "
                + "{nondeterministic_output_order} {} "
                + "[[command|count 2 {+loading +stale} 0 0 0 {+@slow +@connection} {} {} {}] "
                + "[command|docs -2 ");
    assertThat(call("COMMAND INFO command|count")).startsWith("[[command|count 2 ");
  }

  @Test
  void describesEveryCommandAndNoneThatIsNotThere() {
    assertThat(call("COMMAND INFO nosuch GET command|nosuch get|set"))
        .matches("\\[nil \\[get 2 .*\\] nil nil\\]");
    assertThat(call("COMMAND")).isEqualTo(call("COMMAND INFO"));
    assertThat(call("COMMAND COUNT")).isEqualTo(String.valueOf(TABLE.all().size()));
  }

  @Test
  void documentsACommand() {
    assertThat(call("COMMAND DOCS nosuch set get"))
        .isEqualTo(
            "%(set %(summary Writes. since 1.0.0 group string arguments ["
                + "%(name key type key display_text key key_spec_index 0) "
                + "%(name value type string display_text value) "
                + "%(name condition type oneof flags {+optional} arguments ["
                + "%(name nx type pure-token token NX) %(name xx type pure-token token XX)]) "
                + "%(name seconds type integer display_text seconds token EX flags {+optional})"
                + "]) "
                + "get %(summary Reads. since 1.0.0 group string complexity O(1) arguments ["
                + "%(name key type key display_text key key_spec_index 0)]))");
  }

  @Test
  void documentsHistoryKeysAndSubcommands() {
    assertThat(call("COMMAND DOCS getset"))
        .contains(
            "doc_flags {+deprecated} deprecated_since 6.2.0 replaced_by SET with GET "
                + "history {[6.0.0 Was changed.]}");
    assertThat(call("COMMAND DOCS copy"))
        .contains(
            "display_text source key_spec_index 0", "display_text destination key_spec_index 1");
    assertThat(call("COMMAND DOCS command"))
        .contains("subcommands %(command|count %(summary Counts the commands. since 2.8.13");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "COMMAND LIST FILTERBY PATTERN *GET, [get mget]",
        "COMMAND LIST FILTERBY PATTERN command|c*, [command|count]",
        "command list filterby aclcat STREAM, [xread2]",
        "COMMAND LIST FILTERBY ACLCAT nosuch, []",
        "COMMAND LIST FILTERBY MODULE m, []",
        "COMMAND GETKEYS get a, [a]",
        "COMMAND GETKEYS mset a 1 b 2, [a b]",
        "COMMAND GETKEYS eval s 2 a b c, [a b]",
        "COMMAND GETKEYS eval s 0, []",
        "COMMAND GETKEYS xread2 streams a b 0 0, [a b]",
        "COMMAND GETKEYSANDFLAGS copy a b, [[a {+RO +access}] [b {+OW +update}]]"
      })
  void answers(String words, String reply) {
    assertThat(call(words)).isEqualTo(reply);
  }

  @ParameterizedTest
  @CsvSource({
    "COMMAND LIST FILTERBY, ERR syntax error",
    "COMMAND LIST FOO, ERR syntax error",
    "COMMAND LIST FILTERBY FOO a, ERR syntax error",
    "COMMAND LIST FILTERBY PATTERN a b, ERR syntax error",
    "COMMAND COUNT x, ERR wrong number of arguments for 'command|count' command",
    "COMMAND GETKEYS, ERR wrong number of arguments for 'command|getkeys' command",
    "COMMAND GETKEYS nosuch a, ERR Invalid command specified",
    "COMMAND GETKEYS command nosuch, ERR Invalid command specified",
    "COMMAND GETKEYS ping, ERR The command has no key arguments",
    "COMMAND GETKEYS get, ERR Invalid number of arguments specified for command",
    "COMMAND GETKEYS get a b, ERR Invalid number of arguments specified for command",
    "COMMAND GETKEYS xread2 a b c, ERR Invalid arguments specified for command"
  })
  void answersErrors(String words, String error) {
    assertThatThrownBy(() -> call(words)).isInstanceOf(CommandException.class).hasMessage(error);
  }

  @Test
  void listsEveryCommandAndSubcommand() {
    assertThat(call("COMMAND LIST")).startsWith("[command command|count ").contains(" set ");
  }

  private static String call(String words) {
    Args args = Args.of(words.split(" "));
    return text(((Body.OnKeys) TABLE.find(args).body()).run(null, args));
  }

  /// `[array]`, `{set}`, `%(map)`, `+simple`, and the others plain.
  private static String text(Reply reply) {
    return switch (reply) {
      case Reply.Array(List<? extends Reply> items) -> "[" + text(items) + "]";
      case Reply.Collection(List<? extends Reply> items) -> "{" + text(items) + "}";
      case Reply.Dictionary(List<? extends Reply> items) -> "%(" + text(items) + ")";
      case Reply.Simple(String line) -> "+" + line;
      case Reply.Bulk bulk -> bulk.bytes().utf8();
      case Reply.Int(long value) -> String.valueOf(value);
      case Reply.Nil _ -> "nil";
      default -> throw new AssertionError(reply.toString());
    };
  }

  private static String text(List<? extends Reply> items) {
    return items.stream().map(CommandRepliesTest::text).collect(Collectors.joining(" "));
  }
}
