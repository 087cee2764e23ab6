package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Decimal;
import io.karst.keyspace.Key;
import io.karst.value.ValueType;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The store's.
final class StoredLists implements WaitingLists {
  private static final Engine ENGINE =
      Engine.open(EngineOptions.defaults(1).withMaintenance(false).withDatabases(1));
  private static final AtomicLong INSTANCES = new AtomicLong();

  private final Key[] keys = new Key[2];
  private final @Nullable Waiting[] clients = new @Nullable Waiting[2];

  StoredLists() {
    long instance = INSTANCES.incrementAndGet();
    keys[0] = Key.of("{" + instance + "}a");
    keys[1] = Key.of("{" + instance + "}b");
  }

  private interface Body {
    int run(Tx tx);
  }

  private int run(Body body) {
    Tx tx = ENGINE.borrow();
    try {
      tx.begin(1, 0);
      tx.slots().add(keys[0].slot());
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

  @Override
  public int push(int key, int value) {
    return run(tx -> {
      ListView list = tx.listForUpdate(Key.of(keys[key].bytes()));
      list.push(false, List.of(Decimal.of(value)));
      return list.size();
    });
  }

  @Override
  public int pop(int key) {
    return run(tx -> taken(tx, List.of(key)));
  }

  @Override
  public int size(int key) {
    return run(tx -> tx.list(Key.of(keys[key].bytes())).size());
  }

  private int taken(Tx tx, List<Integer> from) {
    for (int key : from) {
      ListView list = tx.listForUpdate(Key.of(keys[key].bytes()));
      if (list.exists()) {
        return (int) Decimal.parse(list.pop(true));
      }
    }
    return NONE;
  }

  private int done(Tx tx, Want want) {
    if (!want.moves()) {
      return taken(tx, want.keys());
    }
    ListView source = tx.listForUpdate(Key.of(keys[0].bytes()));
    if (!source.exists()) {
      return NONE;
    }
    Bytes moved = source.copy(0);
    source.move(true, tx.listForUpdate(Key.of(keys[1].bytes())), false, List.of(moved));
    return (int) Decimal.parse(moved);
  }

  @Override
  public int begin(int client, Want want) {
    if (clients[client] != null) {
      return WAITING;
    }
    return run(tx -> {
      int value = done(tx, want);
      if (value != NONE) {
        return value;
      }
      clients[client] = new Waiting(want);
      tx.waits().enter(clients[client].waiter);
      return WAITING;
    });
  }

  @Override
  public int answer(int client) {
    Waiting waiting = clients[client];
    if (waiting == null) {
      return NONE;
    }
    int value = waiting.value;
    if (value == NONE) {
      return WAITING;
    }
    clients[client] = null;
    return value;
  }

  @Override
  public int leave(int client) {
    Waiting waiting = clients[client];
    if (waiting == null) {
      return NONE;
    }
    while (waiting.value == NONE) {
      if (ENGINE.waiters().cancel(waiting.waiter)) {
        clients[client] = null;
        return LEFT;
      }
      Thread.onSpinWait(); // Somebody is about to serve it.
    }
    return answer(client);
  }

  private final class Waiting implements Waiter.Client {
    private final Want want;
    private final Waiter waiter;
    private volatile int value = NONE;

    private Waiting(Want want) {
      this.want = want;
      Key[] needed = new Key[Math.max(want.keys().size(), want.moves() ? 2 : 1)];
      for (int i = 0; i < needed.length; i++) {
        int key = i < want.keys().size() ? want.keys().get(i) : 1;
        needed[i] = Key.of(keys[key].bytes());
      }
      waiter = new Waiter(0, needed, want.keys().size(), ValueType.LIST, false, this);
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
