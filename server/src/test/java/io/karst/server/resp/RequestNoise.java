package io.karst.server.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Random;

/// Byte streams that are nearly requests.
final class RequestNoise {
  private static final String[] PIECES = {
    "*",
    "$",
    "\r\n",
    "\r",
    "\n",
    "-",
    "0",
    "1",
    "2",
    "3",
    "10",
    "99999999999",
    "*1\r\n",
    "*2\r\n",
    "$4\r\n",
    "$0\r\n",
    "PING",
    "PING\r\n",
    "\"",
    "'",
    "\\",
    "\\x",
    "\\x41",
    " ",
    "\0",
    "\u00ff",
    "$4\r\nPING\r\n",
    "*1\r\n$4\r\nPING\r\n",
    "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\nb\r\n",
    "+",
    ":"
  };

  private RequestNoise() {}

  static byte[] next(Random random) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(20); left > 0; left--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    byte[] stream = text.toString().getBytes(ISO_8859_1);
    for (int flips = random.nextInt(3); flips > 0 && stream.length > 0; flips--) {
      stream[random.nextInt(stream.length)] = (byte) random.nextInt(256);
    }
    return stream;
  }
}
