package io.karst.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The stream of bytes as appenders see it: where it ends, which memory is behind a position, and
/// which part of it is still being written.
///
/// *Claiming.* An appender that is about to write says so first: in a word of its own it stores a
/// position the tail has had, then adds the size of its frame to the tail, which gives it the bytes
/// between the old tail and the new one ([#claim]), then copies, then takes back what it said
/// ([#publish]). Nothing is locked, and nobody waits for anybody.
///
/// *Complete* is the least of the tail and of those words, the tail being read first. Why that
/// holds: whoever reads a tail sees everything that was stored before the claims it contains, so of
/// each of those claims either its word, at most the claimed position, or its end, after the copy;
/// and what is claimed later begins at that tail or after it.
///
/// Segments are added before the room in them is given out, and taken away only when complete has
/// passed them, so an appender finds the memory of whatever it has claimed.
///
/// Thread-safe.
final class Stream {
  private static final Segment[] NO_SEGMENTS = {};
  private static final long IDLE = Long.MAX_VALUE;

  private final int segmentSize;
  private final int segmentShift;
  private final Watermark tail;
  private volatile Segment[] segments = NO_SEGMENTS;
  private volatile Watermark[] inProgress = {};

  Stream(int segmentSize, long tail) {
    this.segmentSize = segmentSize;
    this.segmentShift = Integer.numberOfTrailingZeros(segmentSize);
    this.tail = new Watermark(tail);
  }

  long tail() {
    return tail.get();
  }

  /// Every frame that begins before this is written. May be less than a moment before.
  long complete() {
    long least = tail.get();
    for (Watermark word : inProgress) {
      least = Math.min(least, word.get());
    }
    return least;
  }

  /// A word for an appender: at most the LSN of the frame it is writing.
  synchronized Watermark register() {
    Watermark word = new Watermark(IDLE);
    Watermark[] words = Arrays.copyOf(inProgress, inProgress.length + 1);
    words[words.length - 1] = word;
    inProgress = words;
    return word;
  }

  synchronized void unregister(Watermark word) {
    inProgress = Arrays.stream(inProgress).filter(other -> other != word).toArray(Watermark[]::new);
  }

  /// Takes the next `size` bytes for the appender of that word, which has the room; returns the
  /// first one's LSN. They are in progress until [#publish].
  long claim(Watermark word, long size) {
    word.setRelease(tail.get());
    return tail.getAndAdd(size);
  }

  /// What the appender of that word has claimed is written.
  void publish(Watermark word) {
    word.setRelease(IDLE);
  }

  /// The segment an LSN is in: one claimed by the caller, or where the tail will come to.
  Segment at(long lsn) {
    Segment[] all = segments;
    return all[(int) ((lsn - all[0].firstLsn()) >>> segmentShift)];
  }

  // ---- the writer's ----

  /// The segments that are open, oldest first.
  List<Segment> segments() {
    return List.of(segments);
  }

  /// The LSN the next segment begins with.
  long endLsn() {
    Segment[] all = segments;
    return all.length == 0 ? tail() & -segmentSize : all[all.length - 1].endLsn();
  }

  void add(Segment segment) {
    List<Segment> all = new ArrayList<>(segments());
    all.add(segment);
    segments = all.toArray(NO_SEGMENTS);
  }

  void remove(Segment segment) {
    List<Segment> all = new ArrayList<>(segments());
    all.remove(segment);
    segments = all.toArray(NO_SEGMENTS);
  }

  /// Lets go of all segments.
  void close() {
    for (Segment segment : segments) {
      segment.close();
    }
  }
}
