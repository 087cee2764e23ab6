package io.karst.server.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.commands.Args;
import org.junit.jupiter.api.Test;

class MonitorLineTest {
  @Test
  void wordsAreQuoted() {
    byte[] odd = {'a', '"', '\\', '\n', '\r', '\t', 7, 8, 0, (byte) 0xff, ' '};
    Args args = Args.of(Bytes.utf8("SET"), Bytes.of(odd));
    assertThat(MonitorLine.of(1339518083000042L, 3, "127.0.0.1:60866", "set", args))
        .isEqualTo(
            "1339518083.000042 [3 127.0.0.1:60866] \"SET\""
                + " \"a\\\"\\\\\\n\\r\\t\\a\\b\\x00\\xff \"");
  }

  @Test
  void secretsAreNotShown() {
    assertThat(MonitorLine.of(0, 0, "lua", "auth", Args.of("AUTH", "pw")))
        .isEqualTo("0.000000 [0 lua] \"AUTH\" \"(redacted)\"");
  }
}
