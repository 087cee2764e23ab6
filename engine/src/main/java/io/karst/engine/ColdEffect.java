package io.karst.engine;

import io.karst.history.Effect;
import io.karst.history.StreamEffect;
import io.karst.keyspace.Key;
import io.karst.lsm.Stored;
import org.jspecify.annotations.Nullable;

/// An effect of a history on a key that the disk tier may have, with what the tier has of it.
///
/// Thread: that of the [FrameReplay] it belongs to.
final class ColdEffect {
  final long lsn;
  final Effect.OnKey effect;
  final Key key;

  /// Whether the tier was asked.
  private boolean asked;

  /// How often something had been dropped from the slot before the tier was asked.
  private long drops;

  private @Nullable Stored stored;

  /// - `lsn`: that of its frame.
  ColdEffect(long lsn, Effect.OnKey effect) {
    this.lsn = lsn;
    this.effect = effect;
    this.key = Key.of(effect.key());
  }

  /// Is told, before the tier is asked, how often something has been dropped from the slot.
  void ask(long dropsBefore) {
    asked = true;
    drops = dropsBefore;
  }

  /// What the tier has: without its value if that is of no interest; null if it has nothing.
  void answer(@Nullable Stored answer) {
    stored = answer;
  }

  @Nullable Stored answer() {
    return stored;
  }

  boolean isAsked() {
    return asked;
  }

  /// Whether the answer is still true of a key that is not in memory.
  boolean isKnown(long dropsNow) {
    return asked && drops == dropsNow;
  }

  /// Whether nothing of what a key was before is left after it.
  boolean replaces() {
    return switch (effect) {
      case Effect.Set _, Effect.Delete _, Effect.Restore _ -> true;
      case Effect.SetRange _,
          Effect.Expire _,
          Effect.PutElement _,
          Effect.RemoveElement _,
          Effect.ExpireElement _,
          Effect.Push _,
          Effect.Pop _,
          Effect.SetAt _,
          Effect.InsertAt _,
          Effect.RemoveEqual _,
          StreamEffect _ ->
          false;
    };
  }
}
