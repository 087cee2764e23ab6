package io.karst.commands.hyperloglog;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.List;

/// `PFCOUNT`: about how many different elements a HyperLogLog has counted, or several together.
///
/// The estimate of one is kept in it for the next time, which is no change of what it says.
@AutoService(Operation.class)
public final class CountElements implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "PFCOUNT key [key ...]",
                "2.8.9",
                "Estimates how many different elements HyperLogLogs have counted.",
                CountElements::count)
            .complexity("O(1) for one key that has not changed, O(N) for N keys")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS));
  }

  private static Reply count(Tx tx, Args args) {
    if (args.count() == 2) {
      Counter counter = Counter.of(tx, args.key(1));
      return counter == null ? Reply.ZERO : Reply.of(counter.estimate());
    }
    Registers merged = new Registers();
    for (int i = 1; i < args.count(); i++) {
      Counter counter = Counter.of(tx, args.key(i));
      if (counter != null) {
        counter.mergeInto(merged);
      }
    }
    return Reply.of(merged.estimate());
  }
}
