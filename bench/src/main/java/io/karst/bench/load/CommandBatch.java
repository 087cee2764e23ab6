package io.karst.bench.load;

import io.karst.bench.harness.Answer;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.RespConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/// Commands that are sent many at a time, for loading what is measured afterwards.
///
/// Thread: its owner's.
public final class CommandBatch {
  /// Commands sent before their replies are read: the replies fit into any socket's buffers.
  private static final int BATCH = 64;

  /// Elements of a command.
  private static final int ELEMENTS = 100;

  private final RespConnection connection;
  private int awaited;

  public CommandBatch(RespConnection connection) {
    this.connection = connection;
  }

  /// Sends a command; it may be done only after [#end].
  ///
  /// - throws [HarnessException] if one before it was answered with an error.
  public void send(List<String> words) {
    connection.send(words);
    awaited++;
    if (awaited == BATCH) {
      end();
    }
  }

  /// Sends commands that have many elements each.
  ///
  /// - `head`: what they begin with.
  /// - `element`: its words, by its number from 0 to `count - 1`.
  public void spread(List<String> head, long count, LongFunction<List<String>> element) {
    for (long from = 0; from < count; from += ELEMENTS) {
      List<String> words = new ArrayList<>(head);
      for (long i = from; i < Math.min(from + ELEMENTS, count); i++) {
        words.addAll(element.apply(i));
      }
      send(words);
    }
  }

  /// Waits until all is done.
  ///
  /// - throws [HarnessException] if something was answered with an error.
  public void end() {
    for (; awaited > 0; awaited--) {
      if (connection.answer() instanceof Answer.Failure failure) {
        throw new HarnessException("the server answered: " + failure.shown());
      }
    }
  }
}
