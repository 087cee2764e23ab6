package io.karst.server.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.server.resp.DecodedStream.Outcome;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestDecoderTest {
  private static final String STREAM =
      String.join(
          "\r\n",
          "*1",
          "$4",
          "PING",
          "*3",
          "$3",
          "SET",
          "$3",
          "a\0b",
          "$4",
          "",
          "",
          "",
          "PING inline",
          "*0",
          "*-1",
          "",
          "*2",
          "$4",
          "ECHO",
          "$0",
          "",
          "set 'a b' \"c\\x41\\n\"\n*2",
          "$3",
          "GET",
          "$12",
          "0123456789ab",
          "");

  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("PING"),
          List.of("SET", "a\0b", "\r\n\r\n"),
          List.of("PING", "inline"),
          List.of("ECHO", ""),
          List.of("set", "a b", "cA\n"),
          List.of("GET", "0123456789ab"));

  @Test
  void aStreamIsDecodedWhole() {
    assertThat(DecodedStream.whole(STREAM)).isEqualTo(new Outcome(COMMANDS, null));
  }

  @Test
  void aStreamCutAnywhereGivesTheSameCommands() {
    byte[] stream = STREAM.getBytes(ISO_8859_1);
    for (int first = 0; first <= stream.length; first++) {
      for (int second = first; second <= stream.length; second++) {
        assertThat(DecodedStream.cutAt(stream, first, second))
            .as("cut at %d and %d", first, second)
            .isEqualTo(new Outcome(COMMANDS, null));
      }
    }
  }

  @Test
  void aStreamGivenByteByByteGivesTheSameCommands() {
    assertThat(DecodedStream.pieces(STREAM.getBytes(ISO_8859_1), 1))
        .isEqualTo(new Outcome(COMMANDS, null));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 1000, 5000, 65536})
  void longRequestsAreTheSameHoweverTheyArrive(int pieceSize) {
    StringBuilder text = new StringBuilder("*2003\r\n$4\r\nMSET\r\n");
    for (int i = 0; i < 1000; i++) {
      text.append("$4\r\nkey").append(i % 10).append("\r\n$3\r\nval\r\n");
    }
    String large = "x".repeat(100_000);
    text.append("$100000\r\n").append(large).append("\r\n");
    text.append("$40000\r\n").append(large, 0, 40_000).append("\r\n");
    text.append("*1\r\n$4\r\nPING\r\n");

    Outcome outcome = DecodedStream.pieces(text.toString().getBytes(ISO_8859_1), pieceSize);

    assertThat(outcome.error()).isNull();
    assertThat(outcome.commands()).hasSize(2);
    assertThat(outcome.commands().get(0)).hasSize(2003).endsWith(large, large.substring(0, 40_000));
    assertThat(outcome.commands().get(1)).containsExactly("PING");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *2147483648\\r\\n               | invalid multibulk length
          *99999999999999999999\\r\\n     | invalid multibulk length
          *\\r\\n                         | invalid multibulk length
          *a\\r\\n                        | invalid multibulk length
          *01\\r\\n                       | invalid multibulk length
          *+1\\r\\n                       | invalid multibulk length
          * 1\\r\\n                       | invalid multibulk length
          *-0\\r\\n                       | invalid multibulk length
          *1\\r\\n+OK\\r\\n               | expected '$', got '+'
          *1\\r\\n\\r\\n                  | expected '$', got ' '
          *1\\r$4\\r\\nPING               | expected '$', got '4'
          *1\\r\\n$-1\\r\\n               | invalid bulk length
          *1\\r\\n$a\\r\\n                | invalid bulk length
          *1\\r\\n$1x\\r\\n               | invalid bulk length
          *1\\r\\n$536870913\\r\\n        | invalid bulk length
          *1\\r\\n$99999999999999\\r\\n   | invalid bulk length
          ECHO "abc\\r\\n                 | unbalanced quotes in request
          ECHO "abc"d\\r\\n               | unbalanced quotes in request
          ECHO 'abc'd\\r\\n               | unbalanced quotes in request
          ECHO 'abc\\r\\n                 | unbalanced quotes in request
          """,
      quoteCharacter = '\0')
  void whatIsNoRequestIsRefusedWithRedissWords(String input, String message) {
    String stream = input.replace("\\r", "\r").replace("\\n", "\n");
    Outcome refused = new Outcome(List.of(), "ERR Protocol error: " + message);

    assertThat(DecodedStream.whole(stream)).isEqualTo(refused);
    assertThat(DecodedStream.pieces(stream.getBytes(ISO_8859_1), 1)).isEqualTo(refused);
  }

  @ParameterizedTest
  @CsvSource({
    "*1, too big mbulk count string",
    "*1!$1, too big bulk count string",
    "x, too big inline request"
  })
  void endlessLinesAreRefused(String start, String message) {
    String stream = start.replace("!", "\r\n") + "1".repeat(70_000);

    assertThat(DecodedStream.whole(stream).error()).isEqualTo("ERR Protocol error: " + message);
    assertThat(DecodedStream.pieces(stream.getBytes(ISO_8859_1), 1000).error())
        .isEqualTo("ERR Protocol error: " + message);
  }

  @ParameterizedTest
  @CsvSource({"*11!, unauthenticated multibulk length", "*1!$16385!, unauthenticated bulk length"})
  void strangersMayOnlySendLittle(String input, String message) {
    String stream = input.replace("!", "\r\n");

    assertThat(DecodedStream.unauthenticated(stream).error())
        .isEqualTo("ERR Protocol error: " + message);
    assertThat(DecodedStream.whole(stream).error()).isNull();
  }

  @Test
  void quotesMeanWhatTheyMeanInRedis() {
    assertThat(DecodedStream.whole("ECHO \"a\\x41\\n\\t\\r\\b\\a\\q\\\"b\\xg\"\r\n").commands())
        .containsExactly(List.of("ECHO", "aA\n\t\r\b\u0007q\"bxg"));
    assertThat(DecodedStream.whole("ECHO 'it\\'s \\n' \"\" a\"b c\" d\r\n").commands())
        .containsExactly(List.of("ECHO", "it's \\n", "", "ab c", "d"));
    assertThat(DecodedStream.whole(" \t a \u000b b\r\n").commands())
        .containsExactly(List.of("a", "b"));
  }

  @Test
  void announcementsAloneCostNothing() throws ProtocolException {
    RequestDecoder decoder = new RequestDecoder(512 << 20, true);
    byte[] stream = ("*1000000000\r\n$536870912\r\n" + "x".repeat(2000)).getBytes(ISO_8859_1);

    int end = decoder.decode(stream, 0, stream.length, new io.karst.commands.Args());

    assertThat(end).isEqualTo(RequestDecoder.INCOMPLETE);
    assertThat(decoder.collecting().received()).isEqualTo(2000);
    assertThat(decoder.collecting().array(1)).hasSize(64 << 10);
  }

  @Test
  void noiseIsCommandsOrAProtocolErrorAndNothingElse() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      byte[] stream = RequestNoise.next(random);
      Outcome whole = DecodedStream.pieces(stream, Math.max(stream.length, 1));
      Outcome pieces = DecodedStream.pieces(stream, 1 + random.nextInt(7));
      assertThat(pieces).as("seed %d, input %d", seed, i).isEqualTo(whole);
    }
  }
}
