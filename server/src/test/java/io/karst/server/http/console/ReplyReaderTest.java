package io.karst.server.http.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplyReaderTest {
  /// Replies of each type; `|` ends a line.
  private static final String ALL =
      ("+OK|-ERR no|:-7|:9223372036854775807|:-9223372036854775808|_|,1.5|,inf|#t|#f|"
              + "(12345678901234567890|$5|hello|$0||$-1|*-1|=8|txt:text|*3|:1|*0|%0|"
              + "%2|+a|*1|:1|$1|b|%1|:2|_|~2|:1|:2|")
          .replace("|", "\r\n");

  private static final String ALL_JSON =
      "[{\"status\":\"OK\"},{\"error\":\"ERR no\"},-7,{\"int\":\"9223372036854775807\"},"
          + "{\"int\":\"-9223372036854775808\"},null,{\"double\":\"1.5\"},{\"double\":\"inf\"},"
          + "true,false,"
          + "{\"bignum\":\"12345678901234567890\"},\"hello\",\"\",null,null,"
          + "{\"verbatim\":\"text\"},"
          + "[1,[],{\"map\":[]}],{\"map\":[[{\"status\":\"a\"},[1]],[\"b\",{\"map\":[[2,null]]}]]},"
          + "{\"set\":[1,2]}]";

  private static final int ALL_COUNT = 19;

  private final AnswerBuffer answer = new AnswerBuffer();

  private String json(int silent, int count, int clip, byte[]... pieces) throws IOException {
    try (JsonGenerator out = new JsonFactory().createGenerator(answer)) {
      out.writeStartArray();
      ReplyReader reader = new ReplyReader(out, silent, count, clip);
      for (byte[] piece : pieces) {
        assertThat(reader.isDone()).isFalse();
        reader.read(Unpooled.wrappedBuffer(piece));
      }
      assertThat(reader.isDone()).isTrue();
      out.writeEndArray();
    }
    return new String(answer.toArray(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void eachTypeIsTold() throws IOException {
    assertThat(json(0, ALL_COUNT, 0, bytes(ALL))).isEqualTo(ALL_JSON);
  }

  @Test
  void piecesOfAnySizeAreTheSame() throws IOException {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    byte[] all = bytes(ALL);
    try (JsonGenerator out = new JsonFactory().createGenerator(answer)) {
      out.writeStartArray();
      ReplyReader reader = new ReplyReader(out, 0, ALL_COUNT, 0);
      for (int at = 0; at < all.length; ) {
        int count = Math.min(1 + random.nextInt(3), all.length - at);
        reader.read(Unpooled.wrappedBuffer(all, at, count));
        at += count;
      }
      assertThat(reader.isDone()).isTrue();
      out.writeEndArray();
    }
    assertThat(new String(answer.toArray(), StandardCharsets.UTF_8)).isEqualTo(ALL_JSON);
  }

  @Test
  void whatIsNoUtf8IsInBase64() throws IOException {
    assertThat(json(0, 2, 0, bytes("$2\r\n\u00c3\u00a9\r\n$2\r\n\u00ff\u0000\r\n")))
        .isEqualTo("[\"é\",{\"b64\":\"/wA=\"}]");
  }

  @Test
  void longStringsAreCutBetweenCharacters() throws IOException {
    assertThat(json(0, 3, 3, bytes("$5\r\nhello\r\n$4\r\nab\u00c3\u00a9\r\n$4\r\n\u00ffabc\r\n")))
        .isEqualTo(
            "[{\"text\":\"hel\",\"size\":5},{\"text\":\"ab\",\"size\":4},"
                + "{\"b64\":\"/2Fi\",\"size\":4}]");
  }

  @Test
  void theFirstRepliesAreHeardAndNotWritten() throws IOException {
    assertThat(json(2, 1, 0, bytes("%1\r\n+server\r\n$5\r\nkarst\r\n+OK\r\n:1\r\n")))
        .isEqualTo("[1]");
  }

  @Test
  void anErrorAmongTheFirstIsKept() throws IOException {
    try (JsonGenerator out = new JsonFactory().createGenerator(answer)) {
      ReplyReader reader = new ReplyReader(out, 2, 1, 0);
      reader.read(Unpooled.wrappedBuffer(bytes("-WRONGPASS no\r\n-NOAUTH no\r\n")));
      assertThat(reader.error()).isEqualTo("WRONGPASS no");
      assertThat(reader.isHeard()).isTrue();
    }
  }

  @Test
  void whatIsPushedIsPassedBy() throws IOException {
    assertThat(json(0, 2, 0, bytes(":1\r\n>2\r\n+invalidate\r\n*1\r\n$1\r\nk\r\n:2\r\n")))
        .isEqualTo("[1,2]");
  }

  @Test
  void whatIsSaidAboutAReplyIsPassedBy() throws IOException {
    assertThat(json(0, 2, 0, bytes(":1\r\n|1\r\n+ttl\r\n*1\r\n:9\r\n:2\r\n"))).isEqualTo("[1,2]");
  }

  @Test
  void aStringLargerThanAnAnswerIsRefusedBeforeItComes() throws IOException {
    try (JsonGenerator out = new JsonFactory().createGenerator(answer)) {
      ReplyReader reader = new ReplyReader(out, 0, 1, 0);
      assertThatThrownBy(() -> reader.read(Unpooled.wrappedBuffer(bytes("$500000000\r\n"))))
          .isInstanceOf(TooLargeException.class)
          .hasMessageContaining("8 MB");
    }
  }
}
