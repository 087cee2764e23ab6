package io.karst.server.operations.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.server.config.ClientDirectives;
import io.karst.server.config.Config;
import io.karst.server.operations.Harness;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HelloTest {
  private final Config config = Config.memoryOnly();
  private final Harness open = new Harness(config);

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void helloTellsWhatTheServerIs() {
    assertThat(open.text("HELLO"))
        .isEqualTo(
            "{server, redis, version, 7.4.0, proto, 2, id, 1, mode, standalone, role, master,"
                + " modules, []}");
  }

  @Test
  void helloChoosesTheProtocolAndTheName() {
    open.run("hello", "3", "SETNAME", "me");
    assertThat(open.session().protocol()).isEqualTo(3);
    assertThat(open.session().name()).isEqualTo("me");
    open.run("HELLO");
    assertThat(open.session().protocol()).isEqualTo(3);
  }

  @Test
  void aWrongHelloChangesNothing() {
    assertThat(open.text("HELLO", "4")).isEqualTo("NOPROTO unsupported protocol version");
    assertThat(open.text("HELLO", "x"))
        .isEqualTo("ERR Protocol version is not an integer or out of range");
    assertThat(open.text("HELLO", "3", "foo")).isEqualTo("ERR Syntax error in HELLO option 'foo'");
    assertThat(open.text("HELLO", "3", "SETNAME"))
        .isEqualTo("ERR Syntax error in HELLO option 'SETNAME'");
    assertThat(open.text("HELLO", "3", "SETNAME", "a b"))
        .isEqualTo("ERR Client names cannot contain spaces, newlines or special characters.");
    assertThat(open.text("HELLO", "3", "AUTH", "someone", "x", "SETNAME", "me"))
        .isEqualTo("WRONGPASS invalid username-password pair or user is disabled.");
    assertThat(open.session().protocol()).isEqualTo(2);
    assertThat(open.session().name()).isEmpty();
  }

  @Test
  void withoutAPasswordAuthOfOneWordIsAMistake() {
    assertThat(open.text("AUTH", "x"))
        .isEqualTo(
            "ERR AUTH <password> called without any password configured for the default user. Are"
                + " you sure your configuration is correct?");
    assertThat(open.text("AUTH", "default", "x")).isEqualTo("OK");
    assertThat(open.text("AUTH", "foo", "x"))
        .isEqualTo("WRONGPASS invalid username-password pair or user is disabled.");
    assertThat(open.text("AUTH", "a", "b", "c")).isEqualTo("ERR syntax error");
  }

  @Test
  void aPasswordIsNeededOnceItIsSet() {
    config.set(ClientDirectives.REQUIREPASS, "secret");
    var client = open.connect(2000);
    client.authenticated(false);
    assertThat(Harness.text(open.run(client, "HELLO", "3"))).startsWith("NOAUTH HELLO must be");
    for (String wrong : List.of("", "s", "secre", "secret2", "Secret")) {
      assertThat(Harness.text(open.run(client, "AUTH", wrong))).startsWith("WRONGPASS");
    }
    assertThat(client.authenticated()).isFalse();
    assertThat(Harness.text(open.run(client, "HELLO", "3", "AUTH", "default", "secret")))
        .startsWith("{server, redis");
    assertThat(client.authenticated()).isTrue();
    client.authenticated(false);
    assertThat(Harness.text(open.run(client, "AUTH", "secret"))).isEqualTo("OK");
    assertThat(client.authenticated()).isTrue();
  }
}
