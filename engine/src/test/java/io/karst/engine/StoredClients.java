package io.karst.engine;

import io.karst.keyspace.Key;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The store's, with keys of one slot that nobody else has.
abstract class StoredClients<W> implements WaitingClients<W> {
  private static final Engine ENGINE =
      Engine.open(EngineOptions.defaults(1).withMaintenance(false).withDatabases(1));
  private static final AtomicLong INSTANCES = new AtomicLong();

  private final long instance = INSTANCES.incrementAndGet();
  private final List<@Nullable Waiting> clients = Arrays.asList(null, null);

  interface Body {
    int run(Tx tx);
  }

  final int run(Body body) {
    Tx tx = ENGINE.borrow();
    try {
      tx.begin(1, 0);
      tx.slots().add(key(0).slot());
      if (!tx.tryLock()) {
        tx.lock();
      }
      try {
        return body.run(tx);
      } finally {
        tx.end();
      }
    } finally {
      ENGINE.giveBack(tx);
    }
  }

  final Key key(int index) {
    return Key.of("{" + instance + "}" + index);
  }

  /// Takes what a client wants; [#NONE] if it is not there.
  abstract int done(Tx tx, W want);

  /// What a client that begins wants, as it will be wanted later.
  W settled(Tx tx, W want) {
    return want;
  }

  abstract Waiter waiter(W want, Waiter.Client client);

  @Override
  public final int begin(int client, W want) {
    if (clients.get(client) != null) {
      return WAITING;
    }
    return run(tx -> {
      W settled = settled(tx, want);
      int value = done(tx, settled);
      if (value != NONE) {
        return value;
      }
      Waiting waiting = new Waiting(settled);
      clients.set(client, waiting);
      tx.waits().enter(waiting.waiter);
      return WAITING;
    });
  }

  @Override
  public final int answer(int client) {
    Waiting waiting = clients.get(client);
    if (waiting == null) {
      return NONE;
    }
    int value = waiting.value;
    if (value == NONE) {
      return WAITING;
    }
    clients.set(client, null);
    return value;
  }

  @Override
  public final int leave(int client) {
    Waiting waiting = clients.get(client);
    if (waiting == null) {
      return NONE;
    }
    while (waiting.value == NONE) {
      if (ENGINE.waiters().cancel(waiting.waiter)) {
        clients.set(client, null);
        return LEFT;
      }
      Thread.onSpinWait(); // Somebody is about to serve it.
    }
    return answer(client);
  }

  private final class Waiting implements Waiter.Client {
    private final W want;
    private final Waiter waiter;
    private volatile int value = NONE;

    private Waiting(W want) {
      this.want = want;
      waiter = waiter(want, this);
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public boolean serve(Tx tx) {
      value = done(tx, want);
      return value != NONE;
    }

    @Override
    public void served(Tx tx) {
      // Whoever asks is answered.
    }

    @Override
    public void postponed() {
      throw new AssertionError("the keys are of one slot");
    }
  }
}
