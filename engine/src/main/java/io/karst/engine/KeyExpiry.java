package io.karst.engine;

import io.karst.history.Effect;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.memory.Record;

/// Changes when keys expire.
///
/// Thread: its transaction's, under the locks of the keys it is given.
final class KeyExpiry {
  private final Keyspace keyspace;
  private final Records records;

  KeyExpiry(Engine engine, Records records) {
    this.keyspace = engine.keyspace();
    this.records = records;
  }

  /// Changes, adds or, with [Record#NO_EXPIRY], removes the expiry of a record of any type.
  void expire(int database, Key key, long record, long atMillis) {
    records.reserve(key.bytes().length());
    KeyEvent event = atMillis == Record.NO_EXPIRY ? KeyEvent.PERSIST : KeyEvent.EXPIRE;
    records.events.as(event, () -> change(database, key, record, atMillis));
    if (records.keepsEffects()) {
      records.effect(new Effect.Expire(keyspace.id(database), key.bytes(), atMillis));
    }
  }

  private void change(int database, Key key, long record, long atMillis) {
    boolean expires = Record.expires(record);
    if (atMillis != Record.NO_EXPIRY && expires) {
      changed(database, key, record, atMillis);
      records.dirty(database, key, record);
    } else if (atMillis != Record.NO_EXPIRY || expires) {
      long fresh = Record.withExpiry(records.magazine(), record, atMillis);
      records.replace(database, key, record, fresh);
      records.retireAlone(record); // What it may stand for goes on with the other.
    }
  }

  /// Changes the expiry of a record that has one; no effect, and not noted as a change.
  void changed(int database, Key key, long record, long atMillis) {
    keyspace.database(database).expiry(records.magazine(), key, record, atMillis);
  }
}
