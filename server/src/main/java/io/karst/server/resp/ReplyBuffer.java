package io.karst.server.resp;

import io.karst.base.Bytes;
import io.karst.base.Decimal;
import java.nio.charset.StandardCharsets;

/// Where replies are written: one array, handed to a [Sink] whenever it is full.
///
/// However large a reply is, its bytes are copied twice at most: into the array and, in pieces that
/// are still in the processor's cache, out of it. Thread: its owner's.
public final class ReplyBuffer {
  /// The room [#byteArray] and its kin need besides their content: a marker, a length, two CR LF.
  private static final int FRAME = Decimal.LENGTH_MAX + 16;

  private final byte[] array;
  private final Sink sink;
  private int size;
  private long drained;

  /// Takes what no longer fits.
  public interface Sink {
    /// Copies `size` bytes from the start of `array`; the array is used again.
    void take(byte[] array, int size);
  }

  /// - `capacity`: of the array, in bytes; at least twice the longest line.
  public ReplyBuffer(int capacity, Sink sink) {
    array = new byte[capacity];
    this.sink = sink;
  }

  /// The bytes that the sink has not been given.
  public int size() {
    return size;
  }

  /// The bytes that the sink has been given since the latest [#reset].
  public long drained() {
    return drained;
  }

  /// Gives everything to the sink.
  public void drain() {
    if (size > 0) {
      sink.take(array, size);
      drained += size;
      size = 0;
    }
  }

  /// Begins again: what the sink has not been given is forgotten.
  public void reset() {
    size = 0;
    drained = 0;
  }

  /// Forgets what was written since [#size] was this; the sink has not been given any of it.
  public void rewind(int sizeBefore) {
    size = sizeBefore;
  }

  /// Writes encoded replies: the first `length` bytes of `source`.
  public void copy(byte[] source, int length) {
    for (int from = 0; from < length; ) {
      from += pour(source, from, length - from);
    }
  }

  /// The array; its first [#size] bytes are what was written.
  public byte[] array() {
    return array;
  }

  /// Writes bytes as they are.
  void raw(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, array, size, bytes.length);
    size += bytes.length;
  }

  /// Writes `marker number CR LF`.
  void number(char marker, long value) {
    reserve(FRAME);
    numberLine(marker, value);
  }

  /// Writes `marker text CR LF`. Characters above U+007F are written as UTF-8; CR and LF, which
  /// would end the line, as spaces.
  void line(char marker, String text) {
    int length = text.length();
    if (length + FRAME > array.length || !isPlain(text)) {
      encodedLine(marker, text);
      return;
    }
    reserve(length + FRAME);
    array[size++] = (byte) marker;
    for (int i = 0; i < length; i++) {
      array[size++] = (byte) text.charAt(i);
    }
    crlf();
  }

  /// Writes `marker length CR LF bytes CR LF`.
  void byteArray(char marker, byte[] source, int offset, int length) {
    if (length <= array.length - FRAME) {
      reserve(length + FRAME);
      numberLine(marker, length);
      System.arraycopy(source, offset, array, size, length);
      size += length;
    } else {
      number(marker, length);
      for (int from = 0; from < length; ) {
        from += pour(source, offset + from, length - from);
      }
      reserve(FRAME);
    }
    crlf();
  }

  /// Writes `marker length CR LF prefix bytes CR LF`, the length being that of both.
  void bytes(char marker, String prefix, Bytes source) {
    int length = source.length();
    if (length <= array.length - FRAME) {
      reserve(length + FRAME);
      numberLine(marker, prefix.length() + length);
      ascii(prefix);
      source.copyTo(0, array, size, length);
      size += length;
    } else {
      number(marker, (long) prefix.length() + length);
      reserve(FRAME);
      ascii(prefix);
      for (int from = 0; from < length; ) {
        from += pour(source, from, length - from);
      }
      reserve(FRAME);
    }
    crlf();
  }

  private int pour(byte[] source, int from, int atMost) {
    reserve(1);
    int count = Math.min(atMost, array.length - size);
    System.arraycopy(source, from, array, size, count);
    size += count;
    return count;
  }

  private int pour(Bytes source, int from, int atMost) {
    reserve(1);
    int count = Math.min(atMost, array.length - size);
    source.copyTo(from, array, size, count);
    size += count;
    return count;
  }

  private void encodedLine(char marker, String text) {
    byte[] line =
        (marker + text.replace('\r', ' ').replace('\n', ' ')).getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < line.length; ) {
      from += pour(line, from, line.length - from);
    }
    reserve(FRAME);
    crlf();
  }

  private void numberLine(char marker, long value) {
    array[size++] = (byte) marker;
    if (value >= 0 && value < 10) {
      array[size++] = (byte) ('0' + value);
    } else {
      size = Decimal.format(value, array, size);
    }
    crlf();
  }

  private void ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      array[size++] = (byte) text.charAt(i);
    }
  }

  private void crlf() {
    array[size] = '\r';
    array[size + 1] = '\n';
    size += 2;
  }

  private void reserve(int count) {
    if (array.length - size < count) {
      drain();
    }
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }
}
