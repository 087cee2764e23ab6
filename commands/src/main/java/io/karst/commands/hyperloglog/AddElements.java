package io.karst.commands.hyperloglog;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.WordBatch;
import io.karst.engine.Tx;
import java.util.List;

/// `PFADD`: counts elements, all or none. Answers whether that may have changed the estimate; a key
/// that was missing is made even without an element.
@AutoService(Operation.class)
public final class AddElements implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "PFADD key [element [element ...]]",
                "2.8.9",
                "Counts elements in a HyperLogLog.",
                AddElements::add)
            .fast()
            .denyOom()
            .complexity("O(1) an element")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.INSERT));
  }

  private static Reply add(Tx tx, Args args) {
    WordBatch words = WordBatch.rest(args, 2, 1);
    Counter counter = Counter.of(tx, args.key(1));
    if (counter != null) {
      return Reply.of(counter.add(words));
    }
    Sparse fresh = Sparse.empty();
    if (!Counter.addSparse(tx, args.key(1), fresh, words)) {
      byte[] value = fresh.value();
      Header.makeOld(value);
      Counter.put(tx, args.key(1), value);
    }
    return Reply.ONE;
  }
}
