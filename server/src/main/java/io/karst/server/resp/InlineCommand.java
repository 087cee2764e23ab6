package io.karst.server.resp;

import io.karst.commands.Args;

/// Requests as people type them: words on a line, with quotes.
///
/// Within double quotes `\xHH`, `\n`, `\r`, `\t`, `\b`, `\a` stand for bytes and a backslash before
/// anything else for that; within single quotes `\'` stands for a quote. A closing quote ends its
/// word and needs a space behind it.
final class InlineCommand {
  private final byte[] line;
  private final int end;
  private final Args args;
  private int at;

  /// The words, unquoted, one after the other; never longer than the line.
  private final byte[] text;

  private int length;

  private InlineCommand(byte[] line, int from, int end, Args args) {
    this.line = line;
    this.end = end;
    this.args = args;
    at = from;
    text = new byte[end - from];
  }

  /// Decodes one line, as [RequestDecoder#decode] does.
  static int decode(byte[] array, int from, int to, Args args) throws ProtocolException {
    int feed = from;
    while (feed < to && array[feed] != '\n') {
      feed++;
    }
    if (feed - from > RequestDecoder.LINE_MAX) {
      throw new ProtocolException("too big inline request");
    }
    if (feed == to) {
      return RequestDecoder.INCOMPLETE;
    }
    int end = feed > from && array[feed - 1] == '\r' ? feed - 1 : feed;
    new InlineCommand(array, from, end, args).words();
    return feed + 1;
  }

  private void words() throws ProtocolException {
    while (true) {
      while (at < end && isSpace(line[at])) {
        at++;
      }
      if (at == end) {
        return;
      }
      int start = length;
      word();
      args.add(text, start, length - start);
    }
  }

  private void word() throws ProtocolException {
    while (at < end && !isSpace(line[at])) {
      byte c = line[at++];
      if (c == '"' || c == '\'') {
        quoted(c);
        return;
      }
      text[length++] = c;
    }
  }

  /// Reads up to the closing `quote`.
  private void quoted(byte quote) throws ProtocolException {
    while (at < end) {
      byte c = line[at++];
      if (c == quote) {
        if (at < end && !isSpace(line[at])) {
          throw unbalanced();
        }
        return;
      }
      text[length++] = c == '\\' ? escaped(quote) : c;
    }
    throw unbalanced();
  }

  /// The byte that a backslash and what follows it stand for.
  private byte escaped(byte quote) {
    if (at == end) {
      return '\\';
    }
    if (quote == '\'') {
      if (line[at] != quote) {
        return '\\';
      }
      at++;
      return quote;
    }
    if (line[at] == 'x' && end - at > 2) {
      int high = Character.digit(line[at + 1], 16);
      int low = Character.digit(line[at + 2], 16);
      if (high >= 0 && low >= 0) {
        at += 3;
        return (byte) (high << 4 | low);
      }
    }
    byte c = line[at++];
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'a' -> 7;
      default -> c;
    };
  }

  /// As `isspace` of C.
  private static boolean isSpace(byte c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static ProtocolException unbalanced() {
    return new ProtocolException("unbalanced quotes in request");
  }
}
