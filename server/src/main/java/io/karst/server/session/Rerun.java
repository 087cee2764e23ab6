package io.karst.server.session;

import io.karst.base.Fault;
import io.karst.commands.Reply;
import io.karst.engine.Engine;
import io.karst.engine.Tx;
import io.karst.engine.Waiter;
import io.karst.keyspace.Key;
import io.karst.lsm.DamagedException;
import org.jspecify.annotations.Nullable;

/// Serves a command that waits for keys where that may take its time: a lock was not free, a key
/// has to be read from disk, or room has to be made. Nobody behind it is served meanwhile.
///
/// Thread: a virtual one of its own.
final class Rerun {
  private final BlockedCall call;
  private final Session session;
  private final Server server;
  private final @Nullable Membership membership;

  /// Whether it is answered with a failure, and so needs no key in memory.
  private boolean failed;

  Rerun(BlockedCall call) {
    this.call = call;
    session = call.session();
    server = session.server();
    membership = server.membership();
  }

  void start() {
    server.tasks().begin();
    if (membership != null) {
      membership.underway().enterWithin();
    }
    Thread.ofVirtual().name("serve-", session.id()).start(this::run);
  }

  private void run() {
    try {
      server.pause().await(call.route().writes, () -> session.isOpen() && goesOn());
      if (!goesOn()) {
        fail(BlockedCall.DEPOSED);
      }
      if (!server.isEnding()) {
        serve();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable failure) {
      server.fatal(failure);
    } finally {
      if (membership != null) {
        membership.underway().exit();
      }
      server.tasks().end();
    }
  }

  private boolean goesOn() {
    return membership == null || membership.standing().open();
  }

  private void serve() {
    Engine engine = server.engine();
    Tx tx = engine.borrow();
    try {
      engine.eviction().admit(tx, 1, 0);
      int attempt = 0;
      while (!serve(tx, attempt)) {
        attempt++;
      }
    } finally {
      engine.giveBack(tx);
    }
  }

  /// Serves it, those behind it, too; false if that has to be tried again.
  private boolean serve(Tx tx, int attempt) {
    try {
      serveOnce(tx);
      return true;
    } catch (Fault.OutOfMemory full) {
      if (!server.engine().eviction().makeRoom(tx, full, call.route().need, attempt)) {
        fail(Runner.failed(full));
      }
    } catch (Fault | DamagedException failure) {
      fail(Runner.failed(failure));
    }
    return false;
  }

  private void fail(Reply reply) {
    call.fail(reply);
    failed = true;
  }

  private void serveOnce(Tx tx) {
    Waiter waiter = call.waiter();
    Key[] keys = waiter.keys();
    tx.begin(server.clock().wallMillis(), waiter.database());
    try {
      if (failed) {
        for (Key key : keys) {
          tx.slots().add(key.slot());
        }
        tx.lock();
      } else {
        tx.lock(keys, keys.length);
      }
      tx.waits().again(waiter);
    } finally {
      tx.end();
    }
  }
}
