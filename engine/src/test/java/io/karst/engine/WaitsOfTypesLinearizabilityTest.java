package io.karst.engine;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/// Whoever waits for a member of a sorted set is served at the moment somebody adds one, the first
/// first, exactly once, or leaves; whoever reads a stream is served by the next entry, and so are
/// all who read it: `BZPOPMIN` of one key or two, `XREAD BLOCK` from the end or from an entry on.
///
/// The keys are of one slot, so nobody is ever served later than by the writer; where they are not,
/// an answer may come after the write that it belongs to has been answered, and there is no
/// order to compare with. In Lincheck's stress mode, as [WaitsLinearizabilityTest].
class WaitsOfTypesLinearizabilityTest {
  @Param(name = "key", gen = IntGen.class, conf = "0:1")
  @Param(name = "value", gen = IntGen.class, conf = "1:9")
  @Param(name = "want", gen = IntGen.class, conf = "0:6")
  public abstract static class Operations {
    private final WaitingTypes types;

    Operations(WaitingTypes types) {
      this.types = types;
    }

    @Operation
    public int add(@Param(name = "key") int key, @Param(name = "value") int value) {
      return types.add(key, value);
    }

    @Operation
    public int pop(@Param(name = "key") int key) {
      return types.pop(key);
    }

    @Operation
    public int append() {
      return types.append();
    }

    @Operation(nonParallelGroup = "first client")
    public int begin0(@Param(name = "want") int want) {
      return types.begin(0, WaitingTypes.Want.ALL.get(want));
    }

    @Operation(nonParallelGroup = "first client")
    public int answer0() {
      return types.answer(0);
    }

    @Operation(nonParallelGroup = "first client")
    public int leave0() {
      return types.leave(0);
    }

    @Operation(nonParallelGroup = "second client")
    public int begin1(@Param(name = "want") int want) {
      return types.begin(1, WaitingTypes.Want.ALL.get(want));
    }

    @Operation(nonParallelGroup = "second client")
    public int answer1() {
      return types.answer(1);
    }

    @Operation(nonParallelGroup = "second client")
    public int leave1() {
      return types.leave(1);
    }
  }

  public static final class Store extends Operations {
    public Store() {
      super(new StoredTypes());
    }
  }

  public static final class Model extends Operations {
    public Model() {
      super(new ModelledTypes());
    }
  }

  @Test
  void whoWaitsIsServedWhenSomebodyAdds() {
    new StressOptions()
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(1)
        .actorsAfter(4)
        .iterations(60)
        .invocationsPerIteration(200)
        .sequentialSpecification(Model.class)
        .check(Store.class);
  }
}
