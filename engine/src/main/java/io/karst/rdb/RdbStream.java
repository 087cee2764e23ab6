package io.karst.rdb;

import io.karst.base.Bytes;
import io.karst.value.Crc64;
import io.karst.value.RdbReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.LongConsumer;

/// A window that moves over a stream: counts bytes, sums them up, and keeps those that are still
/// wanted.
///
/// How it works: when more is asked for than the window holds, the bytes before the next one, or
/// before the mark if there is one, are let go; the rest moves to the front, and the stream fills
/// up the room behind. Only if all of it is wanted does the window grow, to no more than twice what
/// the stream has really given: a length that lies takes no memory.
///
/// An I/O error is an [UncheckedIOException]. Thread: its owner's.
final class RdbStream extends RdbReader {
  private static final int CAPACITY = 1 << 16;

  /// The largest window that is kept when its content is no longer wanted.
  private static final int CAPACITY_KEPT_MAX = 1 << 22;

  /// The most that can be wanted at once: what an array holds.
  private static final int CAPACITY_MAX = Integer.MAX_VALUE - Long.BYTES;

  private static final int NO_MARK = -1;

  private final InputStream in;
  private final LongConsumer progress;

  /// The place in the stream of the first byte of the window.
  private long base;

  private int mark = NO_MARK;

  /// Up to where the window is part of the checksum.
  private int summed;

  private long checksum;

  /// - `progress`: told the bytes taken from the stream, now and then.
  RdbStream(InputStream in, LongConsumer progress) {
    super(new byte[CAPACITY], 0, 0);
    this.in = in;
    this.progress = progress;
  }

  /// The place in the stream of the next byte, from 0.
  long position() {
    return base + at;
  }

  /// The checksum of all before the next byte.
  long checksum() {
    checksum = Crc64.extend(checksum, array, summed, at - summed);
    summed = at;
    return checksum;
  }

  /// Keeps what is read from now on, for [#marked].
  void mark() {
    mark = at;
  }

  /// What has been read since [#mark], as a view that is good until the next read.
  Bytes marked() {
    Bytes bytes = Bytes.of(array, mark, at - mark);
    mark = NO_MARK;
    return bytes;
  }

  /// Whether the stream is at its end.
  boolean ends() {
    return remaining() == 0 && !grew(1);
  }

  @Override
  public RdbException malformed(String what) {
    return new RdbException(position(), what);
  }

  @Override
  protected void fill(int count) {
    if (!grew(count)) {
      throw new RdbException(base + end, "the file ends too early");
    }
  }

  /// Gets `count` bytes from the next one on into the window, or as many as there are.
  private boolean grew(int count) {
    letGo();
    while (end - at < count) {
      if (end == array.length) {
        grow();
      }
      int read = read();
      if (read < 0) {
        return false;
      }
      end += read;
      progress.accept(base + end);
    }
    return true;
  }

  private int read() {
    try {
      return in.read(array, end, array.length - end);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Lets go of what is no longer wanted.
  private void letGo() {
    int keep = mark == NO_MARK ? at : mark;
    if (keep == 0) {
      return; // All is wanted: the window grows, or what it holds came piece by piece.
    }
    int kept = end - keep;
    checksum();
    byte[] from = array;
    if (array.length > CAPACITY_KEPT_MAX && kept <= CAPACITY) {
      array = new byte[CAPACITY];
    }
    System.arraycopy(from, keep, array, 0, kept);
    base += keep;
    at -= keep;
    summed -= keep;
    end = kept;
    mark = mark == NO_MARK ? NO_MARK : 0;
  }

  private void grow() {
    if (array.length == CAPACITY_MAX) {
      throw malformed("a value of more than " + CAPACITY_MAX + " bytes");
    }
    array = Arrays.copyOf(array, (int) Math.min(CAPACITY_MAX, 2L * array.length));
  }
}
