package io.karst.engine;

import io.karst.memory.Allocator;
import java.util.concurrent.Semaphore;

/// Answers commands for which there is no memory and must be: reads of what is on disk only, of
/// whatever size, and removals and changes of that.
///
/// One transaction at a time may pass the limit. What it reads from disk goes into memory as always
/// and, unless it was changed, out of it again when the transaction ends ([ColdKeys#release]);
/// meanwhile the others' limit is as much higher, so that nothing is evicted for it. What was
/// changed stays until a checkpoint has it; before that much more than the headroom is left like
/// that, a checkpoint is awaited. So memory passes its limit by the values of one command, and by
/// those that one has changed.
///
/// Thread-safe; blocks, without any lock of a slot.
final class Overdraft {
  private final Engine engine;
  private final Eviction eviction;
  private final RoomMaker rooms;
  private final Allocator memory;
  private final Semaphore turn = new Semaphore(1);

  Overdraft(Engine engine, Eviction eviction, RoomMaker rooms) {
    this.engine = engine;
    this.eviction = eviction;
    this.rooms = rooms;
    memory = engine.memory();
  }

  /// Lets the next transaction of `tx` pass the limit; false if that would be of no use, or if what
  /// it leaves in memory could not be dropped from there.
  boolean grant(Tx tx, Need need) {
    if (!engine.tiered() || (need == Need.GROW && !tx.cramped())) {
      return false;
    }
    turn.acquireUninterruptibly();
    boolean granted = false;
    try {
      rooms.settle(tx);
      granted = need == Need.READ || eviction.spills() || !rooms.exceeded();
      if (granted) {
        tx.overdraw(this, need != Need.GROW);
      }
      return granted;
    } finally {
      if (!granted) {
        turn.release();
      }
    }
  }

  /// The transaction has ended, and what it took out of memory is free.
  void end() {
    memory.endOverdraft();
    turn.release();
    eviction.signal();
  }
}
