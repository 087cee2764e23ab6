package io.karst.history;

import io.karst.base.Bytes;
import java.util.List;

/// A change as the history knows it: the outcome of a command, never the command.
///
/// Every effect but the two on whole databases and the two on libraries of functions changes
/// exactly one key and depends on that key alone. All need neither clock nor luck, and none fails
/// whatever it meets: recovery may begin in the middle of a key's history if a later effect of
/// that history removes or replaces the key as a whole. Each is a real Redis command (named in
/// its comment), and the set is closed: recovery and replication know these and no others.
///
/// *Databases* are named by their ids, not by the numbers clients use: a database that was emptied
/// or exchanged is still told from the one that has its number now.
///
/// `Bytes` are views that live as long as the transaction that made the effect; a [Log] that
/// keeps an effect copies it ([#copy]).
public sealed interface Effect {
  /// The id of the database it changes.
  int database();

  /// The same effect with its own copy of the bytes, on the heap.
  Effect copy();

  /// An effect on one key.
  sealed interface OnKey extends Effect
      permits Set,
          SetRange,
          Expire,
          Delete,
          PutElement,
          RemoveElement,
          ExpireElement,
          Restore,
          Push,
          Pop,
          SetAt,
          InsertAt,
          RemoveEqual,
          StreamEffect {
    Bytes key();

    /// Whether it changes a part of a collection, and not a value as a whole or what is beside it.
    default boolean isWithinValue() {
      return switch (this) {
        case PutElement _,
            RemoveElement _,
            ExpireElement _,
            Push _,
            Pop _,
            SetAt _,
            InsertAt _,
            RemoveEqual _,
            StreamEffect _ ->
            true;
        case Set _, SetRange _, Expire _, Delete _, Restore _ -> false;
      };
    }
  }

  /// `SET key value PXAT expiryMillis`; [io.karst.memory.Record#NO_EXPIRY] for a key that stays.
  record Set(int database, Bytes key, Bytes value, long expiryMillis) implements OnKey {
    @Override
    public Effect copy() {
      return new Set(database, key.copy(), value.copy(), expiryMillis);
    }
  }

  /// `SETRANGE key offset bytes`: overwrites or extends a string, zeros between its end and
  /// `offset`; creates the key if it is missing. `bytes` may be empty only when extending with
  /// zeros up to `offset`.
  record SetRange(int database, Bytes key, int offset, Bytes bytes) implements OnKey {
    @Override
    public Effect copy() {
      return new SetRange(database, key.copy(), offset, bytes.copy());
    }
  }

  /// `PEXPIREAT key expiryMillis`, or `PERSIST key` for [io.karst.memory.Record#NO_EXPIRY].
  record Expire(int database, Bytes key, long expiryMillis) implements OnKey {
    @Override
    public Effect copy() {
      return new Expire(database, key.copy(), expiryMillis);
    }
  }

  /// `DEL key`.
  record Delete(int database, Bytes key) implements OnKey {
    @Override
    public Effect copy() {
      return new Delete(database, key.copy());
    }
  }

  /// Makes `value` the value of an element, and its expiry the one given, in a collection that is
  /// made if it is missing: `HSET key element value`, `SADD key element` with an empty value, `ZADD
  /// key score element` with the 64 bits of the score, the lowest byte first.
  ///
  /// - `type`: the code of the collection's [io.karst.value.ValueType].
  record PutElement(
      int database, Bytes key, int type, Bytes element, Bytes value, long expiryMillis)
      implements OnKey {
    @Override
    public Effect copy() {
      return new PutElement(database, key.copy(), type, element.copy(), value.copy(), expiryMillis);
    }
  }

  /// `HDEL`, `SREM`, `ZREM key element`; the key goes with its last element.
  record RemoveElement(int database, Bytes key, Bytes element) implements OnKey {
    @Override
    public Effect copy() {
      return new RemoveElement(database, key.copy(), element.copy());
    }
  }

  /// `HPEXPIREAT key expiryMillis FIELDS 1 element`, or `HPERSIST` for
  /// [io.karst.memory.Record#NO_EXPIRY]; of a member of a set as well.
  record ExpireElement(int database, Bytes key, Bytes element, long expiryMillis) implements OnKey {
    @Override
    public Effect copy() {
      return new ExpireElement(database, key.copy(), element.copy(), expiryMillis);
    }
  }

  /// `RESTORE key expiryMillis payload REPLACE ABSTTL`: a whole value that is not a string.
  ///
  /// - `form`: the code of the payload's [io.karst.value.RdbType].
  record Restore(int database, Bytes key, int form, Bytes payload, long expiryMillis)
      implements OnKey {
    @Override
    public Effect copy() {
      return new Restore(database, key.copy(), form, payload.copy(), expiryMillis);
    }
  }

  /// `LPUSH`, `RPUSH key element [element ...]`: adds elements at an end of a list, one after the
  /// other; makes it if it is missing.
  record Push(int database, Bytes key, boolean atHead, List<Bytes> elements) implements OnKey {
    @Override
    public Effect copy() {
      return new Push(database, key.copy(), atHead, elements.stream().map(Bytes::copy).toList());
    }
  }

  /// `LPOP`, `RPOP key count`: takes the outermost elements out; the key goes with the last.
  record Pop(int database, Bytes key, boolean atHead, int count) implements OnKey {
    @Override
    public Effect copy() {
      return new Pop(database, key.copy(), atHead, count);
    }
  }

  /// `LSET key index element`.
  ///
  /// - `index`: from 0.
  record SetAt(int database, Bytes key, int index, Bytes element) implements OnKey {
    @Override
    public Effect copy() {
      return new SetAt(database, key.copy(), index, element.copy());
    }
  }

  /// `LINSERT key BEFORE …`: puts an element before the one at an index.
  record InsertAt(int database, Bytes key, int index, Bytes element) implements OnKey {
    @Override
    public Effect copy() {
      return new InsertAt(database, key.copy(), index, element.copy());
    }
  }

  /// `LREM key count element`: takes elements out that equal one, up to `count` of them, from the
  /// head or from the tail; the key goes with the last element.
  record RemoveEqual(int database, Bytes key, boolean fromHead, int count, Bytes element)
      implements OnKey {
    @Override
    public Effect copy() {
      return new RemoveEqual(database, key.copy(), fromHead, count, element.copy());
    }
  }

  /// `FLUSHDB`: the database is gone, an empty one of the id `fresh` has its number.
  record Flush(int database, int fresh) implements Effect {
    @Override
    public Effect copy() {
      return this;
    }
  }

  /// `FUNCTION LOAD REPLACE`: a library of functions, which belongs to no database.
  record PutLibrary(Bytes name, Bytes source) implements Effect {
    @Override
    public int database() {
      return 0;
    }

    @Override
    public Effect copy() {
      return new PutLibrary(name.copy(), source.copy());
    }
  }

  /// `FUNCTION DELETE`.
  record RemoveLibrary(Bytes name) implements Effect {
    @Override
    public int database() {
      return 0;
    }

    @Override
    public Effect copy() {
      return new RemoveLibrary(name.copy());
    }
  }

  /// `SWAPDB`: two databases exchange their numbers.
  record Swap(int database, int other) implements Effect {
    @Override
    public Effect copy() {
      return this;
    }
  }
}
