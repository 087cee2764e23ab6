package io.karst.engine;

import io.karst.base.Fault;
import io.karst.base.Invariant;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.memory.Record;
import io.karst.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of a [Tx] that is about those who wait for keys: who begins to, and whom the changes of
/// the transaction serve.
///
/// Whoever changes a key serves those who wait for it, at the end of the command, before anybody
/// else gets at the key: under its locks, in its transaction, the first who came first. A waiter
/// that has other keys, too, is served under their locks as well, if they are free within a moment.
/// Otherwise, or if a key is on disk, or memory is short, the waiter is *postponed*: it keeps its
/// place, nobody behind it is served, and a thread that may wait serves it in a transaction of its
/// own ([#again]), which then goes on with those behind it. What such a waiter may take is not
/// taken by those who came later, through whatever other key they were woken ([#mayTake]).
///
/// Thread: its transaction's.
public final class Waits {
  private final Tx tx;
  private final Waiters waiters;
  private final Keyspace keyspace;
  private final SlotLocks locks;
  private final Records records;

  /// Those who wait for what has changed.
  private final ReadyQueues ready;

  private final List<Waiter> served = new ArrayList<>();
  private final List<Waiter> postponed = new ArrayList<>();

  /// Whether the commands up to the end of the transaction are one.
  private boolean atomic;

  /// Whether anybody was run, or is to be elsewhere.
  private boolean acted;

  /// Whether those who are to be served are served elsewhere, in transactions of their own.
  private boolean postpones;

  /// Whether a key that is not in memory may be one that nobody has looked for.
  private boolean wholesale;

  /// Whose turn it is, and in which queue it has come; null while a command runs that has just
  /// arrived, and the queue if a waiter is served that was postponed.
  private @Nullable Waiter attended;

  private @Nullable WaitQueue serving;

  Waits(Tx tx, Engine engine, SlotLocks locks, Records records) {
    this.tx = tx;
    this.waiters = engine.waiters();
    this.keyspace = engine.keyspace();
    this.locks = locks;
    this.records = records;
    this.ready = records.ready;
  }

  /// See [Tx#asOne].
  void atomic() {
    atomic = true;
  }

  /// Whether a command that finds nothing may wait; otherwise it answers as after its timeout.
  public boolean mayBlock() {
    return !atomic;
  }

  /// Whether a command that takes from the first of some keys may take from this one, which is not
  /// empty: not if somebody is to be served who came before. The lock of the key is held.
  public boolean mayTake(Key key) {
    if (atomic || !waiters.any(key.slot())) {
      return true;
    }
    WaitQueue queue = waiters.find(tx.database(), key);
    return queue == null || queue.equals(serving) || !heldBack(queue);
  }

  private boolean heldBack(WaitQueue queue) {
    Waiter mine = attended;
    ValueType type = mine != null && ready.contains(queue) ? type(queue) : null;
    WaitQueue.Entry entry = waiters.first(queue);
    while (entry != null && !entry.waiter.equals(mine)) {
      Waiter earlier = entry.waiter;
      if (earlier.holdsBack(mine != null) || (type != null && earlier.wants(type))) {
        return true;
      }
      entry = waiters.after(entry);
    }
    return false;
  }

  /// Lets a waiter wait from now on. The command has changed nothing, and the locks of the slots of
  /// all its keys are held.
  public void enter(Waiter waiter) {
    Invariant.check(mayBlock(), "a part of a whole waits");
    for (Key key : waiter.keys()) {
      Invariant.check(locks.holds(key.slot()), () -> "the slot of " + key + " is not locked");
      key.hash(keyspace.hasher());
    }
    waiters.add(waiter);
  }

  /// Serves a waiter that was postponed, and those behind it. The locks of all its keys are held,
  /// and what is there of them is in memory, unless its client no longer looks.
  ///
  /// - throws [Fault.OutOfMemory] if it has to be served once more, when there is room.
  public void again(Waiter waiter) {
    wholesale = true;
    acted = true;
    attend(waiter);
  }

  // ---- for the transaction ----

  /// A new transaction.
  void begin() {
    atomic = false;
    postpones = false;
    wholesale = false;
    serving = null;
    if (!ready.isEmpty()) {
      ready.clear(); // The last one failed.
    }
  }

  /// Lets nobody be served in this transaction, which does what another has done and no more.
  void postpones() {
    postpones = true;
  }

  /// Notes that any key of a database may have come or gone. Under all locks.
  void changedAll(int database) {
    if (!waiters.none()) {
      wholesale = true;
      records.cold().forget();
      ready.changedAll(database);
    }
  }

  /// A command has ended: serves who waits for what it changed.
  void serve() {
    if (!ready.isEmpty() && !atomic) {
      serveAll();
    }
  }

  /// The last command has ended, and the locks are still held.
  void serveLast() {
    atomic = false;
    records.asOne(false); // Others' commands are not part of it.
    serve();
  }

  /// The transaction has ended, and its locks are free.
  void ended() {
    if (acted) {
      acted = false;
      served.forEach(waiter -> waiter.client().served(tx));
      served.clear();
      postponed.forEach(waiter -> waiter.client().postponed());
      postponed.clear();
    }
  }

  private void serveAll() {
    acted = true;
    int database = tx.database();
    while (!ready.isEmpty()) {
      serve(ready.take());
    }
    serving = null;
    tx.enter(database);
  }

  /// Serves those who wait for a key, until somebody has to be waited for.
  private void serve(WaitQueue queue) {
    boolean known = locks.extend(queue.key.slot());
    WaitQueue.Entry entry = waiters.first(queue);
    while (entry != null) {
      known = known && !unread(queue);
      ValueType type = known ? type(queue) : null;
      if (known && type == null && !waiters.anyWhenGone(queue)) {
        return;
      }
      Waiter waiter = entry.waiter;
      boolean wanted = !known || (type == null ? waiter.whenGone() : waiter.wants(type));
      serving = queue;
      if (wanted && !serve(waiter, known)) {
        return;
      }
      entry = waiters.after(entry);
    }
  }

  /// Serves one waiter, or postpones it; whether those behind it may be served.
  private boolean serve(Waiter waiter, boolean known) {
    switch (waiter.claim()) {
      case CLAIMED -> {}
      case BUSY -> {
        return false;
      }
      case GONE -> {
        return true;
      }
    }
    if (waiter.client().isOpen() && (postpones || !known || !prepared(waiter))) {
      postpone(waiter);
      return false;
    }
    try {
      attend(waiter);
      return true;
    } catch (Fault.OutOfMemory full) {
      postpone(waiter);
      return false;
    }
  }

  private void postpone(Waiter waiter) {
    waiter.hold();
    postponed.add(waiter);
  }

  /// Takes the locks of all keys of a waiter; false if one is not free, or a key has to be read
  /// from disk.
  private boolean prepared(Waiter waiter) {
    Key[] keys = waiter.keys();
    for (Key key : keys) {
      if (!locks.extend(key.slot())) {
        return false;
      }
    }
    return !records.cold().missing(waiter.database(), keys, keys.length);
  }

  /// Runs a waiter that is claimed, and lets it go or wait on.
  private void attend(Waiter waiter) {
    Waiter.Client client = waiter.client();
    boolean open = client.isOpen();
    boolean answered = false;
    if (open) {
      tx.enter(waiter.database());
      attended = waiter;
      try {
        answered = client.serve(tx);
      } finally {
        attended = null;
      }
    }
    boolean over = answered || !open;
    boolean kept = waiter.release(over);
    if (over) {
      waiters.remove(waiter);
    } else if (!client.isOpen()) {
      waiters.cancel(waiter); // Whoever closed it could not, as it was claimed.
    }
    if (answered) {
      served.add(waiter);
    }
    if (kept) {
      for (WaitQueue.Entry entry : waiter.entries) {
        ready.add(entry.queue);
      }
    }
  }

  /// Whether only the tier knows whether a key exists.
  private boolean unread(WaitQueue queue) {
    return wholesale && records.cold().missing(queue.database, new Key[] {queue.key}, 1);
  }

  /// The type of a key, null if it is gone. What has changed under the locks is in memory.
  private @Nullable ValueType type(WaitQueue queue) {
    Database data = keyspace.find(queue.database);
    long record = data == null ? Record.NONE : data.find(queue.key);
    boolean gone =
        record == Record.NONE || Record.tombstone(record) || Record.due(record, tx.now());
    return gone ? null : ValueType.of(Record.type(record));
  }
}
