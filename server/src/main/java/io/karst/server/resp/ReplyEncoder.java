package io.karst.server.resp;

import io.karst.base.Bytes;
import io.karst.base.DoubleText;
import io.karst.commands.Reply;
import io.karst.commands.ScoreSource;
import io.karst.commands.StringSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes replies in one version of RESP. Without state; thread-safe.
public final class ReplyEncoder {
  private static final byte[] OK = ascii("+OK\r\n");
  private static final byte[] NULL_BULK = ascii("$-1\r\n");
  private static final byte[] NULL_ARRAY = ascii("*-1\r\n");
  private static final byte[] NULL = ascii("_\r\n");
  private static final byte[] TRUE = ascii("#t\r\n");
  private static final byte[] FALSE = ascii("#f\r\n");

  private static final ReplyEncoder RESP2 = new ReplyEncoder(false);
  private static final ReplyEncoder RESP3 = new ReplyEncoder(true);

  private final boolean resp3;

  private ReplyEncoder(boolean resp3) {
    this.resp3 = resp3;
  }

  /// The encoder of a version: 2 or 3.
  public static ReplyEncoder of(int protocol) {
    return protocol == 3 ? RESP3 : RESP2;
  }

  /// Writes `reply` to `out`. Views within the reply are read during the call only.
  public void encode(Reply reply, ReplyBuffer out) {
    switch (reply) {
      case Reply.Bulk bulk -> out.bytes('$', "", bulk.bytes());
      case Reply.Simple simple -> simple(simple, out);
      case Reply.Int integer -> out.number(':', integer.value());
      case Reply.Nil _ -> out.raw(resp3 ? NULL : NULL_BULK);
      case Reply.Err error -> error(error.line(), out);
      case Reply.Array array -> items('*', array.items(), out);
      case Reply.Strings strings -> strings(strings, out);
      case Reply.Scored scored -> scored(scored, out);
      case Reply.NilArray _ -> out.raw(resp3 ? NULL : NULL_ARRAY);
      case Reply.Real real -> real(real.value(), out);
      case Reply.RealText number -> text(',', number.digits().utf8(), out);
      case Reply.Bool bool -> bool(bool.value(), out);
      case Reply.BigNumber number -> text('(', number.digits(), out);
      case Reply.Attributed attributed -> attributed(attributed, out);
      case Reply.Verbatim verbatim -> verbatim(verbatim, out);
      case Reply.Dictionary dictionary -> dictionary(dictionary.keysAndValues(), out);
      case Reply.Entries entries -> entries(entries.keysAndValues(), out);
      case Reply.Collection set -> items(resp3 ? '~' : '*', set.items(), out);
      case Reply.Push push -> items(resp3 ? '>' : '*', push.items(), out);
      case Reply.Frames frames -> frames.frames().forEach(frame -> encode(frame, out));
      case Reply.None _ -> {}
      case Reply.Blocked blocked -> encode(blocked.onTimeout(), out); // Where nobody can wait.
    }
  }

  /// Writes an error line, from its code on.
  public static void error(String line, ReplyBuffer out) {
    out.line('-', line);
  }

  /// Writes the beginning of an array, which `count` replies follow.
  public static void array(int count, ReplyBuffer out) {
    out.number('*', count);
  }

  private static void simple(Reply.Simple simple, ReplyBuffer out) {
    if (simple.text().equals("OK")) {
      out.raw(OK);
    } else {
      out.line('+', simple.text());
    }
  }

  private void items(char marker, List<? extends Reply> items, ReplyBuffer out) {
    out.number(marker, items.size());
    for (int i = 0; i < items.size(); i++) {
      encode(items.get(i), out);
    }
  }

  private void dictionary(List<? extends Reply> keysAndValues, ReplyBuffer out) {
    if (!resp3) {
      items('*', keysAndValues, out);
      return;
    }
    out.number('%', keysAndValues.size() / 2);
    for (int i = 0; i < keysAndValues.size(); i++) {
      encode(keysAndValues.get(i), out);
    }
  }

  private void strings(Reply.Strings strings, ReplyBuffer out) {
    StringSource items = strings.items();
    char marker = marker(strings.shape());
    if (items.size() == StringSource.UNKNOWN) {
      counted(marker, items, out);
      return;
    }
    boolean pairs = resp3 && strings.shape() == Reply.Shape.PAIRS;
    out.number(marker, marker == '%' || pairs ? items.size() / 2 : items.size());
    if (pairs) {
      pairs(items, out);
    } else {
      items.forEach(item -> string(item, out));
    }
  }

  private char marker(Reply.Shape shape) {
    if (!resp3) {
      return '*';
    }
    return switch (shape) {
      case ARRAY, PAIRS -> '*';
      case SET -> '~';
      case MAP -> '%';
    };
  }

  /// Writes items whose number is known when they are written.
  private void counted(char marker, StringSource items, ReplyBuffer out) {
    ReplyBuffer.Gap head = out.gap();
    int[] count = {0};
    items.forEach(item -> {
      count[0]++;
      string(item, out);
    });
    out.fill(head, marker, count[0]);
  }

  private void string(@Nullable Bytes item, ReplyBuffer out) {
    if (item == null) {
      out.raw(resp3 ? NULL : NULL_BULK);
    } else {
      out.bytes('$', "", item);
    }
  }

  private void pairs(StringSource items, ReplyBuffer out) {
    items.forEach(
        new StringSource.Visitor() {
          private boolean second;

          @Override
          public void item(@Nullable Bytes item) {
            if (!second) {
              out.number('*', 2);
            }
            second = !second;
            string(item, out);
          }
        });
  }

  private void entries(List<? extends Reply> keysAndValues, ReplyBuffer out) {
    out.number(resp3 ? '%' : '*', keysAndValues.size() / 2);
    for (int i = 0; i < keysAndValues.size(); i++) {
      if (!resp3 && i % 2 == 0) {
        out.number('*', 2);
      }
      encode(keysAndValues.get(i), out);
    }
  }

  private void attributed(Reply.Attributed attributed, ReplyBuffer out) {
    if (resp3) {
      out.number('|', attributed.attributes().size() / 2);
      attributed.attributes().forEach(item -> encode(item, out));
    }
    encode(attributed.reply(), out);
  }

  private void scored(Reply.Scored scored, ReplyBuffer out) {
    ScoreSource items = scored.items();
    boolean paired = resp3 && scored.paired();
    out.number('*', paired ? items.size() : 2L * items.size());
    items.forEach((member, score) -> {
      if (paired) {
        out.number('*', 2);
      }
      out.bytes('$', "", member);
      real(score, out);
    });
  }

  private void real(double value, ReplyBuffer out) {
    text(',', DoubleText.of(value), out);
  }

  private void bool(boolean value, ReplyBuffer out) {
    if (resp3) {
      out.raw(value ? TRUE : FALSE);
    } else {
      out.number(':', value ? 1 : 0);
    }
  }

  /// ASCII: a line of its own kind in RESP3, a bulk string in RESP2.
  private void text(char marker, String text, ReplyBuffer out) {
    if (resp3) {
      out.line(marker, text);
    } else {
      byte[] bytes = ascii(text);
      out.byteArray('$', bytes, 0, bytes.length);
    }
  }

  private void verbatim(Reply.Verbatim verbatim, ReplyBuffer out) {
    if (resp3) {
      out.bytes('=', verbatim.format() + ":", verbatim.bytes());
    } else {
      out.bytes('$', "", verbatim.bytes());
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
