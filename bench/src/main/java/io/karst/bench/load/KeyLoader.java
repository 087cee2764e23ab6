package io.karst.bench.load;

import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.RespConnection;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Sets the keys that `redis-benchmark` asks for at random: a prefix and twelve digits, from 0 on.
public final class KeyLoader {
  private static final int DIGITS = 12;

  /// Commands sent before their replies are read: their bytes fit into any socket's buffers.
  private static final int BATCH = 256;

  private final byte[] request;
  private final int digitsAt;

  /// - `value`: of all keys, ASCII.
  public KeyLoader(String prefix, String value) {
    int keyLength = prefix.length() + DIGITS;
    String head = String.format(Locale.ROOT, "*3\r\n$3\r\nSET\r\n$%d\r\n%s", keyLength, prefix);
    String tail = String.format(Locale.ROOT, "\r\n$%d\r\n%s\r\n", value.length(), value);
    request = (head + "0".repeat(DIGITS) + tail).getBytes(StandardCharsets.US_ASCII);
    digitsAt = head.length();
  }

  /// Sets the keys from 0 to `count - 1`.
  public void load(RespConnection connection, int count) {
    for (int from = 0; from < count; from += BATCH) {
      int to = Math.min(from + BATCH, count);
      for (int i = from; i < to; i++) {
        number(i);
        connection.send(request, request.length);
      }
      for (int i = from; i < to; i++) {
        expectOk(connection.reply());
      }
    }
  }

  private static void expectOk(String reply) {
    if (!reply.equals("OK")) {
      throw new HarnessException("SET was answered with " + reply);
    }
  }

  private void number(int value) {
    int rest = value;
    for (int i = digitsAt + DIGITS - 1; i >= digitsAt; i--) {
      request[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
