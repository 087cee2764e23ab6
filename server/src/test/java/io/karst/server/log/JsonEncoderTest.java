package io.karst.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JsonEncoderTest {
  private final Logger logger = new LoggerContext().getLogger("io.karst.Test");

  @Test
  void anEventIsOneLineWhateverIsInIt() {
    String line = encode("say \"no\"\n\tto C:\\ \u0001 ä", null);
    assertThat(line)
        .isEqualTo(
            "{\"time\":\"2026-01-31T12:00:00.123Z\",\"level\":\"warning\",\"thread\":\"main\","
                + "\"logger\":\"io.karst.Test\","
                + "\"message\":\"say \\\"no\\\"\\n\\tto C:\\\\ \\u0001 ä\"}\n");
  }

  @Test
  void aFailureStandsOnTheSameLine() {
    String line = encode("failed", new IOException("no room"));
    assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
    assertThat(line).contains(",\"error\":\"java.io.IOException: no room\\n\\tat ");
  }

  private String encode(String message, Throwable failure) {
    LoggingEvent event = new LoggingEvent("x", logger, Level.WARN, message, failure, null);
    event.setInstant(Instant.parse("2026-01-31T12:00:00.123Z"));
    event.setThreadName("main");
    return new String(new JsonEncoder().encode(event), StandardCharsets.UTF_8);
  }
}
