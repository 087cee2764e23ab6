package io.karst.commands.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Invariant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SyntaxTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "A key; key:key",
        "A [message]; message:string?",
        "A key [key ...]; key:key+",
        "A [key [key ...]]; key:key?+",
        "A [key ...]; key:key?+",
        "A [WITHSCORES]; WITHSCORES withscores:pure-token?",
        "A [COUNT count]; COUNT count:integer?",
        "A [LIMIT offset count]; LIMIT limit:block?(offset:integer count:integer)",
        "A [COUNT count [ANY]];" + " count-block:block?(COUNT count:integer ANY any:pure-token?)",
        "A [NX | XX]; condition:oneof?(NX nx:pure-token XX xx:pure-token)",
        "A <LEFT | RIGHT>; where:oneof(LEFT left:pure-token RIGHT right:pure-token)",
        "A [EX seconds | EXAT unix-time-seconds];"
            + " expiration:oneof?(EX seconds:integer EXAT unix-time-seconds:unix-time)",
        "A key value [key value ...]; key-value:block+(key:key value:string)",
        "A [GET pattern [GET pattern ...]]; GET pattern:pattern?++",
        "A [WEIGHTS weight [weight ...]]; WEIGHTS weight:double?+",
        "A [TYPE <X | Y>]; TYPE type:oneof?(X x:pure-token Y y:pure-token)",
        "A <* | id>; auto-id:oneof(* auto:pure-token id:string)",
        "A <host port | NO ONE>;"
            + " host-port-no-block:oneof(host-port:block(host:string port:integer)"
            + " no-block:block(NO no:pure-token ONE one:pure-token))",
        "A <a | b | ...>; a-b:oneof+(a:string b:string)",
        "A [X a | b [...]]; a-b:oneof?+(X a:string b:string)",
        "A <TO host port>; TO to:block(host:string port:integer)",
        "A [TO host [FORCE]]; host-block:block?(TO host:string FORCE force:pure-token?)"
      })
  void makesATreeOfALine(String line, String tree) {
    assertThat(text(Syntax.parse(line).arguments())).isEqualTo(tree);
  }

  @Test
  void takesATokenBehindTheNameForASubcommand() {
    Syntax syntax = Syntax.parse("CLIENT NO-EVICT <ON | OFF>");
    assertThat(syntax.container()).isEqualTo("client");
    assertThat(syntax.name()).isEqualTo("no-evict");
    assertThat(syntax.fullName()).isEqualTo("client|no-evict");
    assertThat(syntax.arity()).isEqualTo(3);
    assertThat(syntax.argumentText()).isEqualTo("<ON | OFF>");
    assertThat(Syntax.parse("BITOP <AND | OR> destkey").container()).isNull();
    assertThat(Syntax.parse("XREADGROUP <GROUP group consumer> id").container()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "A; 1",
        "A B; 2",
        "A b; 2",
        "A [b]; -1",
        "A <b | c d>; -2",
        "A <b c | d e>; 3",
        "A b [b ...]; -2",
        "A <[X b] | [Y c]>; 3",
        "A <b | <[X c] | [Y d]>>; -2",
        "A X b [Y c]; -3",
        "A B X [Y c]; -3"
      })
  void countsWords(String line, int arity) {
    assertThat(Syntax.parse(line).arity()).isEqualTo(arity);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "get key",
        "A [b",
        "A b]",
        "A <b",
        "A [b>",
        "A []",
        "A [b | ]",
        "A | b",
        "[A]"
      })
  void refusesALineThatIsNone(String line) {
    assertThatThrownBy(() -> Syntax.parse(line))
        .isInstanceOf(Invariant.Violation.class)
        .hasMessageContaining("'" + line + "'");
  }

  /// `TOKEN name:type`, `?` optional, `+` multiple, `++` each time with its token.
  private static String text(List<Argument> arguments) {
    return arguments.stream().map(SyntaxTest::text).collect(Collectors.joining(" "));
  }

  private static String text(Argument argument) {
    String text = argument.token() == null ? "" : argument.token() + " ";
    text += argument.name() + ":" + argument.type().redisName();
    text += argument.isOptional() ? "?" : "";
    text += argument.isMultiple() ? "+" : "";
    text += argument.flags().contains(ArgumentFlag.MULTIPLE_TOKEN) ? "+" : "";
    List<Argument> children = argument.children();
    return children.isEmpty() ? text : text + "(" + text(children) + ")";
  }
}
