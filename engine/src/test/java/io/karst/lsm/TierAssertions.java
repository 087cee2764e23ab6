package io.karst.lsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.base.Xxh3;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/// Compares a [Tier] with what it should contain.
final class TierAssertions {
  private TierAssertions() {}

  /// Compares everything that can be asked for of the databases below `databases`.
  static void assertMatches(Tier actual, TierState expected, int databases) {
    assertThat(actual.meta()).isEqualTo(expected.meta());
    for (int database = 0; database < databases; database++) {
      assertThat(actual.counts(database)).isDeepEqualTo(expected.counts(database));
      try (TierCursor cursor = actual.keys(database, null, false, false)) {
        assertCursor(cursor, expected.keys(database), false);
      }
      try (TierCursor cursor = actual.keys(database, null, true, true)) {
        assertCursor(cursor, expected.keys(database).descendingMap(), true);
      }
      for (int slot : expected.slots(database)) {
        assertSlot(actual, expected, database, slot, 0);
      }
    }
    assertDue(actual, expected, Long.MAX_VALUE);
  }

  static void assertCursor(
      TierCursor cursor, NavigableMap<Bytes, Stored> expected, boolean headersOnly) {
    for (Map.Entry<Bytes, Stored> entry : expected.entrySet()) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.key()).isEqualTo(entry.getKey());
      Stored stored = entry.getValue();
      assertThat(cursor.stored())
          .isEqualTo(headersOnly ? TierState.withoutPayload(stored) : stored);
    }
    assertThat(cursor.next()).isFalse();
  }

  /// Compares a slot from a hash on.
  static void assertSlot(Tier tier, TierState model, int database, int slot, long fromHash) {
    try (SlotCursor cursor = tier.slot(database, slot, fromHash)) {
      for (Bytes key : model.slot(database, slot, fromHash)) {
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.key()).isEqualTo(key);
        assertThat(cursor.hash()).isEqualTo(Xxh3.hash(key));
        Stored stored = model.keys(database).get(key);
        assertThat(cursor.type()).isEqualTo(stored.type());
        assertThat(cursor.expiryMillis()).isEqualTo(stored.expiryMillis());
      }
      assertThat(cursor.next()).isFalse();
    }
  }

  static void assertDue(Tier tier, TierState model, long nowMillis) {
    List<TierState.Due> due = new ArrayList<>();
    try (DueCursor cursor = tier.due(nowMillis)) {
      while (cursor.next()) {
        due.add(new TierState.Due(cursor.database(), cursor.expiryMillis(), cursor.key()));
      }
    }
    assertThat(due).isEqualTo(model.due(nowMillis));
  }
}
