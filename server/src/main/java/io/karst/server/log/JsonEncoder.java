package io.karst.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;

/// Writes an event as one line of JSON: `time`, `level`, `thread`, `logger`, `message`, and `error`
/// with the stack trace if there is one.
final class JsonEncoder extends EncoderBase<ILoggingEvent> {
  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder line = new StringBuilder("{");
    field(line, "time", event.getInstant().toString());
    field(line, "level", LineEncoder.name(event.getLevel()));
    field(line, "thread", event.getThreadName());
    field(line, "logger", event.getLoggerName());
    field(line, "message", event.getFormattedMessage());
    IThrowableProxy failure = event.getThrowableProxy();
    if (failure != null) {
      field(line, "error", ThrowableProxyUtil.asString(failure));
    }
    return line.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  private static void field(StringBuilder line, String name, String value) {
    line.append(line.length() == 1 ? "\"" : ",\"").append(name).append("\":\"");
    for (int i = 0; i < value.length(); i++) {
      escaped(line, value.charAt(i));
    }
    line.append('"');
  }

  private static void escaped(StringBuilder line, char c) {
    switch (c) {
      case '"' -> line.append("\\\"");
      case '\\' -> line.append("\\\\");
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (c < ' ') {
          line.append("\\u00").append(Character.forDigit(c >> 4, 16));
          line.append(Character.forDigit(c & 15, 16));
        } else {
          line.append(c);
        }
      }
    }
  }
}
