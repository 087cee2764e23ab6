package io.karst.server.http.console;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Turns replies in RESP3 into JSON as they come in.
///
/// The types that JSON does not have are objects of one field: `{"status":"OK"}`, `{"error":…}`,
/// `{"map":[[key,value],…]}`, `{"set":[…]}`, `{"double":"1.5"}`, `{"bignum":…}`, `{"verbatim":…}`,
/// and `{"int":…}` for what a double does not hold. Strings are as in [StringJson].
///
/// The first replies may be ours alone: of those only the error is kept. What is pushed is passed
/// by. Thread: its owner's.
final class ReplyReader {
  private static final int LINE_MAX = 64 << 10;

  /// Integers beyond this are no doubles.
  private static final long EXACT_MAX = (1L << 53) - 1;

  /// Bytes of replies that are read at all, whatever is left of them.
  private static final long INPUT_MAX = 256L << 20;

  /// An aggregate whose items come in.
  ///
  /// - `pairs`: whether two items are one entry.
  private static final class Frame {
    final char kind;
    long left;

    Frame(char kind, long left) {
      this.kind = kind;
      this.left = left;
    }
  }

  private final JsonGenerator out;
  private final int clip;
  private final Deque<Frame> open = new ArrayDeque<>();
  private final StringBuilder line = new StringBuilder();

  /// Replies that are not written any more.
  private int silent;

  /// Replies that are still to come.
  private int expected;

  private long input;
  private @Nullable String error;

  /// What of a string has been read; null outside of one.
  private byte @Nullable [] string;

  private char stringKind;
  private long stringSize;
  private long stringRead;

  /// - `silent`: so many replies come first that are not written.
  /// - `expected`: and so many that are.
  /// - `clip`: bytes of a string beyond which its beginning is written; 0 for none.
  ReplyReader(JsonGenerator out, int silent, int expected, int clip) {
    this.out = out;
    this.silent = silent;
    this.expected = silent + expected;
    this.clip = clip;
  }

  /// Reads what has come.
  ///
  /// - throws [TooLargeException] if the replies are larger than an answer may be.
  void read(ByteBuf in) throws IOException {
    input += in.readableBytes();
    if (input > INPUT_MAX) {
      throw AnswerBuffer.tooLarge();
    }
    while (in.isReadable() && expected > 0) {
      if (string != null) {
        readString(in, string);
      } else {
        readLine(in);
      }
    }
  }

  /// Whether every reply has been read.
  boolean isDone() {
    return expected == 0;
  }

  /// Whether the first replies, which are not written, have all come.
  boolean isHeard() {
    return silent == 0;
  }

  /// The first error among the replies that are not written; null if there was none.
  @Nullable String error() {
    return error;
  }

  private void readLine(ByteBuf in) throws IOException {
    int end = in.bytesBefore((byte) '\n');
    int count = end < 0 ? in.readableBytes() : end + 1;
    if (line.length() + count > LINE_MAX) {
      throw new IOException("a line of a reply is too long");
    }
    line.append(in.readCharSequence(count, StandardCharsets.ISO_8859_1));
    if (end >= 0) {
      String whole = line.substring(0, line.length() - 2);
      line.setLength(0);
      reply(whole.charAt(0), whole.substring(1));
    }
  }

  private void reply(char kind, String rest) throws IOException {
    switch (kind) {
      case '*', '~', '>', '%' -> begin(kind, Long.parseLong(rest));
      case '|' -> begin('>', 2 * Long.parseLong(rest)); // Of a whole reply: passed by, too.
      case '$', '=' -> beginString(kind, Long.parseLong(rest));
      default -> {
        scalar(kind, rest);
        ended();
      }
    }
  }

  private void scalar(char kind, String rest) throws IOException {
    if (kind == '-' && silent > 0 && open.isEmpty() && error == null) {
      error = utf8(rest);
    }
    if (isSilent()) {
      return;
    }
    switch (kind) {
      case '+' -> tagged("status", utf8(rest));
      case '-' -> tagged("error", utf8(rest));
      case ':' -> integer(Long.parseLong(rest));
      case ',' -> tagged("double", rest);
      case '(' -> tagged("bignum", rest);
      case '#' -> out.writeBoolean(rest.equals("t"));
      case '_' -> out.writeNull();
      default -> throw new IOException("no reply begins with " + kind);
    }
  }

  private void integer(long value) throws IOException {
    if (Math.abs(value) <= EXACT_MAX && value != Long.MIN_VALUE) {
      out.writeNumber(value);
    } else {
      tagged("int", Long.toString(value));
    }
  }

  private void tagged(String name, String value) throws IOException {
    out.writeStartObject();
    out.writeStringField(name, value);
    out.writeEndObject();
  }

  /// Lines are read byte by byte; errors may quote what a client has sent.
  private static String utf8(String line) {
    return new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  // ---- strings ----

  private void beginString(char kind, long size) throws IOException {
    if (size < 0) {
      scalar('_', "");
      ended();
      return;
    }
    long kept = clip == 0 ? size : Math.min(size, clip);
    if (kept > AnswerBuffer.SIZE_MAX && !isSilent()) {
      throw AnswerBuffer.tooLarge();
    }
    string = new byte[isSilent() ? 0 : (int) kept];
    stringKind = kind;
    stringSize = size;
    stringRead = 0;
  }

  private void readString(ByteBuf in, byte[] kept) throws IOException {
    if (stringRead < kept.length) {
      int count = (int) Math.min(in.readableBytes(), kept.length - stringRead);
      in.readBytes(kept, (int) stringRead, count);
      stringRead += count;
    }
    int passed = (int) Math.min(in.readableBytes(), stringSize + 2 - stringRead);
    in.skipBytes(passed);
    stringRead += passed;
    if (stringRead == stringSize + 2) {
      string = null;
      if (!isSilent()) {
        writeString(kept);
      }
      ended();
    }
  }

  private void writeString(byte[] kept) throws IOException {
    if (stringKind == '$') {
      StringJson.write(kept, stringSize, out);
    } else {
      String text = new String(kept, StandardCharsets.UTF_8);
      tagged("verbatim", text.substring(Math.min(text.length(), "txt:".length())));
    }
  }

  // ---- aggregates ----

  private void begin(char kind, long count) throws IOException {
    if (count < 0) {
      scalar('_', "");
      ended();
      return;
    }
    open.push(new Frame(kind, kind == '%' ? 2 * count : count));
    if (!isSilent()) {
      if (kind == '%' || kind == '~') {
        out.writeStartObject();
        out.writeFieldName(kind == '%' ? "map" : "set");
      }
      out.writeStartArray();
      beginPair();
    }
    if (count == 0) {
      end();
    }
  }

  /// Begins an entry of a map, if one comes next.
  private void beginPair() throws IOException {
    Frame frame = open.peek();
    if (frame != null && frame.kind == '%' && frame.left > 0 && frame.left % 2 == 0) {
      out.writeStartArray();
    }
  }

  /// An item has ended, and with it perhaps what it is in.
  private void ended() throws IOException {
    Frame frame = open.peek();
    if (frame == null) {
      expected--;
      silent = Math.max(0, silent - 1);
      return;
    }
    frame.left--;
    if (!isSilent() && frame.kind == '%' && frame.left % 2 == 0) {
      out.writeEndArray();
      beginPair();
    }
    if (frame.left == 0) {
      end();
    }
  }

  private void end() throws IOException {
    boolean written = !isSilent();
    Frame frame = open.pop();
    if (written) {
      out.writeEndArray();
      if (frame.kind == '%' || frame.kind == '~') {
        out.writeEndObject();
      }
    }
    if (frame.kind != '>') {
      ended();
    }
  }

  /// Whether what comes is read without being written.
  private boolean isSilent() {
    Frame outermost = open.peekLast();
    return silent > 0 || (outermost != null && outermost.kind == '>');
  }
}
