package io.karst.server.operations.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.server.operations.Harness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {
  private final Harness server = new Harness();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void pingAndEchoAnswer() {
    assertThat(server.text("PING")).isEqualTo("PONG");
    assertThat(server.text("PING", "a b")).isEqualTo("a b");
    assertThat(server.text("PING", "a", "b"))
        .isEqualTo("ERR wrong number of arguments for 'ping' command");
    assertThat(server.text("ECHO", "")).isEmpty();
    assertThat(server.text("ECHO")).isEqualTo("ERR wrong number of arguments for 'echo' command");
  }

  @Test
  void selectTakesTheDatabasesThereAre() {
    assertThat(server.text("SELECT", "15")).isEqualTo("OK");
    assertThat(server.session().database()).isEqualTo(15);
    assertThat(server.text("SELECT", "16")).isEqualTo("ERR DB index is out of range");
    assertThat(server.text("SELECT", "-1")).isEqualTo("ERR DB index is out of range");
    assertThat(server.text("SELECT", "x")).isEqualTo("ERR value is not an integer or out of range");
    assertThat(server.text("SELECT", "99999999999"))
        .isEqualTo("ERR value is out of range, value must between -2147483648 and 2147483647");
    assertThat(server.session().database()).isEqualTo(15);
  }

  @Test
  void quitClosesAfterTheReply() {
    assertThat(server.text("QUIT", "now")).isEqualTo("OK");
    assertThat(server.session().closesAfterReply()).isTrue();
  }

  @Test
  void resetBeginsAgain() {
    server.run("HELLO", "3", "SETNAME", "me");
    server.run("SELECT", "3");
    server.run("CLIENT", "NO-TOUCH", "on");
    assertThat(server.text("RESET")).isEqualTo("RESET");
    assertThat(server.session().protocol()).isEqualTo(2);
    assertThat(server.session().database()).isZero();
    assertThat(server.session().name()).isEmpty();
    assertThat(server.session().noTouch()).isFalse();
  }
}
