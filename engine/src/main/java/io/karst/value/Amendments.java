package io.karst.value;

import io.karst.base.Bytes;
import io.karst.memory.Allocator;
import io.karst.memory.Magazine;
import io.karst.memory.Record;

/// What was done to a large value since the disk tier got it whole, as bytes: so that the next
/// checkpoint need not write it whole again.
///
/// They go to the tier in *parts*, numbered from 0. All but the last are in the tier and nowhere
/// else; the last is here, from its beginning, and is written again by each checkpoint as long as
/// it grows: so there are few parts, however often little changes. What all of them may come to is
/// bounded by [#room], a share of the value's own size.
///
/// Under the lock of the key's slot.
public final class Amendments {
  private static final int CAPACITY_MIN = 256;

  private final long baseLsn;

  /// How much more may be added.
  private long room;

  /// How many parts are finished.
  private int finished;

  /// The last part, in a record without a key, and how much of that it is; NONE if it is empty.
  private long part = Record.NONE;

  private int size;

  /// - `baseLsn`: what the whole value in the tier reflects.
  /// - `finished`: how many parts the tier has that are not added to any more.
  /// - `room`: how many bytes may be added.
  public Amendments(long baseLsn, int finished, long room) {
    this.baseLsn = baseLsn;
    this.finished = finished;
    this.room = room;
  }

  public long baseLsn() {
    return baseLsn;
  }

  /// How many parts there are with the last, if that is not empty.
  public int count() {
    return finished + (size == 0 ? 0 : 1);
  }

  /// A view of the last part, perhaps empty.
  public Bytes last() {
    return size == 0 ? Bytes.EMPTY : Record.value(part).slice(0, size);
  }

  /// Whether something may be added.
  ///
  /// - `bytes`: how much it is.
  /// - `effort`: what applying it costs beyond reading it, in bytes of value that could be read
  ///   meanwhile.
  public boolean takes(long bytes, long effort) {
    return bytes + effort <= room && size + bytes <= Integer.MAX_VALUE / 2;
  }

  /// Makes room for what [#takes] has been asked about, to be written to the value of [#part] from
  /// the index on that is returned.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory]; nothing has changed then.
  public int add(Magazine magazine, int bytes, long effort) {
    int at = size;
    int needed = size + bytes;
    if (part == Record.NONE) {
      part = block(magazine, Math.max(CAPACITY_MIN, needed));
    } else if (Record.valueLength(part) < needed) {
      long larger = block(magazine, Math.max(needed, 2 * size));
      Record.writeFrom(larger, part, size);
      Record.free(magazine, part);
      part = larger;
    }
    size = needed;
    room -= bytes + effort;
    return at;
  }

  /// The record in whose value the last part is.
  public long part() {
    return part;
  }

  /// Notes that the last part is on its way to the tier; from `full` bytes on it is finished.
  public void copied(Magazine magazine, int full) {
    if (size >= full) {
      finished++;
      free(magazine);
    }
  }

  /// The native memory it takes, in bytes.
  long bytes() {
    return part == Record.NONE ? 0 : Record.blockSize(part);
  }

  void free(Magazine magazine) {
    if (part != Record.NONE) {
      Record.free(magazine, part);
      part = Record.NONE;
      size = 0;
    }
  }

  void relocateSparse(Magazine magazine, Allocator allocator) {
    if (part != Record.NONE) {
      part = Record.relocateSparse(magazine, allocator, part);
    }
  }

  private static long block(Magazine magazine, int capacity) {
    return Record.create(magazine, Bytes.EMPTY, 0, capacity, Record.NO_EXPIRY, 0);
  }
}
