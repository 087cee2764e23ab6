package io.karst.commands.hyperloglog;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.KeySpec;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `PFMERGE`: makes a HyperLogLog count what several others have counted, besides what it has.
///
/// It becomes dense if one of them is.
@AutoService(Operation.class)
public final class MergeCounters implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "PFMERGE destkey [sourcekey [sourcekey ...]]",
                "2.8.9",
                "Merges HyperLogLogs into one.",
                MergeCounters::merge)
            .denyOom()
            .complexity("O(N), N being the number of keys")
            .keys(
                KeySpec.at(1).flags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.INSERT),
                KeySpec.range(2, -1, 1).flags(KeyFlag.READ_ONLY, KeyFlag.ACCESS)));
  }

  private static Reply merge(Tx tx, Args args) {
    Registers merged = new Registers();
    boolean dense = false;
    for (int i = 1; i < args.count(); i++) {
      Counter counter = Counter.of(tx, args.key(i));
      if (counter != null) {
        counter.mergeInto(merged);
        dense |= counter.isDense();
      }
    }
    Counter target = Counter.of(tx, args.key(1));
    byte[] before = target == null ? null : target.value();
    Counter.put(tx, args.key(1), dense ? densely(merged, before) : sparsely(tx, merged, before));
    return Reply.OK;
  }

  /// - `before`: what was at the key, or null.
  private static byte[] sparsely(Tx tx, Registers merged, byte @Nullable [] before) {
    Sparse target = before == null ? Sparse.empty() : new Sparse(before);
    int sizeMax = tx.values().encodings().sparseCounterMax();
    try {
      for (int register = 0; register < Registers.COUNT; register++) {
        if (merged.value(register) > 0) {
          target.raise(register, merged.value(register), sizeMax);
        }
      }
    } catch (Sparse.TooLarge tooLarge) {
      return densely(merged, before);
    }
    byte[] value = target.value();
    Header.makeOld(value);
    return value;
  }

  private static byte[] densely(Registers merged, byte @Nullable [] before) {
    byte[] value = Dense.of(merged, before == null ? Sparse.empty().value() : before);
    Header.makeOld(value);
    return value;
  }
}
