package io.karst.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeySpecTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "GET key; get a; 1",
        "MGET key [key ...]; mget a b a; 1 2 3",
        "MSET key value [key value ...]; mset a 1 b 2; 1 3",
        "MSET key value [key value ...]; mset a 1 b; 1 3",
        "BLPOP key [key ...] timeout; blpop a b 0; 1 2",
        "COPY source destination [REPLACE]; copy a b; 1 2",
        "LCS key1 key2 [LEN]; lcs a b len; 1 2",
        "BITOP <AND | OR> destkey key [key ...]; bitop and d a b; 2 3 4",
        "OBJECT ENCODING key; object encoding a; 2",
        "EVAL script numkeys [key [key ...]] [arg [arg ...]]; eval s 2 a b c; 3 4",
        "EVAL script numkeys [key [key ...]] [arg [arg ...]]; eval s 0 a; ''",
        "EVAL script numkeys [key [key ...]] [arg [arg ...]]; eval s -1 a; ''",
        "EVAL script numkeys [key [key ...]] [arg [arg ...]]; eval s 2 a; ''",
        "EVAL script numkeys [key [key ...]] [arg [arg ...]]; eval s 9223372036854775807 a; ''",
        "EVAL script numkeys [key [key ...]] [arg [arg ...]]; eval s x a; ''",
        "MSETEX numkeys key value [key value ...] [NX]; msetex 2 a 1 b 2 nx; 2 4",
        "MSETEX numkeys key value [key value ...] [NX]; msetex 2 a 1 b; 2 4",
        "MSETEX numkeys key value [key value ...] [NX]; msetex 3 a 1 b 2; ''",
        "ZUNIONSTORE destination numkeys key [key ...]; zunionstore d 2 a b; 1 3 4",
        "ZUNIONSTORE destination numkeys key [key ...]; zunionstore d 3 a b; 1",
        "XREAD [COUNT count] STREAMS key [key ...] id [id ...];"
            + " xread count 1 Streams a b 0 0; 4 5",
        "XREAD [COUNT count] STREAMS key [key ...] id [id ...]; xread count 1 x a; ''",
        "SORT key [STORE destination]; sort a store b; 1 3",
        "SORT key [STORE destination]; sort a; 1",
        "SORT key [STORE destination]; sort a store; 1"
      })
  void findsTheKeys(String syntax, String words, String positions) {
    assertThat(positions(TestOperation.write(syntax), words)).isEqualTo(positions);
  }

  @Test
  void searchesAKeywordFromTheEnd() {
    Command command =
        TestOperation.write("MIGRATE key [word ...]")
            .keys(KeySpec.at(1), KeySpec.keyword("KEYS", -2, -1, 0));
    assertThat(positions(command, "migrate x KEYS keys a b")).isEqualTo("1 4 5");
    assertThat(positions(command, "migrate x y z")).isEqualTo("1");
  }

  @Test
  void impliesFlagsFromWhatTheCommandDoes() {
    assertThat(flags(TestOperation.read("GET key"))).isEqualTo("RO+access");
    assertThat(flags(TestOperation.write("INCR key"))).isEqualTo("RW+update");
    assertThat(flags(TestOperation.read("LCS key1 key2"))).isEqualTo("RO+access");
    assertThat(flags(TestOperation.write("COPY source destination")))
        .isEqualTo("RO+access OW+update");
    assertThat(flags(TestOperation.write("DEL key [key ...]").keyFlags(KeyFlag.REMOVE)))
        .isEqualTo("RM");
  }

  @Test
  void hasRoomForAnyNumberOfKeys() {
    KeyPositions positions = new KeyPositions();
    Args args = Args.of("MGET");
    for (int i = 0; i < 1000; i++) {
      args.add(args.bytes(0));
    }
    Command command = TestOperation.read("MGET key [key ...]");
    command.keyPositions(args, positions);
    assertThat(positions.count()).isEqualTo(1000);
    assertThat(positions.at(999)).isEqualTo(1000);
    positions.clear();
    command.keyPositions(Args.of("MGET", "a"), positions);
    assertThat(positions.count()).isEqualTo(1);
  }

  private static String positions(Command command, String words) {
    KeyPositions positions = new KeyPositions();
    command.keyPositions(Args.of(words.split(" ")), positions);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < positions.count(); i++) {
      found.add(String.valueOf(positions.at(i)));
    }
    return String.join(" ", found);
  }

  private static String flags(Command command) {
    return command.keySpecs().stream()
        .map(spec -> spec.flags().stream().map(KeyFlag::redisName).collect(Collectors.joining("+")))
        .collect(Collectors.joining(" "));
  }
}
