package io.karst.lsm;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import io.karst.base.Xxh3;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A [Tier] in memory for crash tests: it keeps what a real one promises to keep, and no more.
///
/// ```java
/// SimulatedTier tier = new SimulatedTier();
/// tier.beforeStep(step -> { if (step == 17) { throw new PowerCut(); } });
/// ...                                             // until the power is cut
/// SimulatedTier found = tier.powerCut(random);    // what the next process finds
/// ```
/// A *step* is a [#write] or a [#flush]. Thread-safe.
public final class SimulatedTier implements Tier {
  // All guarded by this.

  /// What the last flush has made safe.
  private final TierState flushed;

  /// The batches since.
  private final List<TierBatch> unflushed = new ArrayList<>();

  private final TierState current;
  private final Map<Path, TierState> copies;
  private LongConsumer beforeStep = step -> {};
  private long steps;
  private boolean closed;

  /// An empty one.
  public SimulatedTier() {
    this(new TierState(), new HashMap<>());
  }

  private SimulatedTier(TierState flushed, Map<Path, TierState> copies) {
    this.flushed = flushed;
    this.copies = copies;
    current = flushed.copy();
  }

  /// Lets `hook` run before each step, with the number of steps before. What it throws is what the
  /// step throws, and then nothing has been written or made safe.
  public synchronized void beforeStep(LongConsumer hook) {
    beforeStep = hook;
  }

  /// How many steps there were, those that failed included.
  public synchronized long steps() {
    return steps;
  }

  /// Ends this tier, if [#close] has not, and returns what is left: what was flushed, and some
  /// prefix of the batches since.
  public synchronized SimulatedTier powerCut(RandomGenerator random) {
    closed = true;
    TierState left = flushed.copy();
    unflushed.subList(0, random.nextInt(unflushed.size() + 1)).forEach(left::apply);
    return new SimulatedTier(left, copies);
  }

  /// The copy made by [#copyTo], opened.
  public synchronized SimulatedTier openCopy(Path directory) {
    TierState copy = copies.get(directory);
    Invariant.check(copy != null, () -> "no copy was made to " + directory);
    return new SimulatedTier(copy.copy(), copies);
  }

  @Override
  public synchronized @Nullable Stored get(int database, Bytes key) {
    return current().keys(database).get(key);
  }

  @Override
  public synchronized @Nullable Stored header(int database, Bytes key) {
    Stored stored = get(database, key);
    return stored == null ? null : TierState.withoutPayload(stored);
  }

  @Override
  public synchronized List<@Nullable Stored> getAll(
      int database, List<Bytes> keys, boolean headersOnly) {
    List<@Nullable Stored> all = new ArrayList<>();
    for (Bytes key : keys) {
      all.add(headersOnly ? header(database, key) : get(database, key));
    }
    return all;
  }

  @Override
  public synchronized void write(TierBatch batch) {
    step();
    TierBatch copy = TierState.copyOf(batch);
    current.apply(copy);
    unflushed.add(copy);
  }

  @Override
  public synchronized void flush() {
    step();
    unflushed.forEach(flushed::apply);
    unflushed.clear();
  }

  @Override
  public synchronized @Nullable TierMeta meta() {
    return current().meta();
  }

  @Override
  public synchronized List<Integer> databases() {
    return current().databases();
  }

  @Override
  public synchronized int[][] counts(int database) {
    return current().counts(database);
  }

  @Override
  public synchronized TierCursor keys(
      int database, @Nullable Bytes from, boolean reverse, boolean headersOnly) {
    NavigableMap<Bytes, Stored> keys = current().keys(database);
    if (reverse) {
      keys = keys.descendingMap();
    }
    if (from != null) {
      keys = keys.tailMap(from, true);
    }
    return new SimulatedCursor(keys, headersOnly);
  }

  @Override
  public synchronized SlotCursor slot(int database, int slot, long fromHash) {
    NavigableMap<Bytes, Stored> states = current().keys(database);
    List<Map.Entry<Bytes, Stored>> entries = new ArrayList<>();
    for (Bytes key : current().slot(database, slot, fromHash)) {
      entries.add(Map.entry(key, states.get(key)));
    }
    return new SimulatedSlotCursor(entries);
  }

  @Override
  public synchronized DueCursor due(long nowMillis) {
    return new SimulatedDueCursor(current().due(nowMillis));
  }

  @Override
  public synchronized long earliestExpiry() {
    return current().earliestExpiry();
  }

  @Override
  public synchronized void copyTo(Path directory) {
    copies.put(directory, current().copy());
  }

  @Override
  public synchronized void cacheSize(long size) {
    // It has no cache.
  }

  @Override
  public synchronized TierStatus status() {
    return new TierStatus(0, 0, 0, 0, 0, 0, 0, false);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private TierState current() {
    Invariant.check(!closed, "the tier is closed");
    return current;
  }

  private void step() {
    Invariant.check(!closed, "the tier is closed");
    beforeStep.accept(steps++);
  }

  /// The keys as they were when it was opened.
  private static final class SimulatedCursor implements TierCursor {
    private final List<Map.Entry<Bytes, Stored>> entries;
    private final boolean headersOnly;
    private int at = -1;

    SimulatedCursor(NavigableMap<Bytes, Stored> keys, boolean headersOnly) {
      entries = new ArrayList<>(new TreeMap<>(keys).entrySet());
      this.headersOnly = headersOnly;
    }

    @Override
    public boolean next() {
      at++;
      return at < entries.size();
    }

    @Override
    public Bytes key() {
      return entries.get(at).getKey();
    }

    @Override
    public Stored stored() {
      Stored stored = entries.get(at).getValue();
      return headersOnly ? TierState.withoutPayload(stored) : stored;
    }

    @Override
    public void close() {
      // There is nothing to free.
    }
  }

  /// The keys of a slot as they were when it was opened.
  private static final class SimulatedSlotCursor implements SlotCursor {
    private final List<Map.Entry<Bytes, Stored>> entries;
    private int at = -1;

    SimulatedSlotCursor(List<Map.Entry<Bytes, Stored>> entries) {
      this.entries = entries;
    }

    @Override
    public boolean next() {
      at++;
      return at < entries.size();
    }

    @Override
    public long hash() {
      return Xxh3.hash(key());
    }

    @Override
    public Bytes key() {
      return entries.get(at).getKey();
    }

    @Override
    public int type() {
      return entries.get(at).getValue().type();
    }

    @Override
    public long expiryMillis() {
      return entries.get(at).getValue().expiryMillis();
    }

    @Override
    public void close() {
      // There is nothing to free.
    }
  }

  /// The due keys as they were when it was opened.
  private static final class SimulatedDueCursor implements DueCursor {
    private final List<TierState.Due> due;
    private int at = -1;

    SimulatedDueCursor(List<TierState.Due> due) {
      this.due = due;
    }

    @Override
    public boolean next() {
      at++;
      return at < due.size();
    }

    @Override
    public long expiryMillis() {
      return due.get(at).expiryMillis();
    }

    @Override
    public int database() {
      return due.get(at).database();
    }

    @Override
    public Bytes key() {
      return due.get(at).key();
    }

    @Override
    public void close() {
      // There is nothing to free.
    }
  }
}
