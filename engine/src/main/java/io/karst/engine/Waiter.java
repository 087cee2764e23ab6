package io.karst.engine;

import io.karst.keyspace.Key;
import io.karst.value.ValueType;
import org.jspecify.annotations.Nullable;

/// Somebody who waits for one of some keys, once entered ([Waits#enter]).
///
/// It belongs to one thread at a time: who has claimed it serves it, and nobody else can serve it
/// or take it away meanwhile. Thread-safe.
public final class Waiter {
  /// Who is behind a [Waiter].
  public interface Client {
    /// Whether there is still somebody to answer. Any thread.
    boolean isOpen();

    /// Runs what waits, in the transaction of whoever changed a key; the locks of all its keys are
    /// held. Does not block. The answer is kept until [#served]: it must not be heard before.
    ///
    /// - returns: whether it has an answer; if not, nothing has changed and it keeps its place.
    /// - throws [io.karst.base.Fault.OutOfMemory] if nothing has changed and it is to be run again
    ///   when there is room.
    boolean serve(Tx tx);

    /// The transaction that served it has ended: the answer may leave once the log is as far as
    /// `tx` says. Called without locks; does not block.
    void served(Tx tx);

    /// It has to be served elsewhere ([Waits#again]), by a thread that may wait: a lock was not
    /// free, a key is on disk, or there was no memory. Called without locks; does not block.
    void postponed();
  }

  /// What became of a try to [#claim] it.
  enum Claim {
    CLAIMED,
    /// Somebody else has it, and will look at all its keys again when he is done.
    BUSY,
    GONE
  }

  private enum State {
    WAITING,
    CLAIMED,
    GONE
  }

  private final int database;
  private final Key[] keys;
  private final int awaited;
  private final @Nullable ValueType type;
  private final boolean whenGone;
  private final Client client;

  /// Its places in the queues of its keys; [Waiters] has them.
  final WaitQueue.Entry[] entries;

  private State state = State.WAITING;

  /// Whether somebody was kept from going on to those behind it, while it was claimed.
  private boolean passed;

  /// Whether it is to be served by [Waits#again].
  private boolean held;

  /// - `database`: the number of the keys' database.
  /// - `keys`: those it needs the locks of when it is served; its own, with bytes that last.
  /// - `awaited`: how many of them it waits for, from the first on.
  /// - `type`: what the value of a key has to be for it to be served; null if it may be anything.
  /// - `whenGone`: whether it is served, too, when a key has been deleted.
  public Waiter(
      int database,
      Key[] keys,
      int awaited,
      @Nullable ValueType type,
      boolean whenGone,
      Client client) {
    this.database = database;
    this.keys = keys;
    this.awaited = awaited;
    this.type = type;
    this.whenGone = whenGone;
    this.client = client;
    entries = new WaitQueue.Entry[awaited];
  }

  public int database() {
    return database;
  }

  /// The keys it needs the locks of; not to be changed.
  public Key[] keys() {
    return keys;
  }

  /// How many of the keys it waits for, from the first on.
  int awaited() {
    return awaited;
  }

  Client client() {
    return client;
  }

  boolean whenGone() {
    return whenGone;
  }

  /// Whether it is to be served when one of its keys has a value of a type.
  boolean wants(ValueType present) {
    return type == null || type == present;
  }

  synchronized Claim claim() {
    switch (state) {
      case WAITING -> {
        state = State.CLAIMED;
        return Claim.CLAIMED;
      }
      case CLAIMED -> {
        passed = true;
        return Claim.BUSY;
      }
      case GONE -> {}
    }
    return Claim.GONE;
  }

  /// Ends the waiting, unless it is claimed or over; whether it did.
  synchronized boolean cancel() {
    if (state != State.WAITING) {
      return false;
    }
    state = State.GONE;
    return true;
  }

  /// Keeps those behind it waiting until [#release], which is under the locks of all its keys.
  synchronized void hold() {
    passed = true;
    held = true;
  }

  /// Whether it is claimed by another one, and comes first at its keys.
  ///
  /// - `noted`: whether whoever asks is in the queues of its keys himself, and is found when it is
  ///   released. Otherwise it comes first only while it is held.
  synchronized boolean holdsBack(boolean noted) {
    if (state == State.CLAIMED && noted) {
      passed = true;
    }
    return state == State.CLAIMED && (noted || held);
  }

  /// Ends a claim.
  ///
  /// - `over`: whether it waits no longer.
  /// - returns: whether somebody was kept from going on to those behind it.
  synchronized boolean release(boolean over) {
    state = over ? State.GONE : State.WAITING;
    boolean kept = passed;
    passed = false;
    held = false;
    return kept;
  }
}
