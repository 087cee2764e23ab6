package io.karst.keyspace;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Which slots are held by somebody who has said that he will hold them for long: whoever would
/// rather hear of that than wait asks here. Thread-safe.
public final class LongHolds {
  /// Who holds slots for long.
  public static final class Hold {
    /// The slots, null for all of them.
    private volatile int @Nullable [] slots = new int[0];

    /// Whether it keeps others from locking everything, and from waiting out of order.
    private volatile boolean turn;

    /// Says what is held now.
    ///
    /// - `held`: the slots, null for all of them; kept.
    public void holds(int @Nullable [] held, boolean heldTurn) {
      slots = held;
      turn = heldTurn;
    }

    private boolean has(int slot) {
      int[] held = slots;
      if (held == null) {
        return true;
      }
      for (int each : held) {
        if (each == slot) {
          return true;
        }
      }
      return false;
    }
  }

  private final List<Hold> holds = new CopyOnWriteArrayList<>();

  public void add(Hold hold) {
    holds.add(hold);
  }

  public void remove(Hold hold) {
    holds.remove(hold);
  }

  /// Whether a slot is held for long.
  public boolean has(int slot) {
    for (Hold hold : holds) {
      if (hold.has(slot)) {
        return true;
      }
    }
    return false;
  }

  /// Whether anything is held for long that who wants everything has to wait for.
  public boolean hasAny() {
    return !holds.isEmpty();
  }

  /// Whether the turn is held for long.
  public boolean hasTurn() {
    for (Hold hold : holds) {
      if (hold.turn) {
        return true;
      }
    }
    return false;
  }
}
