package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Decimal;
import io.karst.keyspace.Key;
import io.karst.value.StreamCursor;
import io.karst.value.StreamId;
import io.karst.value.ValueType;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The store's.
final class StoredTypes implements WaitingTypes {
  private static final Engine ENGINE =
      Engine.open(EngineOptions.defaults(1).withMaintenance(false).withDatabases(1));
  private static final AtomicLong INSTANCES = new AtomicLong();
  private static final List<Bytes> FIELDS = List.of(Bytes.utf8("field"), Bytes.utf8("value"));
  private static final long MILLIS = 1;

  /// The keys of the two sets, and that of the stream.
  private final Key[] keys = new Key[3];

  private final @Nullable Waiting[] clients = new @Nullable Waiting[2];

  StoredTypes() {
    long instance = INSTANCES.incrementAndGet();
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Key.of("{" + instance + "}" + i);
    }
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

  private Key key(int index) {
    return Key.of(keys[index].bytes());
  }

  @Override
  public int add(int set, int number) {
    return run(tx -> {
      SortedSetView view = tx.sortedSetForUpdate(key(set));
      view.put(Decimal.of(number), number);
      return view.size();
    });
  }

  @Override
  public int pop(int set) {
    return run(tx -> taken(tx, List.of(set)));
  }

  @Override
  public int append() {
    return run(tx -> {
      StreamView stream = tx.streamForUpdate(key(2));
      StreamId id = new StreamId(MILLIS, stream.lastId().sequence() + 1);
      stream.append(id, FIELDS);
      return (int) id.sequence();
    });
  }

  private int taken(Tx tx, List<Integer> from) {
    int[] number = {NONE};
    for (int set : from) {
      SortedSetView view = tx.sortedSetForUpdate(key(set));
      if (view.exists()) {
        view.take(0, (member, score) -> number[0] = (int) score);
        break;
      }
    }
    return number[0];
  }

  private int done(Tx tx, Want want) {
    if (!want.sets().isEmpty()) {
      return taken(tx, want.sets());
    }
    StreamCursor cursor = tx.stream(key(2)).cursor();
    boolean found = cursor != null && cursor.seek(new StreamId(MILLIS, want.behind() + 1));
    return found ? (int) Objects.requireNonNull(cursor).id().sequence() : NONE;
  }

  @Override
  public int begin(int client, Want want) {
    if (clients[client] != null) {
      return WAITING;
    }
    return run(tx -> {
      boolean last = want.sets().isEmpty() && want.behind() == NONE;
      Want settled = last ? new Want(List.of(), (int) tx.stream(key(2)).lastId().sequence()) : want;
      int value = done(tx, settled);
      if (value != NONE) {
        return value;
      }
      Waiting waiting = new Waiting(settled);
      clients[client] = waiting;
      tx.waits().enter(waiting.waiter);
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
      boolean reads = want.sets().isEmpty();
      Key[] needed =
          reads
              ? new Key[] {key(2)}
              : want.sets().stream().map(StoredTypes.this::key).toArray(Key[]::new);
      ValueType type = reads ? ValueType.STREAM : ValueType.SORTED_SET;
      waiter = new Waiter(0, needed, needed.length, type, false, this);
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
