package io.karst.history;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;

/// The claims of a stream, with an array in the place of mapped memory: whatever two threads do,
/// nothing before what is complete is unwritten.
@Param(name = "worker", gen = ThreadIdGen.class)
public class StreamTest {
  private static final int WORKERS = 4;
  private static final int SIZE = 8;

  private final Stream stream = new Stream(4096, 0);
  private final AtomicIntegerArray memory = new AtomicIntegerArray(64);
  private final Watermark[] words = new Watermark[WORKERS];

  public StreamTest() {
    for (int i = 0; i < WORKERS; i++) {
      words[i] = stream.register();
    }
  }

  @Operation
  public void append(@Param(name = "worker") int worker) {
    Watermark word = words[worker % WORKERS];
    long lsn = stream.claim(word, SIZE);
    memory.setRelease((int) (lsn / SIZE), 1);
    stream.publish(word);
  }

  /// Whether everything before what is complete is written.
  @Operation
  public boolean isWhole() {
    long complete = stream.complete();
    for (int i = 0; i < complete / SIZE; i++) {
      if (memory.getAcquire(i) == 0) {
        return false;
      }
    }
    return true;
  }

  @Test
  void whatIsCompleteIsWrittenInEveryOrderOfSteps() {
    new ModelCheckingOptions()
        .iterations(10)
        .invocationsPerIteration(300)
        .threads(2)
        .actorsPerThread(3)
        .sequentialSpecification(Whole.class)
        .check(StreamTest.class);
  }

  /// What the stream must look like.
  public static class Whole {
    @SuppressWarnings("unused") // called by name
    public void append(int worker) {
      // Seen by nobody before it is whole.
    }

    @SuppressWarnings("unused") // called by name
    public boolean isWhole() {
      return true;
    }
  }
}
