package io.karst.lsm;

import static io.karst.lsm.TierAssertions.assertCursor;
import static io.karst.lsm.TierAssertions.assertDue;
import static io.karst.lsm.TierAssertions.assertSlot;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.base.Xxh3;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every [Tier] has to do: random batches over it and over a model.
abstract class TierContract {
  private final long seed = Long.getLong("seed", System.nanoTime());
  final Random random = new Random(seed);
  final BatchSource source = new BatchSource(random);
  final TierState model = new TierState();
  Tier tier;

  @TempDir Path directory;

  TierContract() {
    System.out.println(getClass().getSimpleName() + " -Dseed=" + seed);
  }

  abstract Tier open();

  /// Closes a tier that was flushed, and opens it again.
  abstract Tier reopen(Tier closed);

  abstract Tier openCopy(Path copy);

  @BeforeEach
  void openTier() {
    tier = open();
  }

  @AfterEach
  void closeTier() {
    tier.close();
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(tier.meta()).isNull();
    assertThat(tier.get(0, Bytes.EMPTY)).isNull();
    assertThat(tier.earliestExpiry()).isEqualTo(Long.MAX_VALUE);
    assertMatches(tier, model);
  }

  @Test
  void randomBatchesMatchTheModel() {
    for (int i = 0; i < 200; i++) {
      writeNext();
      if (random.nextInt(20) == 0) {
        tier.flush();
      }
      assertReadsMatch();
      if (i % 20 == 0) {
        assertMatches(tier, model);
      }
    }
    assertMatches(tier, model);
  }

  @Test
  void whatWasFlushedIsThereAfterReopening() {
    for (int i = 0; i < 10; i++) {
      writeSome();
      tier.flush();
      tier = reopen(tier);
      assertMatches(tier, model);
    }
  }

  @Test
  void aCursorStaysWithWhatWasThereWhenItWasOpened() {
    writeSome();
    TierState before = model.copy();
    int database = source.databases().getFirst();
    try (TierCursor up = tier.keys(database, null, false, false);
        TierCursor down = tier.keys(database, null, true, false)) {
      writeSome();
      assertCursor(up, before.keys(database), false);
      assertCursor(down, before.keys(database).descendingMap(), false);
    }
  }

  @Test
  void whatIsDeletedWhileDueKeysAreGoneThroughIsNotInTheWay() {
    writeSome();
    int seen = 0;
    try (DueCursor due = tier.due(Long.MAX_VALUE)) {
      while (due.next()) {
        TierBatch batch = new TierBatch();
        boolean indexed = model.keys(due.database()).get(due.key()).expires();
        batch.change(
            BatchSource.place(due.database(), due.key()),
            new TierBatch.Change(null, true, indexed, true));
        write(batch);
        seen++;
      }
    }
    assertThat(seen).isPositive();
    assertMatches(tier, model);
    assertThat(tier.earliestExpiry()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aCopyHasWhatWasFlushed() {
    writeSome();
    tier.flush();
    Path copy = directory.resolve("copy");
    tier.copyTo(copy);
    TierState copied = model.copy();
    writeSome();
    try (Tier opened = openCopy(copy)) {
      assertMatches(opened, copied);
    }
    assertMatches(tier, model);
  }

  @Test
  void aSecondChangeOfAKeyInABatchReplacesTheFirst() {
    TierBatch.Place place = BatchSource.place(0, Bytes.utf8("key"));
    TierBatch first = new TierBatch();
    first.change(place, new TierBatch.Change(stored(5), false, false, false));
    write(first);
    TierBatch second = new TierBatch();
    second.change(place, new TierBatch.Change(stored(6), true, true, true));
    second.change(place, new TierBatch.Change(stored(7), false, false, false));
    write(second);
    assertMatches(tier, model);
    assertThat(tier.earliestExpiry()).isEqualTo(7);
  }

  private static Stored stored(long expiryMillis) {
    return new Stored(1, 0, false, 0, expiryMillis, Bytes.utf8("value"));
  }

  final void writeSome() {
    for (int i = 0; i < 20; i++) {
      writeNext();
    }
  }

  final void writeNext() {
    write(source.next(model));
  }

  private void write(TierBatch batch) {
    tier.write(batch);
    model.apply(batch);
  }

  /// A few reads, of those that cost little.
  private void assertReadsMatch() {
    int database = random.nextInt(source.nextDatabase());
    List<Bytes> keys = new ArrayList<>();
    for (int i = random.nextInt(20); i >= 0; i--) {
      keys.add(source.key());
    }
    NavigableMap<Bytes, Stored> expected = model.keys(database);
    boolean headersOnly = random.nextBoolean();
    List<Stored> all = tier.getAll(database, keys, headersOnly);
    for (int i = 0; i < keys.size(); i++) {
      Stored stored = expected.get(keys.get(i));
      Stored header = stored == null ? null : TierState.withoutPayload(stored);
      assertThat(all.get(i)).isEqualTo(headersOnly ? header : stored);
      assertThat(tier.get(database, keys.get(i))).isEqualTo(stored);
      assertThat(tier.header(database, keys.get(i))).isEqualTo(header);
    }
    assertCursorFrom(database, source.key(), random.nextBoolean(), random.nextBoolean());
    Bytes from = source.key();
    assertSlot(tier, model, database, BatchSource.slot(from), Xxh3.hash(from));
    assertDue(tier, model, random.nextInt(1100));
    assertThat(tier.earliestExpiry()).isLessThanOrEqualTo(model.earliestExpiry());
  }

  private void assertCursorFrom(int database, Bytes from, boolean reverse, boolean headersOnly) {
    NavigableMap<Bytes, Stored> keys = model.keys(database);
    NavigableMap<Bytes, Stored> expected =
        (reverse ? keys.descendingMap() : keys).tailMap(from, true);
    try (TierCursor cursor = tier.keys(database, from, reverse, headersOnly)) {
      assertCursor(cursor, expected, headersOnly);
    }
  }

  private void assertMatches(Tier actual, TierState expected) {
    TierAssertions.assertMatches(actual, expected, source.nextDatabase());
  }
}
