package io.karst.server.http.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CommandRequestTest {
  private static CommandRequest parse(String json) throws BadRequestException {
    return CommandRequest.parse(json.getBytes(UTF_8));
  }

  @Test
  void wordsAreTextNumbersOrBytes() throws BadRequestException {
    CommandRequest request =
        parse(
            "{\"db\":3,\"clip\":9,\"commands\":"
                + "[[\"SET\",\"é\\n\",1.50,{\"b64\":\"/wA=\"}],[\"PING\"]]}");
    assertThat(request.database()).isEqualTo(3);
    assertThat(request.clip()).isEqualTo(9);
    assertThat(request.commands()).hasSize(2);
    assertThat(request.commands().getFirst())
        .containsExactly(
            "SET".getBytes(UTF_8),
            "é\n".getBytes(UTF_8),
            "1.50".getBytes(UTF_8),
            new byte[] {-1, 0});
  }

  @Test
  void whatIsNoRequestIsRefused() {
    refused("", "found null");
    refused("[]", "START_OBJECT belongs");
    refused("{}", "no commands");
    refused("{\"commands\":[]}", "no commands");
    refused("{\"commands\":[[]]}", "no words");
    refused("{\"commands\":[\"GET\"]}", "START_ARRAY belongs");
    refused("{\"commands\":[[null]]}", "a word is");
    refused("{\"commands\":[[{\"hex\":\"00\"}]]}", "a word is");
    refused("{\"commands\":[[{\"b64\":\"!\"}]]}", "not JSON");
    refused("{\"commands\":[[{\"b64\":\"\",\"b\":1}]]}", "END_OBJECT belongs");
    refused("{\"commands\":[[\"\\ud800\"]]}", "surrogate");
    refused("{\"commands\":[[\"PING\"]],\"db\":-1}", "below 0");
    refused("{\"commands\":[[\"PING\"]],\"db\":99999999999}", "not JSON");
    refused("{\"commands\":[[\"PING\"]],\"more\":1}", "not more");
    refused("{\"commands\":[[\"PING\"]]} 1", "follows");
    refused("{\"commands\":[[\"PING\"", "not JSON");
  }

  private static void refused(String json, String message) {
    assertThatThrownBy(() -> parse(json))
        .as(json)
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining(message);
  }

  @Test
  void commandsAreBounded() {
    String many = "[\"PING\"],".repeat(1024) + "[\"PING\"]";
    refused("{\"commands\":[" + many + "]}", "more than 1024");
  }
}
