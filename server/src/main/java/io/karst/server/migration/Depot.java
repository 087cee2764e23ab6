package io.karst.server.migration;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.engine.Engine;
import io.karst.engine.Need;
import io.karst.engine.Tx;
import io.karst.engine.Watcher;
import io.karst.history.Log;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import io.karst.server.session.Durability;
import io.karst.server.session.Seen;
import io.karst.server.session.Session;
import io.karst.transfer.Payloads;
import java.util.function.Function;

/// This side of a migration: packs keys and deletes them, each in a transaction of its own, of the
/// session's database.
///
/// Nobody is sent what a crash could take back, as far as this server's clients may rely on that:
/// what was written to be durable is durable before it leaves.
///
/// Thread: its owner's, which may wait.
final class Depot implements AutoCloseable {
  private final Session session;
  private final Engine engine;
  private final Tx tx;

  Depot(Session session) {
    this.session = session;
    engine = session.server().engine();
    tx = engine.borrow();
  }

  /// Packs a key, which is watched from then on until [#forget].
  ///
  /// - throws [Fault] if it cannot be had, [io.karst.lsm.DamagedException] if the disk has lost it.
  Parcel pack(Key key) {
    Watcher watcher = new Watcher();
    Parcel parcel =
        within(
            key,
            Need.READ,
            locked -> {
              locked.touches(false);
              Bytes payload = Payloads.dump(locked, key);
              long expiry = locked.expiry(key);
              locked.watch(watcher, key);
              boolean forEver = payload == null || expiry == Record.NO_EXPIRY;
              return new Parcel(
                  key,
                  payload == null ? Bytes.EMPTY : payload,
                  forEver ? 0 : Math.max(1, expiry - locked.now()),
                  watcher);
            });
    awaitSeen();
    return parcel;
  }

  /// Deletes the key of a parcel that has arrived, unless it has changed since it was packed;
  /// whether what has arrived is how it was in the end.
  boolean remove(Parcel parcel) {
    boolean done =
        within(
            parcel.key(),
            Need.CHANGE,
            locked -> {
              if (!locked.stands(parcel.watcher())) {
                return false;
              }
              locked.delete(parcel.key());
              return true;
            });
    if (session.durability() == Durability.FSYNC) {
      engine.log().awaitDurable(tx.writtenLsn());
    }
    return done;
  }

  /// Watches the key of a parcel no longer.
  void forget(Parcel parcel) {
    engine.watches().close(parcel.watcher());
  }

  private <T> T within(Key key, Need need, Function<Tx, T> body) {
    Key[] keys = {key};
    int attempt = 0;
    while (true) {
      try {
        tx.begin(session.server().clock().wallMillis(), session.database());
        tx.holds(session.durability() == Durability.FSYNC);
        try {
          tx.lock(keys, 1);
          return body.apply(tx);
        } finally {
          tx.end();
          session.wrote(tx.writtenLsn(), new Seen()); // There is no MIGRATE in a cluster.
        }
      } catch (Fault.OutOfMemory full) {
        if (!engine.eviction().makeRoom(tx, full, need, attempt++)) {
          throw full;
        }
      }
    }
  }

  private void awaitSeen() {
    Log log = engine.log();
    Durability level = session.durability();
    long durable = level == Durability.FSYNC ? Math.max(tx.seenLsn(), tx.heldLsn()) : tx.heldLsn();
    if (log.durable() < durable) {
      log.awaitDurable(durable);
    }
    while (level == Durability.LOCAL && log.complete() < tx.seenLsn() && !log.lost()) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    engine.giveBack(tx);
  }
}
