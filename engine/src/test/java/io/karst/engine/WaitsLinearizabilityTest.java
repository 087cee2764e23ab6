package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Decimal;
import io.karst.keyspace.Key;
import io.karst.value.ValueType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whoever waits for an element of a list is served at the moment somebody pushes one, the first
/// first, exactly once, or leaves: `BLPOP` of one list or two and `BLMOVE`, against a model that is
/// a few queues.
///
/// An operation that blocks is three here, so that each of them ends: to begin, to ask for the
/// answer, to leave. The keys are of one slot, so nobody is ever served later than by the writer.
class WaitsLinearizabilityTest {
  /// What a client waits for: an element of `a`, of `b`, of the first of the two, or of `a` to
  /// append it to `b`.
  private enum Want {
    A(0),
    B(1),
    A_OR_B(0, 1),
    B_OR_A(1, 0),
    A_TO_B(0);

    private final int[] keys;

    Want(int... keys) {
      this.keys = keys;
    }
  }

  private static final int NONE = -1;
  private static final int WAITING = -2;
  private static final int LEFT = -3;

  /// What both the store and the model can do.
  private interface Lists {
    int push(int key, int value);

    int pop(int key);

    int size(int key);

    /// The element, or [#WAITING].
    int begin(int client, Want want);

    /// The element, [#WAITING], or [#NONE] if it does not wait for one.
    int answer(int client);

    /// [#LEFT], or as [#answer] if it is too late.
    int leave(int client);
  }

  @Param(name = "key", gen = IntGen.class, conf = "0:1")
  @Param(name = "value", gen = IntGen.class, conf = "1:9")
  @Param(name = "want", gen = IntGen.class, conf = "0:4")
  public abstract static class Operations {
    private final Lists lists;

    Operations(Lists lists) {
      this.lists = lists;
    }

    @Operation
    public int push(@Param(name = "key") int key, @Param(name = "value") int value) {
      return lists.push(key, value);
    }

    @Operation
    public int pop(@Param(name = "key") int key) {
      return lists.pop(key);
    }

    @Operation
    public int size(@Param(name = "key") int key) {
      return lists.size(key);
    }

    @Operation(nonParallelGroup = "first client")
    public int begin0(@Param(name = "want") int want) {
      return lists.begin(0, Want.values()[want]);
    }

    @Operation(nonParallelGroup = "first client")
    public int answer0() {
      return lists.answer(0);
    }

    @Operation(nonParallelGroup = "first client")
    public int leave0() {
      return lists.leave(0);
    }

    @Operation(nonParallelGroup = "second client")
    public int begin1(@Param(name = "want") int want) {
      return lists.begin(1, Want.values()[want]);
    }

    @Operation(nonParallelGroup = "second client")
    public int answer1() {
      return lists.answer(1);
    }

    @Operation(nonParallelGroup = "second client")
    public int leave1() {
      return lists.leave(1);
    }
  }

  public static final class Store extends Operations {
    public Store() {
      super(new StoredLists());
    }
  }

  public static final class Model extends Operations {
    public Model() {
      super(new ModelledLists());
    }
  }

  /// The store's.
  private static final class StoredLists implements Lists {
    private static final Engine ENGINE =
        Engine.open(EngineOptions.defaults(1).withMaintenance(false).withDatabases(1));
    private static final AtomicLong INSTANCES = new AtomicLong();

    private final Key[] keys = new Key[2];
    private final @Nullable Waiting[] clients = new @Nullable Waiting[2];

    private StoredLists() {
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
      return run(tx -> taken(tx, new int[] {key}));
    }

    @Override
    public int size(int key) {
      return run(tx -> tx.list(Key.of(keys[key].bytes())).size());
    }

    private int taken(Tx tx, int[] from) {
      for (int key : from) {
        ListView list = tx.listForUpdate(Key.of(keys[key].bytes()));
        if (list.exists()) {
          return (int) Decimal.parse(list.pop(true));
        }
      }
      return NONE;
    }

    private int done(Tx tx, Want want) {
      if (want != Want.A_TO_B) {
        return taken(tx, want.keys);
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
        Key[] needed = new Key[Math.max(want.keys.length, want == Want.A_TO_B ? 2 : 1)];
        for (int i = 0; i < needed.length; i++) {
          int key = i < want.keys.length ? want.keys[i] : 1;
          needed[i] = Key.of(keys[key].bytes());
        }
        waiter = new Waiter(0, needed, want.keys.length, ValueType.LIST, false, this);
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

  /// What the store is compared with.
  private static final class ModelledLists implements Lists {
    private record Waiting(int client, Want want) {}

    private final List<Deque<Integer>> lists = List.of(new ArrayDeque<>(), new ArrayDeque<>());
    private final List<Waiting> queue = new ArrayList<>();
    private final int[] answers = {NONE, NONE};

    @Override
    public int push(int key, int value) {
      lists.get(key).addLast(value);
      int size = lists.get(key).size();
      serve(key);
      return size;
    }

    @Override
    public int pop(int key) {
      Integer value = lists.get(key).pollFirst();
      return value == null ? NONE : value;
    }

    @Override
    public int size(int key) {
      return lists.get(key).size();
    }

    private void serve(int key) {
      for (int i = 0; i < queue.size() && !lists.get(key).isEmpty(); ) {
        Waiting waiting = queue.get(i);
        if (!waits(waiting.want, key)) {
          i++;
          continue;
        }
        queue.remove(i);
        answers[waiting.client] = done(waiting.want);
        if (waiting.want == Want.A_TO_B) {
          serve(0); // Those behind it come before those who wait for what it has moved.
          serve(1);
        }
      }
    }

    private static boolean waits(Want want, int key) {
      for (int each : want.keys) {
        if (each == key) {
          return true;
        }
      }
      return false;
    }

    private int done(Want want) {
      for (int key : want.keys) {
        int value = pop(key);
        if (value != NONE) {
          if (want == Want.A_TO_B) {
            lists.get(1).addLast(value);
          }
          return value;
        }
      }
      return NONE;
    }

    private boolean isWaiting(int client) {
      return queue.stream().anyMatch(waiting -> waiting.client == client);
    }

    @Override
    public int begin(int client, Want want) {
      if (answers[client] != NONE || isWaiting(client)) {
        return WAITING;
      }
      int value = done(want);
      if (value == NONE) {
        queue.add(new Waiting(client, want));
        return WAITING;
      }
      if (want == Want.A_TO_B) {
        serve(1);
      }
      return value;
    }

    @Override
    public int answer(int client) {
      int value = answers[client];
      answers[client] = NONE;
      return value != NONE ? value : isWaiting(client) ? WAITING : NONE;
    }

    @Override
    public int leave(int client) {
      return queue.removeIf(waiting -> waiting.client == client) ? LEFT : answer(client);
    }
  }

  @Test
  void whoWaitsIsServedWhenSomebodyPushes() {
    new StressOptions()
        .threads(3)
        .actorsPerThread(4)
        .actorsBefore(2)
        .actorsAfter(4)
        .iterations(25)
        .invocationsPerIteration(200)
        .sequentialSpecification(Model.class)
        .check(Store.class);
  }
}
