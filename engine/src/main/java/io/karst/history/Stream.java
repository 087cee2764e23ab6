package io.karst.history;

import java.util.ArrayList;
import java.util.List;

/// The stream of bytes as appenders see it: where it ends, which memory is behind a position, and
/// which part of it is still being written.
///
/// *Claiming.* An appender that is about to write says so first: it stores a position the tail has
/// had ([WalAppender#inProgress]), then adds the size of its frame to the tail, which gives it the
/// bytes between the old tail and the new one, then copies, then takes back what it said. Nothing
/// is locked, and nobody waits for anybody.
///
/// *Complete* is the least of the tail and of what the appenders say, the tail being read first.
/// Why that holds: whoever reads a tail sees everything that was stored before the claims it
/// contains, so of each of those claims either the announcement, at most the claimed position, or
/// its end, after the copy; and what is claimed later begins at that tail or after it.
///
/// Segments are added before the room in them is given out, and taken away only when complete has
/// passed them, so an appender finds the memory of whatever it has claimed.
///
/// Thread-safe.
final class Stream {
  private static final Segment[] NO_SEGMENTS = {};

  private final int segmentSize;
  private final int segmentShift;
  private final Watermark tail;
  private volatile Segment[] segments = NO_SEGMENTS;
  private volatile List<WalAppender> appenders = List.of();

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
    List<WalAppender> all = appenders;
    for (int i = 0, count = all.size(); i < count; i++) {
      least = Math.min(least, all.get(i).inProgress());
    }
    return least;
  }

  /// Takes the next `size` bytes; the caller has said that it is in progress, and has the room.
  long claim(long size) {
    return tail.getAndAdd(size);
  }

  /// The segment an LSN is in: one claimed by the caller, or where the tail will come to.
  Segment at(long lsn) {
    Segment[] all = segments;
    return all[(int) ((lsn - all[0].firstLsn()) >>> segmentShift)];
  }

  synchronized void register(WalAppender appender) {
    List<WalAppender> all = new ArrayList<>(appenders);
    all.add(appender);
    appenders = List.copyOf(all);
  }

  synchronized void unregister(WalAppender appender) {
    List<WalAppender> all = new ArrayList<>(appenders);
    all.remove(appender);
    appenders = List.copyOf(all);
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
}
