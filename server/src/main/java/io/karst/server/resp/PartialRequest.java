package io.karst.server.resp;

import io.karst.base.Bytes;
import io.karst.commands.Args;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far the decoder got in a request that is cut: the words it has found, as offsets from the
/// request's first byte, and where it goes on.
///
/// Arguments above [#LARGE] that are cut are collected in an [ArgumentBuffer] of their own; the
/// input then holds the rest of the request only. Thread: its connection's.
final class PartialRequest {
  /// The longest argument that is kept within the input, in bytes.
  static final int LARGE = 32 << 10;

  /// In place of a length: the word is the next one of [#large].
  private static final int COLLECTED = -1;

  private static final int UNKNOWN = -1;

  /// The words still to come; [#UNKNOWN] before the line that says how many they are was read.
  private int remaining = UNKNOWN;

  /// Where reading goes on, from the request's first byte.
  private int next;

  /// Offset and length of each word by turns.
  private int[] spans = new int[16];

  private int spanCount;
  private final List<Bytes> large = new ArrayList<>(1);
  private long largeSize;
  private @Nullable ArgumentBuffer collecting;

  @Nullable ArgumentBuffer collecting() {
    return collecting;
  }

  int kept(int size) {
    return collecting == null ? size : next;
  }

  long held() {
    return largeSize + (collecting == null ? 0 : collecting.received());
  }

  /// Goes on reading; returns whether the request is complete.
  boolean read(RequestDecoder decoder, byte[] array, int from, int to) throws ProtocolException {
    if (collecting != null && !collected(collecting)) {
      return false;
    }
    if (remaining == UNKNOWN) {
      int count = decoder.count(array, from, to);
      if (count == RequestDecoder.INCOMPLETE) {
        return false;
      }
      remaining = count;
      next = decoder.position() - from;
    }
    while (remaining > 0) {
      if (!readWord(decoder, array, from, to)) {
        return false;
      }
      remaining--;
    }
    return true;
  }

  /// Hands the words of the complete request over; returns the index just past it.
  int words(byte[] array, int from, Args args) {
    int nextLarge = 0;
    for (int i = 0; i < spanCount; i += 2) {
      if (spans[i + 1] == COLLECTED) {
        args.add(large.get(nextLarge++));
      } else {
        args.add(array, from + spans[i], spans[i + 1]);
      }
    }
    return from + next;
  }

  private boolean collected(ArgumentBuffer buffer) {
    if (buffer.missing() > 0) {
      return false;
    }
    large.add(buffer.argument());
    largeSize += buffer.received();
    addSpan(0, COLLECTED);
    collecting = null;
    remaining--;
    return true;
  }

  private boolean readWord(RequestDecoder decoder, byte[] array, int from, int to)
      throws ProtocolException {
    int length = decoder.bulkLength(array, from + next, to);
    if (length == RequestDecoder.INCOMPLETE) {
      return false;
    }
    int start = decoder.position();
    if (length > to - start - 2) {
      if (length > LARGE) {
        collecting = new ArgumentBuffer(length);
        collecting.add(array, start, to - start);
        next = start - from;
      }
      return false;
    }
    addSpan(start - from, length);
    next = start + length + 2 - from;
    return true;
  }

  private void addSpan(int offset, int length) {
    if (spanCount == spans.length) {
      spans = Arrays.copyOf(spans, spanCount * 2);
    }
    spans[spanCount++] = offset;
    spans[spanCount++] = length;
  }
}
