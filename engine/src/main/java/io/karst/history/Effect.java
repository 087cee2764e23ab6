package io.karst.history;

import io.karst.base.Bytes;

/// A change as the history knows it: the outcome of a command, never the command.
///
/// Every effect but the two on whole databases changes exactly one key and depends on that key
/// alone. All are idempotent and need neither clock nor luck, so that replaying a history into
/// what an earlier replay left gives the same state. Each is a real Redis command (named in its
/// comment), and the set is closed: recovery and replication know these and no others.
///
/// `Bytes` are views that live as long as the transaction that made the effect; a [Log] that
/// keeps an effect copies it ([#copy]).
public sealed interface Effect {
  /// The database it changes, from 0.
  int database();

  /// The same effect with its own copy of the bytes, on the heap.
  Effect copy();

  /// `SET key value PXAT expiryMillis`; [io.karst.memory.Record#NO_EXPIRY] for a key that stays.
  record Set(int database, Bytes key, Bytes value, long expiryMillis) implements Effect {
    @Override
    public Effect copy() {
      return new Set(database, key.copy(), value.copy(), expiryMillis);
    }
  }

  /// `SETRANGE key offset bytes`: overwrites or extends a string, zeros between its end and
  /// `offset`; creates the key if it is missing. `bytes` may be empty only when extending with
  /// zeros up to `offset`.
  record SetRange(int database, Bytes key, int offset, Bytes bytes) implements Effect {
    @Override
    public Effect copy() {
      return new SetRange(database, key.copy(), offset, bytes.copy());
    }
  }

  /// `PEXPIREAT key expiryMillis`, or `PERSIST key` for [io.karst.memory.Record#NO_EXPIRY].
  record Expire(int database, Bytes key, long expiryMillis) implements Effect {
    @Override
    public Effect copy() {
      return new Expire(database, key.copy(), expiryMillis);
    }
  }

  /// `DEL key`.
  record Delete(int database, Bytes key) implements Effect {
    @Override
    public Effect copy() {
      return new Delete(database, key.copy());
    }
  }

  /// `FLUSHDB`: empties one database.
  record Flush(int database) implements Effect {
    @Override
    public Effect copy() {
      return this;
    }
  }

  /// `SWAPDB database other`.
  record Swap(int database, int other) implements Effect {
    @Override
    public Effect copy() {
      return this;
    }
  }
}
