package io.karst.engine;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/// Whoever waits for an element of a list is served at the moment somebody pushes one, the first
/// first, exactly once, or leaves: `BLPOP` of one list or two and `BLMOVE`, against a model that is
/// a few queues.
///
/// The keys are of one slot, so nobody is ever served later than by the writer. In Lincheck's
/// stress mode: its model checking takes loops over all slots for ones that never end.
class WaitsLinearizabilityTest {
  @Param(name = "key", gen = IntGen.class, conf = "0:1")
  @Param(name = "value", gen = IntGen.class, conf = "1:9")
  @Param(name = "want", gen = IntGen.class, conf = "0:4")
  public abstract static class Operations {
    private final WaitingLists lists;

    Operations(WaitingLists lists) {
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
      return lists.begin(0, WaitingLists.Want.ALL.get(want));
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
      return lists.begin(1, WaitingLists.Want.ALL.get(want));
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

  @Test
  void whoWaitsIsServedWhenSomebodyPushes() {
    new StressOptions()
        .threads(3)
        .actorsPerThread(4)
        .actorsBefore(2)
        .actorsAfter(4)
        .iterations(20)
        .invocationsPerIteration(200)
        .sequentialSpecification(Model.class)
        .check(Store.class);
  }
}
