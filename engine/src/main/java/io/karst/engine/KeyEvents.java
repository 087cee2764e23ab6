package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a transaction does to keys, as others are told of it at its end.
///
/// Every change of a key goes through [Records], which notes it here; what it is called, the
/// command says ([Tx#acts]), or whoever makes the change, where one command makes several. Several
/// changes of one key by one command in a row are one.
///
/// Thread: its transaction's.
final class KeyEvents {
  private final Observers observers;

  /// What the transaction announces at its end, this and other things.
  final Announcements announcements = new Announcements();

  /// How many there were when the command began.
  private int before;

  /// What changes are called; null if nobody has said so.
  private @Nullable KeyEvent current;

  /// Whose command runs.
  private long client;

  /// Whether what happens is no doing of a command's.
  private boolean aside;

  /// Whether changes have no name.
  private boolean unnamed;

  /// Whether what changes is the form of a value only.
  private boolean reforming;

  /// Whether it is noted that whole databases have changed.
  private boolean allChanged;

  private @Nullable Bytes latestKey;
  private int latestDatabase;
  private @Nullable KeyEvent latest;
  private @Nullable Bytes latestChanged;

  KeyEvents(Observers observers) {
    this.observers = observers;
  }

  /// The next command.
  ///
  /// - `event`: what its changes are called.
  void begin(@Nullable KeyEvent event, long ofClient) {
    current = event;
    client = ofClient;
    before = announcements.count();
    allChanged = false;
    if (latestKey != null || latestChanged != null) {
      latestKey = null;
      latestChanged = null;
    }
  }

  /// Lets nobody be told of what the command has done, as it is run again.
  void retract() {
    announcements.retract(before);
  }

  /// What the changes of the command are called from here on.
  void act(@Nullable KeyEvent event) {
    current = event;
  }

  /// Does `change`, whose changes are called `event`.
  void as(KeyEvent event, Runnable change) {
    KeyEvent before = current;
    current = event;
    try {
      change.run();
    } finally {
      current = before;
    }
  }

  /// Does `change`, whose changes are told of by nothing but what is told afterwards.
  void unnamed(Runnable change) {
    unnamed = true;
    try {
      change.run();
    } finally {
      unnamed = false;
    }
  }

  /// Notes what has happened.
  void happened(int database, Key key, KeyEvent event) {
    if (observers.any()) {
      add(database, key, event);
    }
  }

  /// Does what is no doing of the command's.
  void aside(Runnable change) {
    aside = true;
    try {
      change.run();
    } finally {
      aside = false;
    }
  }

  /// Does what makes another form of a value: nothing happens to its key.
  void reform(Runnable change) {
    reforming = true;
    try {
      change.run();
    } finally {
      reforming = false;
    }
  }

  /// Notes that a key has changed, come or gone.
  void changed(int database, Key key, boolean gone) {
    if (observers.any() && !reforming) {
      note(database, key, gone);
    }
  }

  private void note(int database, Key key, boolean gone) {
    if (observers.wantsChanges()) {
      noteChange(key);
    }
    if (unnamed && !aside) {
      return;
    }
    KeyEvent event = current;
    if (event != null && (!gone || event.isToldOfGone())) {
      add(database, key, event);
    }
    if (gone && (event == null || !event.isDeletion())) {
      add(database, key, KeyEvent.DEL);
    }
  }

  private void noteChange(Key key) {
    Observer observer = observers.observer();
    if (!Objects.equals(latestChanged, key.bytes()) && observer.concerns(key.bytes())) {
      Bytes kept = key.bytes().copy();
      long by = aside ? 0 : client;
      announcements.add((seen, held) -> observer.changed(kept, by, seen, held), aside);
      latestChanged = kept;
    }
  }

  /// Notes that a key has another record than `before`: if there was none, it is new.
  void put(int database, Key key, long before) {
    boolean created = before == Record.NONE || Record.tombstone(before);
    if (created && observers.any() && !reforming) {
      add(database, key, KeyEvent.NEW);
    }
  }

  /// Notes that somebody has looked for a key that is not there.
  void missed(int database, Key key) {
    if (observers.any()) {
      add(database, key, KeyEvent.KEYMISS);
    }
  }

  /// Notes what has happened to a key besides what its changes are called; nothing if those have
  /// no name.
  void extra(int database, Key key, KeyEvent event) {
    if (observers.any() && !unnamed && current != null && !current.isWhole()) {
      add(database, key, event);
    }
  }

  private void add(int database, Key key, KeyEvent event) {
    if (!observers.wants(event)) {
      return;
    }
    if (event == latest && database == latestDatabase && Objects.equals(latestKey, key.bytes())) {
      return;
    }
    Bytes kept = key.bytes().copy();
    Observer observer = observers.observer();
    announcements.add((seen, held) -> observer.happened(database, kept, event, seen, held), aside);
    latest = event;
    latestDatabase = database;
    latestKey = kept;
  }

  /// Notes that whole databases have changed.
  void changedAll() {
    if (observers.any() && observers.wantsChanges() && !allChanged) {
      allChanged = true;
      Observer observer = observers.observer();
      announcements.add(observer::changedAll, false);
    }
  }
}
