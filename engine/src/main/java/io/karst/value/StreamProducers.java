package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import io.karst.memory.Allocator;
import io.karst.memory.Magazine;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a stream remembers of the entries that its producers have added last, so that an entry that
/// is added once more is known: of each producer so many *tokens*, each for so long.
///
/// What is past its time is not seen any more. It goes when its producer adds another entry, or
/// when it is its producer's turn as others do: one of them a time, so that all come to it.
///
/// Under the lock of the key's slot.
public final class StreamProducers {
  public static final int DURATION_SECONDS = 100;
  public static final int DURATION_SECONDS_MAX = 86_400;

  /// How many tokens are kept of a producer.
  public static final int TOKENS = 100;

  public static final int TOKENS_MAX = 10_000;

  private static final long MILLIS_PER_SECOND = 1000;

  private final TreeMap<Bytes, ProducerTokens> producers = new TreeMap<>();
  private int durationSeconds = DURATION_SECONDS;
  private int tokensMax = TOKENS;
  private long added;
  private long duplicates;

  /// What the tokens take, in bytes.
  private long bytes;

  /// Whose turn it was last to lose what is past its time.
  private @Nullable Bytes swept;

  /// Is shown tokens.
  @FunctionalInterface
  public interface Visitor {
    void visit(Bytes producer, Bytes token, StreamId id, long addedMillis);
  }

  /// For how long a token is remembered.
  public int durationSeconds() {
    return durationSeconds;
  }

  /// How many tokens of a producer are remembered at most.
  public int tokensMax() {
    return tokensMax;
  }

  /// How many entries with a token there ever were.
  public long added() {
    return added;
  }

  /// How many that were there already.
  public long duplicates() {
    return duplicates;
  }

  /// How many producers have tokens that are not past their time.
  public long producersAt(long nowMillis) {
    long count = 0;
    for (ProducerTokens tokens : producers.values()) {
      count += tokens.countFrom(bound(nowMillis)) > 0 ? 1 : 0;
    }
    return count;
  }

  /// How many tokens there are that are not past their time.
  public long tokensAt(long nowMillis) {
    long count = 0;
    for (ProducerTokens tokens : producers.values()) {
      count += tokens.countFrom(bound(nowMillis));
    }
    return count;
  }

  /// The entry that a producer has added with a token, null if there is none or it is past its
  /// time. The stream need not have it any more.
  public @Nullable StreamId find(Bytes producer, Bytes token, long nowMillis) {
    ProducerTokens tokens = producers.get(producer);
    return tokens == null ? null : tokens.find(token, bound(nowMillis));
  }

  /// Makes what [#put] takes.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory].
  public static long token(Magazine magazine, Bytes token, StreamId id, long addedMillis) {
    return ProducerTokens.create(magazine, token, id, addedMillis);
  }

  /// Remembers a token of a producer, and lets go of older ones as far as that is due.
  public void put(Magazine magazine, Bytes producer, long token) {
    long bound = bound(ProducerTokens.addedMillis(token));
    ProducerTokens tokens = producers.get(producer);
    if (tokens == null) {
      tokens = new ProducerTokens();
      producers.put(producer.copy(), tokens);
    }
    long before = tokens.bytes();
    tokens.removeBefore(magazine, bound, tokensMax - 1);
    tokens.add(token);
    bytes += tokens.bytes() - before;
    added++;
    sweepNext(magazine, bound);
  }

  /// What was added before this is past its time.
  private long bound(long nowMillis) {
    return nowMillis - durationSeconds * MILLIS_PER_SECOND + 1;
  }

  private void sweepNext(Magazine magazine, long bound) {
    Bytes last = swept;
    Map.Entry<Bytes, ProducerTokens> next = last == null ? null : producers.higherEntry(last);
    if (next == null) {
      next = producers.firstEntry();
    }
    swept = next.getKey();
    long before = next.getValue().bytes();
    next.getValue().removeBefore(magazine, bound, tokensMax);
    bytes += next.getValue().bytes() - before;
    if (next.getValue().count() == 0) {
      producers.remove(next.getKey());
    }
  }

  /// Sets how much is remembered. Another rule than before begins with nothing.
  public void rule(Magazine magazine, int newDurationSeconds, int newTokensMax) {
    if (newDurationSeconds != durationSeconds || newTokensMax != tokensMax) {
      clear(magazine);
      durationSeconds = newDurationSeconds;
      tokensMax = newTokensMax;
    }
  }

  public void counts(long newAdded, long newDuplicates) {
    added = newAdded;
    duplicates = newDuplicates;
  }

  /// Shows all tokens, those of a producer from the oldest to the latest.
  public void forEach(Visitor visitor) {
    producers.forEach((producer, tokens) -> tokens.forEach(producer, visitor));
  }

  // ---- memory ----

  /// How many tokens there are, those past their time included.
  int count() {
    int count = 0;
    for (ProducerTokens tokens : producers.values()) {
      count += tokens.count();
    }
    return count;
  }

  long bytes() {
    if (Invariant.VERIFY) {
      long summed = producers.values().stream().mapToLong(ProducerTokens::bytes).sum();
      Invariant.check(bytes == summed, "the bytes of tokens were not counted");
    }
    return bytes;
  }

  void clear(Magazine magazine) {
    producers.values().forEach(tokens -> tokens.removeBefore(magazine, Long.MAX_VALUE, 0));
    producers.clear();
    bytes = 0;
    swept = null;
  }

  /// Moves tokens that lie in sparse slabs.
  void relocateSparse(Magazine magazine, Allocator allocator) {
    producers.values().forEach(tokens -> tokens.relocateSparse(magazine, allocator));
  }
}
