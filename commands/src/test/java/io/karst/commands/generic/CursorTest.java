package io.karst.commands.generic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import org.junit.jupiter.api.Test;

final class CursorTest {
  @Test
  void whatRedisTakesIsTaken() {
    assertThat(parse("0")).isZero();
    assertThat(parse("")).isZero();
    assertThat(parse("007")).isEqualTo(7);
    assertThat(parse("+5")).isEqualTo(5);
    assertThat(parse("-1")).isEqualTo(-1);
    assertThat(parse("9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(parse("18446744073709551615")).isEqualTo(-1);
  }

  @Test
  void anythingElseIsNot() {
    for (String text :
        new String[] {"x", " 1", "1 ", "1x", "-", "+", "--1", "18446744073709551616", "1e3"}) {
      assertThatThrownBy(() -> parse(text))
          .isInstanceOf(CommandException.class)
          .hasMessage("ERR invalid cursor");
    }
  }

  private static long parse(String text) {
    return Cursor.parse(Bytes.utf8(text));
  }
}
