package io.karst.lsm;

import io.karst.base.Bytes;
import io.karst.base.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A [RocksTier] in whose place another may be put while it is in use: [#prepare], then
/// [#replaceBy].
///
/// Calls and cursors that are under way end on the tier on which they began; when the last has
/// ended, its files are deleted. For that each call counts itself in and out ([TierUse]).
///
/// *On disk* a tier is in the directory of its name, and one that has taken the place of another in
/// one with a number behind it. That of the greatest number is the one that counts, since it was
/// moved there, in one step; at the next start, and at the end, it gets the name alone.
public final class ReplaceableTier implements Tier {
  private final TierPlace place;
  private final TierOptions options;
  private volatile TierUse current;

  /// Guarded by this: those that were replaced and may still be in use.
  private final List<TierUse> former = new ArrayList<>();

  /// Guarded by this: what was said of the caches of the one before.
  private long cacheSize;

  private ReplaceableTier(TierPlace place, TierOptions options) {
    this.place = place;
    this.options = options;
    this.current = new TierUse(place.latest(), RocksTier.open(place.latest(), options));
  }

  /// Opens the tier of a name in a directory, or makes one there. Only one process may have it
  /// open.
  ///
  /// - throws what [RocksTier#open] throws.
  public static ReplaceableTier open(Disk parent, String name, TierOptions options)
      throws IOException {
    return new ReplaceableTier(TierPlace.of(parent, name), options);
  }

  /// Opens a copy that [#copyTo] has made of this or of another tier, and is durable: its directory
  /// is moved beside this tier's, and is what the next start opens, unless it is [#cancel]led.
  ///
  /// - throws [DamagedException], [UncheckedIOException], [IOException]; the directory is where it
  ///   was, then.
  public Tier prepare(Path copy) throws IOException {
    TierInspection.open(copy).close();
    Path moved = place.take(copy);
    try {
      return RocksTier.open(moved, options);
    } catch (RuntimeException failure) {
      place.giveBack(copy);
      throw failure;
    }
  }

  /// Takes back what [#prepare] has done; its directory is where it was.
  public void cancel(Tier prepared, Path copy) throws IOException {
    prepared.close();
    place.giveBack(copy);
  }

  /// Puts what [#prepare] has opened in the place of the tier. Does not block; there is no
  /// [#write] meanwhile.
  public synchronized void replaceBy(Tier prepared) {
    if (cacheSize > 0) {
      prepared.cacheSize(cacheSize);
    }
    TierUse replaced = current;
    current = new TierUse(place.latest(), prepared);
    former.removeIf(TierUse::isOver);
    former.add(replaced);
    replaced.retire(place::delete);
  }

  private <T extends @Nullable Object> T with(Function<Tier, T> call) {
    TierUse use = enter();
    try {
      return call.apply(use.tier());
    } finally {
      use.leave();
    }
  }

  private void run(Consumer<Tier> call) {
    TierUse use = enter();
    try {
      call.accept(use.tier());
    } finally {
      use.leave();
    }
  }

  /// The tier to call, which stays open until as many [TierUse#leave].
  private TierUse enter() {
    TierUse use = current;
    while (!use.enter()) {
      use = current; // It has just been replaced.
    }
    return use;
  }

  @Override
  public @Nullable Stored get(int database, Bytes key) {
    return this.<@Nullable Stored>with(tier -> tier.get(database, key));
  }

  @Override
  public @Nullable Stored header(int database, Bytes key) {
    return this.<@Nullable Stored>with(tier -> tier.header(database, key));
  }

  @Override
  public List<@Nullable Stored> getAll(int database, List<Bytes> keys, boolean headersOnly) {
    return with(tier -> tier.getAll(database, keys, headersOnly));
  }

  @Override
  public void write(TierBatch batch) {
    run(tier -> tier.write(batch));
  }

  @Override
  public void flush() {
    run(Tier::flush);
  }

  @Override
  public @Nullable TierMeta meta() {
    return this.<@Nullable TierMeta>with(Tier::meta);
  }

  @Override
  public List<Integer> databases() {
    return with(Tier::databases);
  }

  @Override
  public int[][] counts(int database) {
    return with(tier -> tier.counts(database));
  }

  @Override
  public TierCursor keys(int database, @Nullable Bytes from, boolean reverse, boolean headersOnly) {
    TierUse use = enter();
    return use.cursor(() -> use.tier().keys(database, from, reverse, headersOnly), use::of);
  }

  @Override
  public SlotCursor slot(int database, int slot, long fromHash) {
    TierUse use = enter();
    return use.cursor(() -> use.tier().slot(database, slot, fromHash), use::of);
  }

  @Override
  public DueCursor due(long nowMillis) {
    TierUse use = enter();
    return use.cursor(() -> use.tier().due(nowMillis), use::of);
  }

  @Override
  public long earliestExpiry() {
    return with(Tier::earliestExpiry);
  }

  @Override
  public void copyTo(Path directory) {
    run(tier -> tier.copyTo(directory));
  }

  @Override
  public synchronized void cacheSize(long size) {
    cacheSize = size;
    current.tier().cacheSize(size);
  }

  @Override
  public TierStatus status() {
    return with(Tier::status);
  }

  @Override
  public synchronized void close() {
    former.forEach(TierUse::close);
    current.tier().close();
    try {
      place.settle();
    } catch (IOException | UncheckedIOException unsettled) {
      // The next start does it.
    }
  }
}
