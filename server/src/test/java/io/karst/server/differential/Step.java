package io.karst.server.differential;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/// One request of a transcript, and what was answered.
///
/// - `client`: the name of the connection it is sent on.
/// - `kind`: how it is sent, and how replies are compared.
/// - `line`: the request as it is written.
/// - `reply`: as recorded, lines that end with CR LF.
record Step(int lineNumber, String client, Kind kind, String line, String reply) {
  static final String CLOSED = "(closed)\r\n";

  /// One on the first connection.
  Step(int lineNumber, Kind kind, String line, String reply) {
    this(lineNumber, "", kind, line, reply);
  }

  /// The sign in front of a request.
  enum Kind {
    /// A request whose reply is the same, byte for byte.
    EXACT('>'),
    /// Numbers in the reply may be others: times, identifiers.
    NUMBERS('?'),
    /// The lines of the reply may stand in another order.
    UNORDERED('%'),
    /// Karst's reply is another one, on purpose.
    DIFFERENT('!'),
    /// The reply is not compared.
    IGNORED('~'),
    /// Bytes sent as they are; the reply is the same, or the connection is closed.
    RAW('='),
    /// No request: what else comes on this connection, one reply of it. The line is a remark.
    MORE('+');

    final char sign;

    Kind(char sign) {
      this.sign = sign;
    }
  }

  /// Sends the request and returns the reply, or [#CLOSED] if the connection is closed.
  String run(RespClient client) {
    try {
      if (kind == Kind.MORE) {
        return client.reply();
      }
      client.send(kind == Kind.RAW ? Words.unescaped(line) : RespClient.request(Words.split(line)));
      return client.reply();
    } catch (IOException closed) {
      return CLOSED;
    }
  }

  /// Whether `actual` counts as the recorded reply.
  boolean accepts(String actual) {
    return switch (kind) {
      case EXACT, RAW, MORE -> actual.equals(reply);
      case NUMBERS -> masked(actual).equals(masked(reply));
      case UNORDERED -> sorted(actual).equals(sorted(reply));
      case DIFFERENT -> !actual.equals(reply);
      case IGNORED -> true;
    };
  }

  private static String masked(String text) {
    return text.replaceAll("\\$[0-9]+", "\\$#").replaceAll("[0-9]+", "#");
  }

  private static String sorted(String text) {
    return Arrays.stream(text.split("\r\n", -1)).sorted().collect(Collectors.joining("\n"));
  }
}
