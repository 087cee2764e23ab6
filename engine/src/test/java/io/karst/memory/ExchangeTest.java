package io.karst.memory;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Workers exchange blocks through shared cells, each with its own magazine, all through one depot:
/// as linearizable as the values in the blocks, if no block is ever handed out to two.
///
/// Stress only: model checking does not find a lock taken out of [Depot], which stress finds.
@Param(name = "worker", gen = ThreadIdGen.class)
@Param(name = "cell", gen = IntGen.class, conf = "0:2")
@Param(name = "value", gen = IntGen.class, conf = "1:9")
public class ExchangeTest {
  private static final int WORKERS = 4;
  private static final int CELLS = 3;

  /// Large enough that a magazine holds one block: every other operation goes to the depot.
  private static final int SIZE = 40_000;

  /// One scenario runs after the other; each closes its predecessor's allocator.
  private static final AtomicReference<Allocator> LAST = new AtomicReference<>(Allocator.open(0));

  private final Magazine[] magazines = new Magazine[WORKERS];
  private final AtomicLongArray cells = new AtomicLongArray(CELLS);

  public ExchangeTest() {
    Allocator allocator = Allocator.open(Long.MAX_VALUE);
    for (int i = 0; i < WORKERS; i++) {
      magazines[i] = allocator.magazine();
    }
    LAST.getAndSet(allocator).close();
  }

  @AfterAll
  static void closeLast() {
    LAST.get().close();
  }

  @Operation
  public boolean put(
      @Param(name = "worker") int worker,
      @Param(name = "cell") int cell,
      @Param(name = "value") int value) {
    Magazine magazine = magazines[worker % WORKERS];
    long block = magazine.allocate(SIZE);
    Native.putInt(block, value);
    Native.putInt(block + SIZE - Integer.BYTES, value);
    boolean placed = cells.compareAndSet(cell, Native.NULL, block);
    if (!placed) {
      magazine.free(block, SIZE);
    }
    return placed;
  }

  @Operation
  public int take(@Param(name = "worker") int worker, @Param(name = "cell") int cell) {
    long block = cells.getAndSet(cell, Native.NULL);
    if (block == Native.NULL) {
      return 0;
    }
    int value = Native.getInt(block);
    int other = Native.getInt(block + SIZE - Integer.BYTES);
    magazines[worker % WORKERS].free(block, SIZE);
    return value == other ? value : -1;
  }

  @Test
  void workersNeverShareABlock() {
    new StressOptions()
        .iterations(10)
        .invocationsPerIteration(300)
        .threads(2)
        .actorsPerThread(4)
        .sequentialSpecification(Cells.class)
        .check(ExchangeTest.class);
  }

  /// What the exchange must look like.
  public static class Cells {
    private final int[] values = new int[CELLS];

    @SuppressWarnings("unused") // called by name
    public boolean put(int worker, int cell, int value) {
      if (values[cell] != 0) {
        return false;
      }
      values[cell] = value;
      return true;
    }

    @SuppressWarnings("unused") // called by name
    public int take(int worker, int cell) {
      int value = values[cell];
      values[cell] = 0;
      return value;
    }
  }
}
