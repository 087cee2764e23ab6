package io.karst.engine;

import io.karst.memory.Allocator;
import io.karst.memory.Limit;
import java.util.concurrent.Semaphore;

/// Answers commands for which there is no memory and must be: reads of what is on disk only, of
/// whatever size, removals and changes of that, and writes for which room was made again and again
/// that others were faster to take.
///
/// One transaction at a time may pass the limit. What it reads from disk goes into memory as always
/// and, unless it was changed, out of it again when the transaction ends ([ColdKeys#release]);
/// meanwhile the others' limit is as much higher, so that nothing is evicted for it. What was
/// changed or written stays, and others have to evict for it; where more than the headroom is left
/// like that, checkpoints are awaited first, and all that can go is evicted. So memory passes its
/// limit by the values of one command, and by what those before it have left since the latest
/// checkpoint. With a few megabytes the slabs of all sizes may take as much as there is; then that
/// is what is passed by.
///
/// Thread-safe; blocks, without any lock of a slot.
final class Overdraft {
  private final Eviction eviction;
  private final RoomMaker rooms;
  private final Allocator memory;
  private final Semaphore turn = new Semaphore(1);

  Overdraft(Allocator memory, Eviction eviction, RoomMaker rooms) {
    this.memory = memory;
    this.eviction = eviction;
    this.rooms = rooms;
  }

  /// Lets the next transaction of `tx` pass the limit; false if it is not to, as nothing would make
  /// up for what it leaves in memory.
  ///
  /// - `bytes`: what it could not get.
  boolean grant(Tx tx, Need need, long bytes) {
    boolean fits = eviction.policy().evicts() && bytes <= eviction.marks().low();
    boolean mayGrow = need != Need.GROW || fits;
    if (!mayGrow && !tx.records().cold().cramped()) {
      return false;
    }
    turn.acquireUninterruptibly();
    boolean granted = false;
    try {
      rooms.settle(tx);
      granted = !rooms.exceeded() || leavesNothing(need);
      if (granted) {
        tx.records().limit(mode(need, mayGrow));
        tx.records().cold().overdraw(this);
      }
      return granted;
    } finally {
      if (!granted) {
        turn.release();
      }
    }
  }

  /// Whether the next checkpoint makes up for what it leaves.
  private boolean leavesNothing(Need need) {
    return need == Need.READ || eviction.spills();
  }

  private static Limit mode(Need need, boolean mayGrow) {
    if (need == Need.GROW) {
      return mayGrow ? Limit.PASSED : Limit.KEPT;
    }
    return Limit.RAISED;
  }

  /// The transaction has ended, and what it took out of memory is free.
  void end() {
    memory.endOverdraft();
    turn.release();
    eviction.signal();
  }
}
