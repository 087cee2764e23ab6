package io.karst.eviction;

import io.karst.memory.Record;
import java.util.random.RandomGenerator;

/// What the access word of a record says, and how an access changes it.
///
/// There are two meters, and the policy decides which is in use:
///
/// - *recency*: the time of the latest access, in sixteenths of a second modulo 2^28 (194 days).
/// - *frequency*: the minute of the latest access modulo 2^16 (45 days), and a counter of 8 bits
///   whose increments become rarer as it grows (R. Morris, 1978): from `c` to `c + 1` with the
///   probability 1 / ((c - 5) * factor + 1). It begins at 5, so that a new key is not the first to
///   go, and loses 1 for every so many minutes without an access.
///
/// ```
/// recency    27                                              4 3     0
///            seconds                                           1/16 s
/// frequency  27                        12 11                 4 3     0
///            minutes                      counter              0
/// ```
///
/// A word that was written by the other meter is read as if it were one's own: after a change of
/// the policy it takes some accesses until the figures are right, as in Redis. An access that seems
/// to lie a little in the future, because the machine's clock was set back, counts as one just now.
///
/// Immutable.
public final class AccessMeter {
  /// The counter of a new key.
  public static final int FREQUENCY_AT_FIRST = 5;

  public static final int FREQUENCY_MAX = 255;

  /// Redis's defaults.
  public static final int LOG_FACTOR = 10;

  public static final int DECAY_MINUTES = 1;

  private static final int WORD_MASK = (1 << Record.ACCESS_BITS) - 1;
  private static final int FRACTION_BITS = 4;
  private static final int MINUTE_SHIFT = FRACTION_BITS + Byte.SIZE;
  private static final int MINUTE_MASK = 0xffff;
  private static final long MILLIS_PER_MINUTE = 60_000;

  /// This part of the range of a clock is the future.
  private static final int FUTURE_SHIFT = 4;

  private static final long IDLE_MILLIS_MAX = (range(Record.ACCESS_BITS) * 1000L) >>> FRACTION_BITS;

  /// Of 2^32 random numbers, how many let a counter grow; by counter.
  private final long[] chances = new long[FREQUENCY_MAX + 1];

  private final boolean counts;
  private final int decayMinutes;

  private AccessMeter(boolean counts, int logFactor, int decayMinutes) {
    this.counts = counts;
    this.decayMinutes = decayMinutes;
    for (int counter = 0; counter < FREQUENCY_MAX; counter++) {
      double above = Math.max(0, counter - FREQUENCY_AT_FIRST);
      chances[counter] = (long) ((1L << Integer.SIZE) / (above * logFactor + 1));
    }
  }

  /// Remembers the latest access.
  public static AccessMeter ofRecency() {
    return new AccessMeter(false, 0, 0);
  }

  /// Counts accesses.
  ///
  /// - `logFactor`: how much rarer increments become; 0 counts every access.
  /// - `decayMinutes`: for how many minutes without an access the counter loses 1; 0 is never.
  public static AccessMeter ofFrequency(int logFactor, int decayMinutes) {
    return new AccessMeter(true, logFactor, decayMinutes);
  }

  /// Whether accesses are counted.
  public boolean countsAccesses() {
    return counts;
  }

  /// The time as the other methods want it.
  public int stamp(long nowMillis) {
    return counts
        ? (int) ((nowMillis / MILLIS_PER_MINUTE) & MINUTE_MASK) << MINUTE_SHIFT
        : (int) sixteenths(nowMillis) & WORD_MASK;
  }

  /// The word of a new record.
  public int first(int stamp) {
    return counts ? stamp | FREQUENCY_AT_FIRST << FRACTION_BITS : stamp;
  }

  /// The word after an access.
  public int touched(int word, int stamp, RandomGenerator random) {
    if (!counts) {
      return stamp;
    }
    int counter = frequency(word, stamp);
    if (Integer.toUnsignedLong(random.nextInt()) < chances[counter]) {
      counter++;
    }
    return stamp | counter << FRACTION_BITS;
  }

  /// Milliseconds since the latest access. Only if accesses are not counted.
  public static long idleMillis(int word, long nowMillis) {
    long units = elapsed(word, (int) sixteenths(nowMillis), Record.ACCESS_BITS);
    return (units * 1000) >>> FRACTION_BITS;
  }

  /// The word of a record whose latest access lies so far back, or as far as the clock reaches.
  public static int idle(long idleMillis, long nowMillis) {
    long reached = Math.min(idleMillis, IDLE_MILLIS_MAX);
    return (int) (sixteenths(nowMillis) - sixteenths(reached)) & WORD_MASK;
  }

  /// The counter, less what it has lost since. Only if accesses are counted.
  public int frequency(int word, int stamp) {
    int counter = (word >>> FRACTION_BITS) & FREQUENCY_MAX;
    int minutes = elapsed(word >>> MINUTE_SHIFT, stamp >>> MINUTE_SHIFT, Short.SIZE);
    return minutes == 0 || decayMinutes == 0
        ? counter
        : Math.max(0, counter - minutes / decayMinutes);
  }

  /// The word of a record with this counter.
  public static int frequent(int counter, int stamp) {
    return stamp | counter << FRACTION_BITS;
  }

  /// How much a record is to be preferred as a victim: the greater, the sooner it goes. Of a record
  /// that is not accessed the score never falls.
  public long score(int word, long nowMillis) {
    if (counts) {
      return -frequency(word, stamp(nowMillis));
    }
    long now = sixteenths(nowMillis);
    return elapsed(word, (int) now, Record.ACCESS_BITS) - now;
  }

  /// What of a word is worth keeping on disk: 24 bits.
  public static int heat(int word) {
    return word >>> FRACTION_BITS;
  }

  /// The word of a record that comes back from disk.
  public static int ofHeat(int heat) {
    return (heat << FRACTION_BITS) & WORD_MASK;
  }

  private static long sixteenths(long millis) {
    return millis * 2 / 125;
  }

  /// From one reading of a clock of so many bits to another, later one.
  private static int elapsed(int then, int now, int bits) {
    int units = (now - then) & ((1 << bits) - 1);
    return units > range(bits) ? 0 : units;
  }

  /// The longest time a clock of so many bits can tell.
  private static int range(int bits) {
    return (1 << bits) - (1 << (bits - FUTURE_SHIFT));
  }
}
